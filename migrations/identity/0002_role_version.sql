alter table "identity"."role" add "version" int not null default 1;
