alter table "incidents"."incident" add "version" int not null default 1;
