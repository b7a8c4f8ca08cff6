-- Every escalation is about an incident that exists. Nothing excuses a break.
select escalation.tenant_id, escalation.incident_id, escalation.id as escalation_id, escalation.started_at as since
from escalations.escalation
where not exists (
  select from incidents.incident
  where incident.tenant_id = escalation.tenant_id and incident.id = escalation.incident_id
)
