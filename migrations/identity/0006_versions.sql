alter table "identity"."team" add "version" int not null default 1;

alter table "identity"."user_account" add "version" int not null default 1;
