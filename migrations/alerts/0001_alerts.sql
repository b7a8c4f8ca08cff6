create schema if not exists "alerts";
create table "alerts"."alert" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "source_id" uuid not null, "dedup_key" text not null, "title" text not null, "description" text null, "status" text not null, "priority" text not null, "priority_rank" smallint not null, "labels" jsonb not null, "source_url" text null, "route_id" uuid null, "incident_key" text null, "fired_at" timestamptz(6) not null, "last_fired_at" timestamptz(6) not null, "resolved_at" timestamptz(6) null, primary key ("tenant_id", "id"));
create index "alert_tenant_id_last_fired_at_id_index" on "alerts"."alert" ("tenant_id", "last_fired_at", "id");
create index "alert_tenant_id_fired_at_id_index" on "alerts"."alert" ("tenant_id", "fired_at", "id");
create index "alert_tenant_id_priority_rank_id_index" on "alerts"."alert" ("tenant_id", "priority_rank", "id");
create index "alert_tenant_id_route_id_index" on "alerts"."alert" ("tenant_id", "route_id");
create index "alert_labels_index" on "alerts"."alert" using gin ("labels");
create unique index "alert_open_unique" on "alerts"."alert" ("tenant_id", "source_id", "dedup_key") where status = 'FIRING';

create table "alerts"."alert_event" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "alert_id" uuid not null, "status" text not null, "title" text not null, "received_at" timestamptz(6) not null, "payload" jsonb not null, primary key ("tenant_id", "id"));
create index "alert_event_tenant_id_alert_id_received_at_id_index" on "alerts"."alert_event" ("tenant_id", "alert_id", "received_at", "id");

create table "alerts"."alert_route" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "position" int not null, "enabled" boolean not null, "conditions" jsonb not null, "action" jsonb not null, primary key ("tenant_id", "id"));
create index "alert_route_tenant_id_position_index" on "alerts"."alert_route" ("tenant_id", "position");

create table "alerts"."alert_source" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "name" text not null, "type" text not null, "token_digest" text not null, "created_at" timestamptz(6) not null, "disabled_at" timestamptz(6) null, primary key ("tenant_id", "id"));
alter table "alerts"."alert_source" add constraint "alert_source_tenant_id_name_unique" unique ("tenant_id", "name");
alter table "alerts"."alert_source" add constraint "alert_source_tenant_id_token_digest_unique" unique ("tenant_id", "token_digest");

create table "alerts"."refused_request" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "source_id" uuid not null, "code" text not null, "message" text not null, "body" text not null, "received_at" timestamptz(6) not null, "replayed_at" timestamptz(6) null, primary key ("tenant_id", "id"));
create index "refused_request_tenant_id_received_at_id_index" on "alerts"."refused_request" ("tenant_id", "received_at", "id");
create index "refused_request_tenant_id_source_id_received_at_index" on "alerts"."refused_request" ("tenant_id", "source_id", "received_at");

alter table "alerts"."alert" enable row level security;
alter table "alerts"."alert" force row level security;
create policy "own_tenant" on "alerts"."alert" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "alerts"."alert_event" enable row level security;
alter table "alerts"."alert_event" force row level security;
create policy "own_tenant" on "alerts"."alert_event" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "alerts"."alert_route" enable row level security;
alter table "alerts"."alert_route" force row level security;
create policy "own_tenant" on "alerts"."alert_route" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "alerts"."alert_source" enable row level security;
alter table "alerts"."alert_source" force row level security;
create policy "own_tenant" on "alerts"."alert_source" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "alerts"."refused_request" enable row level security;
alter table "alerts"."refused_request" force row level security;
create policy "own_tenant" on "alerts"."refused_request" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "alerts"."alert" add constraint "alert_source_id_reference" foreign key ("tenant_id", "source_id") references "alerts"."alert_source" ("tenant_id", "id");
alter table "alerts"."alert_event" add constraint "alert_event_alert_id_reference" foreign key ("tenant_id", "alert_id") references "alerts"."alert" ("tenant_id", "id");
alter table "alerts"."refused_request" add constraint "refused_request_source_id_reference" foreign key ("tenant_id", "source_id") references "alerts"."alert_source" ("tenant_id", "id");
