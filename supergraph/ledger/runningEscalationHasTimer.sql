-- An escalation that runs is looked at again: it has a timer. Nothing excuses a break.
select escalation.tenant_id, escalation.incident_id, escalation.id as escalation_id, run.moved_at as since
from escalations.escalation
join escalations.escalation_transition as run
  on run.tenant_id = escalation.tenant_id and run.escalation_id = escalation.id and run.most_recent
where run.to_state in ('pending', 'triggered', 'undeliverable')
  and not exists (
    select from process.timer
    where timer.tenant_id = escalation.tenant_id and timer.kind = 'escalation' and timer.subject_id = escalation.id
  )
