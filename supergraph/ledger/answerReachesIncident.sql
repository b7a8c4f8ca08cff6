-- An incident is taken on by the answer to a page about it: it is not in triage after its newest escalation was acknowledged.
-- Excused while takeOnIncident, startEscalation or resolveEscalations about it is under way.
select escalation.tenant_id, escalation.incident_id, escalation.id as escalation_id, run.moved_at as since
from escalations.escalation
join escalations.escalation_transition as run
  on run.tenant_id = escalation.tenant_id and run.escalation_id = escalation.id and run.most_recent
join incidents.incident_transition as state
  on state.tenant_id = escalation.tenant_id and state.incident_id = escalation.incident_id and state.most_recent
where run.to_state = 'acknowledged' and state.to_state = 'triage' and state.moved_at < run.moved_at
  and not exists (
    select from escalations.escalation as newer
    where newer.tenant_id = escalation.tenant_id and newer.incident_id = escalation.incident_id
      and newer.started_at > escalation.started_at
  )
  and not exists (
    select from process.command
    where command.tenant_id = escalation.tenant_id and parked_at is null
      and name in ('takeOnIncident', 'startEscalation', 'resolveEscalations')
      and payload ->> 'incidentId' = escalation.incident_id::text
  )
