-- About an incident in triage that has an escalation path, people are being paged still, or all rounds are through, or its alerts are
-- damped for a while yet. Of a path that does not exist any more its administrators were told.
-- Excused while startEscalation, acknowledgeEscalations, resolveEscalations or takeOnIncident about it is under way.
select incident.tenant_id, incident.id as incident_id, state.moved_at as since
from incidents.incident
join incidents.incident_transition as state
  on state.tenant_id = incident.tenant_id and state.incident_id = incident.id and state.most_recent
where state.to_state = 'triage' and (incident.damped_until is null or incident.damped_until < process.now() - interval '30 seconds')
  and exists (
    select from escalations.escalation_path as path
    where path.tenant_id = incident.tenant_id and path.id = incident.escalation_path_id
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
