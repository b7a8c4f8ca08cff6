alter table "schedules"."schedule" add "version" int not null default 1;
