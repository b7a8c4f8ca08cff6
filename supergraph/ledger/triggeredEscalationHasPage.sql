-- An escalation that is triggered has paged somebody, or is about to. Nothing excuses a break.
select escalation.tenant_id, escalation.incident_id, escalation.id as escalation_id, run.moved_at as since
from escalations.escalation
join escalations.escalation_transition as run
  on run.tenant_id = escalation.tenant_id and run.escalation_id = escalation.id and run.most_recent
where run.to_state = 'triggered'
  and not exists (
    select from escalations.page where page.tenant_id = escalation.tenant_id and page.escalation_id = escalation.id
  )
