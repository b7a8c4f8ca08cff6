-- An escalation expires when nobody answered, not when nothing could be delivered: then it goes on. Nothing excuses a break.
select escalation.tenant_id, escalation.incident_id, escalation.id as escalation_id, run.moved_at as since
from escalations.escalation
join escalations.escalation_transition as run
  on run.tenant_id = escalation.tenant_id and run.escalation_id = escalation.id and run.most_recent
join lateral (
  select bool_or(state.to_state = 'sent') as is_sent, bool_or(state.to_state = 'failed') as is_failed
  from escalations.page
  join escalations.page_transition as state
    on state.tenant_id = page.tenant_id and state.page_id = page.id and state.most_recent
  where page.tenant_id = escalation.tenant_id and page.escalation_id = escalation.id
) as pages on pages.is_failed and not pages.is_sent
where run.to_state = 'expired'
