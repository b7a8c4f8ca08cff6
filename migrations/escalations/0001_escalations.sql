create schema if not exists "escalations";
create table "escalations"."contact_method" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "user_id" uuid not null, "name" text not null, "notifier" text not null, "address" text not null, "sealed_secret" text null, primary key ("tenant_id", "id"));
create index "contact_method_tenant_id_user_id_index" on "escalations"."contact_method" ("tenant_id", "user_id");

create table "escalations"."escalation" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "incident_id" uuid not null, "incident_number" int not null, "title" text not null, "severity" text not null, "path" jsonb not null, "level" int not null, "round" int not null, "next_level_at" timestamptz(6) null, "started_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "escalation_tenant_id_incident_id_index" on "escalations"."escalation" ("tenant_id", "incident_id");
create index "escalation_tenant_id_started_at_id_index" on "escalations"."escalation" ("tenant_id", "started_at", "id");

create table "escalations"."escalation_path" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "repeats" int not null, "levels" jsonb not null, "created_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
alter table "escalations"."escalation_path" add constraint "escalation_path_tenant_id_name_unique" unique ("tenant_id", "name");

create table "escalations"."escalation_transition" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "escalation_id" uuid not null, "sort_key" int not null, "most_recent" boolean not null, "move" text not null, "from_state" text null, "to_state" text not null, "moved_by" jsonb not null, "data" jsonb not null, "moved_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "escalation_transition_tenant_id_to_state_escalation_id_index" on "escalations"."escalation_transition" ("tenant_id", "to_state", "escalation_id") where most_recent;
alter table "escalations"."escalation_transition" add constraint "escalation_transition_tenant_id_escalation_id_sort_key_unique" unique ("tenant_id", "escalation_id", "sort_key");
create unique index "escalation_transition_tenant_id_escalation_id_unique" on "escalations"."escalation_transition" ("tenant_id", "escalation_id") where most_recent;

create table "escalations"."notification_rule" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "user_id" uuid not null, "contact_method_id" uuid not null, "delay_minutes" int not null, primary key ("tenant_id", "id"));
create index "notification_rule_tenant_id_user_id_delay_minutes_index" on "escalations"."notification_rule" ("tenant_id", "user_id", "delay_minutes");
create index "notification_rule_tenant_id_contact_method_id_index" on "escalations"."notification_rule" ("tenant_id", "contact_method_id");

create table "escalations"."page" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "escalation_id" uuid not null, "user_id" uuid not null, "level" int not null, "round" int not null, "notifier" text not null, "address" text not null, "sealed_secret" text null, "due_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
alter table "escalations"."page" add constraint "page_tenant_id_escalation_id_round_level_user_id__4f733_unique" unique ("tenant_id", "escalation_id", "round", "level", "user_id", "notifier", "address");

create table "escalations"."page_attempt" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "page_id" uuid not null, "number" int not null, "attempted_at" timestamptz(6) not null, "succeeded" boolean not null, "error" text null, primary key ("tenant_id", "id"));
alter table "escalations"."page_attempt" add constraint "page_attempt_tenant_id_page_id_number_unique" unique ("tenant_id", "page_id", "number");

create table "escalations"."page_transition" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "page_id" uuid not null, "sort_key" int not null, "most_recent" boolean not null, "move" text not null, "from_state" text null, "to_state" text not null, "moved_by" jsonb not null, "data" jsonb not null, "moved_at" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "page_transition_tenant_id_to_state_page_id_index" on "escalations"."page_transition" ("tenant_id", "to_state", "page_id") where most_recent;
alter table "escalations"."page_transition" add constraint "page_transition_tenant_id_page_id_sort_key_unique" unique ("tenant_id", "page_id", "sort_key");
create unique index "page_transition_tenant_id_page_id_unique" on "escalations"."page_transition" ("tenant_id", "page_id") where most_recent;

alter table "escalations"."contact_method" enable row level security;
alter table "escalations"."contact_method" force row level security;
create policy "own_tenant" on "escalations"."contact_method" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "escalations"."escalation" enable row level security;
alter table "escalations"."escalation" force row level security;
create policy "own_tenant" on "escalations"."escalation" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "escalations"."escalation_path" enable row level security;
alter table "escalations"."escalation_path" force row level security;
create policy "own_tenant" on "escalations"."escalation_path" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "escalations"."escalation_transition" enable row level security;
alter table "escalations"."escalation_transition" force row level security;
create policy "own_tenant" on "escalations"."escalation_transition" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "escalations"."notification_rule" enable row level security;
alter table "escalations"."notification_rule" force row level security;
create policy "own_tenant" on "escalations"."notification_rule" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "escalations"."page" enable row level security;
alter table "escalations"."page" force row level security;
create policy "own_tenant" on "escalations"."page" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "escalations"."page_attempt" enable row level security;
alter table "escalations"."page_attempt" force row level security;
create policy "own_tenant" on "escalations"."page_attempt" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "escalations"."page_transition" enable row level security;
alter table "escalations"."page_transition" force row level security;
create policy "own_tenant" on "escalations"."page_transition" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "escalations"."escalation_transition" add constraint "escalation_transition_escalation_id_reference" foreign key ("tenant_id", "escalation_id") references "escalations"."escalation" ("tenant_id", "id");
alter table "escalations"."notification_rule" add constraint "notification_rule_contact_method_id_reference" foreign key ("tenant_id", "contact_method_id") references "escalations"."contact_method" ("tenant_id", "id");
alter table "escalations"."page" add constraint "page_escalation_id_reference" foreign key ("tenant_id", "escalation_id") references "escalations"."escalation" ("tenant_id", "id");
alter table "escalations"."page_attempt" add constraint "page_attempt_page_id_reference" foreign key ("tenant_id", "page_id") references "escalations"."page" ("tenant_id", "id");
alter table "escalations"."page_transition" add constraint "page_transition_page_id_reference" foreign key ("tenant_id", "page_id") references "escalations"."page" ("tenant_id", "id");
