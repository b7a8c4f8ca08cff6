create table "alerts"."alert_incident" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "alert_id" uuid not null, "incident_id" uuid not null, "state" text not null, "since" timestamptz(6) not null, primary key ("tenant_id", "id"));
create index "alert_incident_tenant_id_incident_id_alert_id_index" on "alerts"."alert_incident" ("tenant_id", "incident_id", "alert_id");
create index "alert_incident_tenant_id_state_alert_id_index" on "alerts"."alert_incident" ("tenant_id", "state", "alert_id");
alter table "alerts"."alert_incident" add constraint "alert_incident_tenant_id_alert_id_unique" unique ("tenant_id", "alert_id");

alter table "alerts"."alert_incident" enable row level security;
alter table "alerts"."alert_incident" force row level security;
create policy "own_tenant" on "alerts"."alert_incident" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "alerts"."alert_incident" add constraint "alert_incident_alert_id_reference" foreign key ("tenant_id", "alert_id") references "alerts"."alert" ("tenant_id", "id");
