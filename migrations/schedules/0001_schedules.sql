create schema if not exists "schedules";
create table "schedules"."override" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "schedule_id" uuid not null, "user_id" uuid not null, "replaces_user_id" uuid null, "from_at" timestamptz(6) not null, "to_at" timestamptz(6) not null, "reason" text null, primary key ("tenant_id", "id"));
create index "override_tenant_id_schedule_id_to_at_from_at_index" on "schedules"."override" ("tenant_id", "schedule_id", "to_at", "from_at");
create index "override_tenant_id_user_id_to_at_index" on "schedules"."override" ("tenant_id", "user_id", "to_at");

create table "schedules"."rotation" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "schedule_id" uuid not null, "position" int not null, "name" text not null, "participant_ids" jsonb not null, "time_zone" text not null, "handover_time" text not null, "handover_weekday" text null, "shift_length" int not null, "shift_unit" text not null, "starts_on" text not null, "ends_on" text null, primary key ("tenant_id", "id"));
create index "rotation_tenant_id_schedule_id_position_index" on "schedules"."rotation" ("tenant_id", "schedule_id", "position");

create table "schedules"."schedule" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "time_zone" text not null, "team_id" uuid null, primary key ("tenant_id", "id"));
create index "schedule_tenant_id_team_id_index" on "schedules"."schedule" ("tenant_id", "team_id");
alter table "schedules"."schedule" add constraint "schedule_tenant_id_name_unique" unique ("tenant_id", "name");

alter table "schedules"."override" enable row level security;
alter table "schedules"."override" force row level security;
create policy "own_tenant" on "schedules"."override" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "schedules"."rotation" enable row level security;
alter table "schedules"."rotation" force row level security;
create policy "own_tenant" on "schedules"."rotation" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "schedules"."schedule" enable row level security;
alter table "schedules"."schedule" force row level security;
create policy "own_tenant" on "schedules"."schedule" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "schedules"."override" add constraint "override_schedule_id_reference" foreign key ("tenant_id", "schedule_id") references "schedules"."schedule" ("tenant_id", "id");
alter table "schedules"."rotation" add constraint "rotation_schedule_id_reference" foreign key ("tenant_id", "schedule_id") references "schedules"."schedule" ("tenant_id", "id");
