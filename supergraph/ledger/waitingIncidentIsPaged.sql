-- Of an incident that was escalated and is in triage, people are being paged still, or all rounds are through.
-- Excused while startEscalation, acknowledgeEscalations, resolveEscalations or takeOnIncident about it is under way.
select incident.tenant_id, incident.id as incident_id, state.moved_at as since
from incidents.incident
join incidents.incident_transition as state
  on state.tenant_id = incident.tenant_id and state.incident_id = incident.id and state.most_recent
where state.to_state = 'triage'
  and exists (
    select from escalations.escalation
    where escalation.tenant_id = incident.tenant_id and escalation.incident_id = incident.id
  )
  and not exists (
    select from escalations.escalation
    join escalations.escalation_transition as run
      on run.tenant_id = escalation.tenant_id and run.escalation_id = escalation.id and run.most_recent
    where escalation.tenant_id = incident.tenant_id and escalation.incident_id = incident.id
      and run.to_state in ('pending', 'triggered', 'undeliverable', 'expired')
  )
  and not exists (
    select from process.command
    where command.tenant_id = incident.tenant_id and parked_at is null
      and name in ('startEscalation', 'acknowledgeEscalations', 'resolveEscalations', 'takeOnIncident')
      and payload ->> 'incidentId' = incident.id::text
  )
