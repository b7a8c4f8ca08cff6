create table "schedules"."past_rotation_version" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "schedule_id" uuid not null, "rotation_id" uuid not null, "position" int not null, "participant_ids" jsonb not null, "time_zone" text not null, "handover_time" text not null, "handover_weekday" text null, "shift_length" int not null, "shift_unit" text not null, "starts_on" text not null, "ends_on" text null, "effective_from" timestamptz(6) null, "effective_to" timestamptz(6) not null, "first_turn_ends_at" text null, "first_turn_position" int null, primary key ("tenant_id", "id"));
create index "past_rotation_version_tenant_id_schedule_id_effective_to_index" on "schedules"."past_rotation_version" ("tenant_id", "schedule_id", "effective_to");
create index "past_rotation_version_tenant_id_rotation_id_effective_to_index" on "schedules"."past_rotation_version" ("tenant_id", "rotation_id", "effective_to");

alter table "schedules"."rotation" add "effective_from" timestamptz(6) null, add "first_turn_ends_at" text null, add "first_turn_position" int null, add "version" int not null default 1;

alter table "schedules"."past_rotation_version" enable row level security;
alter table "schedules"."past_rotation_version" force row level security;
create policy "own_tenant" on "schedules"."past_rotation_version" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "schedules"."past_rotation_version" add constraint "past_rotation_version_schedule_id_reference" foreign key ("tenant_id", "schedule_id") references "schedules"."schedule" ("tenant_id", "id");
