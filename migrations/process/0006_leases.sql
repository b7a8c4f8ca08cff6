alter table "process"."effect" add "leased_by" int null;
-- allowed: the table holds what is to be called this minute
create index "effect_leased_by_index" on "process"."effect" ("leased_by") where leased_by is not null;
