-- About an incident that is resolved or closed nobody is being paged.
-- Excused while startEscalation, acknowledgeEscalations or resolveEscalations about it is under way.
select escalation.tenant_id, escalation.incident_id, escalation.id as escalation_id, state.moved_at as since
from escalations.escalation
join escalations.escalation_transition as run
  on run.tenant_id = escalation.tenant_id and run.escalation_id = escalation.id and run.most_recent
join incidents.incident_transition as state
  on state.tenant_id = escalation.tenant_id and state.incident_id = escalation.incident_id and state.most_recent
where run.to_state in ('pending', 'triggered', 'undeliverable') and state.to_state in ('resolved', 'closed')
  and not exists (
    select from process.command
    where command.tenant_id = escalation.tenant_id and parked_at is null
      and name in ('startEscalation', 'acknowledgeEscalations', 'resolveEscalations')
      and payload ->> 'incidentId' = escalation.incident_id::text
  )
