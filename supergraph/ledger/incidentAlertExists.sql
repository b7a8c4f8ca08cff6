-- Every alert that an incident counts exists. Nothing excuses a break.
select link.tenant_id, link.incident_id, link.alert_id, link.added_at as since
from incidents.incident_alert as link
where not exists (
  select from alerts.alert where alert.tenant_id = link.tenant_id and alert.id = link.alert_id
)
