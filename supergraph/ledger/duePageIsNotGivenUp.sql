-- An escalation that is over, answered or not, leaves no page that waits for its time. Nothing excuses a break.
select page.tenant_id, page.escalation_id, page.id as page_id, page.user_id, run.moved_at as since
from escalations.page
join escalations.page_transition as state
  on state.tenant_id = page.tenant_id and state.page_id = page.id and state.most_recent
join escalations.escalation_transition as run
  on run.tenant_id = page.tenant_id and run.escalation_id = page.escalation_id and run.most_recent
where state.to_state = 'pending' and run.to_state in ('acknowledged', 'resolved', 'expired', 'cancelled')
