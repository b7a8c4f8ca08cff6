create schema if not exists "process";
create table "process"."command" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "owner" text not null, "key" text null, "place" bigserial not null, "payload" jsonb not null, "trace" jsonb not null, "sent_at" timestamptz(6) not null, "due_at" timestamptz(6) not null, "attempt" int not null default 0, "last_error" text null, "parked_at" timestamptz(6) null, primary key ("tenant_id", "id"));
create index "command_tenant_id_owner_key_place_index" on "process"."command" ("tenant_id", "owner", "key", "place") where key is not null and parked_at is null;
create index "command_name_due_at_index" on "process"."command" ("name", "due_at") where parked_at is null;
create index "command_name_parked_at_index" on "process"."command" ("name", "parked_at") where parked_at is not null;

create table "process"."effect" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "kind" text not null, "payload" jsonb not null, "trace" jsonb not null, "requested_at" timestamptz(6) not null, "due_at" timestamptz(6) not null, "attempt" int not null default 0, "attempt_id" uuid null, "last_error" text null, "tried" jsonb null, primary key ("tenant_id", "id"));
create index "effect_kind_due_at_index" on "process"."effect" ("kind", "due_at");

create table "process"."timer" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "kind" text not null, "subject_id" uuid not null, "due_at" timestamptz(6) not null, "asked_until" timestamptz(6) null, "attempt" int not null default 0, "last_error" text null, primary key ("tenant_id", "id"));
create index "timer_kind_due_at_index" on "process"."timer" ("kind", "due_at");
alter table "process"."timer" add constraint "timer_tenant_id_kind_subject_id_unique" unique ("tenant_id", "kind", "subject_id");

alter table "process"."command" enable row level security;
alter table "process"."command" force row level security;
create policy "own_tenant" on "process"."command" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
create policy "across_tenants" on "process"."command" to "tocsin_worker" using (true) with check (true);

alter table "process"."effect" enable row level security;
alter table "process"."effect" force row level security;
create policy "own_tenant" on "process"."effect" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
create policy "across_tenants" on "process"."effect" to "tocsin_worker" using (true) with check (true);

alter table "process"."timer" enable row level security;
alter table "process"."timer" force row level security;
create policy "own_tenant" on "process"."timer" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
create policy "across_tenants" on "process"."timer" to "tocsin_worker" using (true) with check (true);
