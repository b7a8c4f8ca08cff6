create table "incidents"."incident_path" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "incident_id" uuid not null, "escalation_path_id" uuid not null, primary key ("tenant_id", "id"));
create index "incident_path_tenant_id_incident_id_index" on "incidents"."incident_path" ("tenant_id", "incident_id");
alter table "incidents"."incident_path" add constraint "incident_path_tenant_id_escalation_path_id_incident_id_unique" unique ("tenant_id", "escalation_path_id", "incident_id");

create table "incidents"."incident_responder" ("tenant_id" uuid not null, "id" uuid not null default uuidv7(), "incident_id" uuid not null, "user_id" uuid not null, primary key ("tenant_id", "id"));
create index "incident_responder_tenant_id_incident_id_index" on "incidents"."incident_responder" ("tenant_id", "incident_id");
alter table "incidents"."incident_responder" add constraint "incident_responder_tenant_id_user_id_incident_id_unique" unique ("tenant_id", "user_id", "incident_id");

-- Of which source an alert is, and what labels it has, is known of those that fire from now on; null is unknown. To ask for all of
-- them would rewrite the whole table while nobody can use it.
alter table "incidents"."incident_alert" add "source_id" uuid null, add "labels" jsonb null;
-- allowed: no row has a source yet; the table is read once
create index "incident_alert_tenant_id_source_id_incident_id_index" on "incidents"."incident_alert" ("tenant_id", "source_id", "incident_id");
-- allowed: no row has labels yet; the table is read once
create index "incident_alert_labels_index" on "incidents"."incident_alert" using gin ("labels");

alter table "incidents"."incident_path" enable row level security;
alter table "incidents"."incident_path" force row level security;
create policy "own_tenant" on "incidents"."incident_path" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));

alter table "incidents"."incident_responder" enable row level security;
alter table "incidents"."incident_responder" force row level security;
create policy "own_tenant" on "incidents"."incident_responder" using (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")) with check (tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"));
alter table "incidents"."incident_path" add constraint "incident_path_incident_id_reference" foreign key ("tenant_id", "incident_id") references "incidents"."incident" ("tenant_id", "id");
alter table "incidents"."incident_responder" add constraint "incident_responder_incident_id_reference" foreign key ("tenant_id", "incident_id") references "incidents"."incident" ("tenant_id", "id");

-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be read and filled in
alter table "incidents"."incident_alert" no force row level security;
-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be read and filled in
alter table "incidents"."incident_transition" no force row level security;
-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be read and filled in
alter table "incidents"."timeline_entry" no force row level security;
-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be read and filled in
alter table "alerts"."alert" no force row level security;
-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be read and filled in
alter table "alerts"."alert_incident" no force row level security;
-- allowed: for this transaction only, in which the table is made
alter table "incidents"."incident_path" no force row level security;
-- allowed: for this transaction only, in which the table is made
alter table "incidents"."incident_responder" no force row level security;
-- Along which paths people were paged, who was and who acknowledged: the timelines and transitions have it.
insert into "incidents"."incident_path" ("tenant_id", "incident_id", "escalation_path_id")
select distinct "tenant_id", "incident_id", ("data" ->> 'escalationPathId')::uuid from "incidents"."timeline_entry"
where "kind" = 'ESCALATION_STARTED' and "data" ->> 'escalationPathId' is not null;
insert into "incidents"."incident_responder" ("tenant_id", "incident_id", "user_id")
select "tenant_id", "incident_id", ("data" ->> 'userId')::uuid from "incidents"."timeline_entry"
where "kind" = 'PAGE_SENT' and "data" ->> 'userId' is not null
union
select "tenant_id", "incident_id", ("moved_by" ->> 'id')::uuid from "incidents"."incident_transition"
where "move" = 'acknowledge' and "moved_by" ->> 'kind' = 'user';
-- To which incident alerts belong, or belonged last, and its state.
insert into "alerts"."alert_incident" ("tenant_id", "alert_id", "incident_id", "state", "since")
select distinct on (link."tenant_id", link."alert_id") link."tenant_id", link."alert_id", link."incident_id",
  upper(now_in."to_state"), link."added_at"
from "incidents"."incident_alert" as link
join "alerts"."alert" on alert."tenant_id" = link."tenant_id" and alert."id" = link."alert_id"
join "incidents"."incident_transition" as now_in on now_in."tenant_id" = link."tenant_id"
  and now_in."incident_id" = link."incident_id" and now_in."most_recent"
order by link."tenant_id", link."alert_id", (link."left_at" is null) desc, link."added_at" desc, link."id" desc;
alter table "incidents"."incident_alert" force row level security;
alter table "incidents"."incident_transition" force row level security;
alter table "incidents"."timeline_entry" force row level security;
alter table "alerts"."alert" force row level security;
alter table "alerts"."alert_incident" force row level security;
alter table "incidents"."incident_path" force row level security;
alter table "incidents"."incident_responder" force row level security;
