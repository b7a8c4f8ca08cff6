alter table "incidents"."incident" add "severity_set_by_person" boolean not null default false, add "escalation_path_id" uuid null, add "paged_at" timestamptz(6) null, add "paged_severity_rank" smallint null, add "flap_count" int not null default 0, add "damped_until" timestamptz(6) null, add "resolved_by_alerts" boolean not null default false;

alter table "incidents"."incident_alert" drop constraint "incident_alert_tenant_id_alert_id_unique";
alter table "incidents"."incident_alert" add "alert_key" text null, add "severity_rank" smallint null, add "settled_by_id" uuid null, add "left_at" timestamptz(6) null;

-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be filled in
alter table "incidents"."incident" no force row level security;
-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be filled in
alter table "incidents"."incident_alert" no force row level security;
-- allowed: for this transaction only, under its lock, so that the rows of all tenants can be filled in
alter table "incidents"."incident_transition" no force row level security;
-- How bad an alert was by itself was not kept: it counts as its incident does.
update "incidents"."incident_alert" set "severity_rank" = incident."severity_rank" from "incidents"."incident"
where incident."tenant_id" = incident_alert."tenant_id" and incident."id" = incident_alert."incident_id";
-- An alert that fires while its incident is over belongs to none: its next firing leads to one again.
update "incidents"."incident_alert" set "left_at" = process.now() from "incidents"."incident_transition"
where incident_transition."tenant_id" = incident_alert."tenant_id" and incident_transition."incident_id" = incident_alert."incident_id"
  and incident_transition."most_recent" and incident_transition."to_state" in ('resolved', 'closed') and incident_alert."settled_at" is null;
alter table "incidents"."incident" force row level security;
alter table "incidents"."incident_alert" force row level security;
alter table "incidents"."incident_transition" force row level security;

-- allowed: the table is locked by what is above, and the index is small
create index "incident_alert_tenant_id_incident_id_severity_rank_index" on "incidents"."incident_alert" ("tenant_id", "incident_id", "severity_rank") where settled_at is null and left_at is null;
-- allowed: the table is locked by what is above; some seconds for millions of alerts
create index "incident_alert_tenant_id_alert_id_added_at_index" on "incidents"."incident_alert" ("tenant_id", "alert_id", "added_at");
-- allowed: no row has a key yet
create index "incident_alert_tenant_id_alert_key_added_at_index" on "incidents"."incident_alert" ("tenant_id", "alert_key", "added_at");
-- allowed: what is unique by the alert alone is unique by incident and alert
alter table "incidents"."incident_alert" add constraint "incident_alert_tenant_id_incident_id_alert_id_unique" unique ("tenant_id", "incident_id", "alert_id");
-- allowed: the table is locked by what is above; some seconds for millions of alerts
create unique index "incident_alert_current_unique" on "incidents"."incident_alert" ("tenant_id", "alert_id") where left_at is null;
