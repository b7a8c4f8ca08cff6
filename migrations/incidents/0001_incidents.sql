create schema if not exists "incidents";
create table "incidents"."incident" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "number" int not null, "title" text not null, "summary" text null, "severity" text not null, "severity_rank" smallint not null, "lead_id" uuid null, "merged_into_id" uuid null, "resolve_with_alerts" boolean not null, "created_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "incident_tenant_id_created_at_id_index" on "incidents"."incident" ("tenant_id", "created_at", "id");
create index "incident_tenant_id_merged_into_id_index" on "incidents"."incident" ("tenant_id", "merged_into_id");
create index "incident_tenant_id_lead_id_index" on "incidents"."incident" ("tenant_id", "lead_id");
alter table "incidents"."incident" add constraint "incident_tenant_id_number_unique" unique ("tenant_id", "number");

create table "incidents"."incident_alert" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "incident_id" uuid not null, "alert_id" uuid not null, "title" text not null, "added_at" timestamptz(6) not null, "settled_at" timestamptz(6) null, primary key ("tenant_id", "id"));
create index "incident_alert_tenant_id_incident_id_added_at_id_index" on "incidents"."incident_alert" ("tenant_id", "incident_id", "added_at", "id");
alter table "incidents"."incident_alert" add constraint "incident_alert_tenant_id_alert_id_unique" unique ("tenant_id", "alert_id");

create table "incidents"."incident_counter" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "last_number" int not null, "single" boolean not null default true, primary key ("tenant_id", "id"));
alter table "incidents"."incident_counter" add constraint "incident_counter_tenant_id_single_unique" unique ("tenant_id", "single");

create table "incidents"."incident_group" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "key" text not null, "incident_id" uuid not null, "open_until" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "incident_group_tenant_id_incident_id_index" on "incidents"."incident_group" ("tenant_id", "incident_id");
alter table "incidents"."incident_group" add constraint "incident_group_tenant_id_key_unique" unique ("tenant_id", "key");

create table "incidents"."incident_transition" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "incident_id" uuid not null, "sort_key" int not null, "most_recent" boolean not null, "move" text not null, "from_state" text null, "to_state" text not null, "moved_by" jsonb not null, "data" jsonb not null, "moved_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "incident_transition_tenant_id_to_state_incident_id_index" on "incidents"."incident_transition" ("tenant_id", "to_state", "incident_id") where most_recent;
alter table "incidents"."incident_transition" add constraint "incident_transition_tenant_id_incident_id_sort_key_unique" unique ("tenant_id", "incident_id", "sort_key");
create unique index "incident_transition_tenant_id_incident_id_unique" on "incidents"."incident_transition" ("tenant_id", "incident_id") where most_recent;

create table "incidents"."timeline_entry" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "incident_id" uuid not null, "kind" text not null, "message" text not null, "occurred_at" timestamptz(6) not null, "actor_id" uuid null, "data" jsonb not null, primary key ("tenant_id", "id"));
create index "timeline_entry_tenant_id_incident_id_occurred_at_id_index" on "incidents"."timeline_entry" ("tenant_id", "incident_id", "occurred_at", "id");

alter table "incidents"."incident" enable row level security;
alter table "incidents"."incident" force row level security;
create policy "own_tenant" on "incidents"."incident" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "incidents"."incident_alert" enable row level security;
alter table "incidents"."incident_alert" force row level security;
create policy "own_tenant" on "incidents"."incident_alert" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "incidents"."incident_counter" enable row level security;
alter table "incidents"."incident_counter" force row level security;
create policy "own_tenant" on "incidents"."incident_counter" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "incidents"."incident_group" enable row level security;
alter table "incidents"."incident_group" force row level security;
create policy "own_tenant" on "incidents"."incident_group" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "incidents"."incident_transition" enable row level security;
alter table "incidents"."incident_transition" force row level security;
create policy "own_tenant" on "incidents"."incident_transition" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "incidents"."timeline_entry" enable row level security;
alter table "incidents"."timeline_entry" force row level security;
create policy "own_tenant" on "incidents"."timeline_entry" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "incidents"."incident" add constraint "incident_merged_into_id_reference" foreign key ("tenant_id", "merged_into_id") references "incidents"."incident" ("tenant_id", "id");
alter table "incidents"."incident_alert" add constraint "incident_alert_incident_id_reference" foreign key ("tenant_id", "incident_id") references "incidents"."incident" ("tenant_id", "id");
alter table "incidents"."incident_group" add constraint "incident_group_incident_id_reference" foreign key ("tenant_id", "incident_id") references "incidents"."incident" ("tenant_id", "id");
alter table "incidents"."incident_transition" add constraint "incident_transition_incident_id_reference" foreign key ("tenant_id", "incident_id") references "incidents"."incident" ("tenant_id", "id");
alter table "incidents"."timeline_entry" add constraint "timeline_entry_incident_id_reference" foreign key ("tenant_id", "incident_id") references "incidents"."incident" ("tenant_id", "id");
