-- Of a page that was sent there is an attempt that succeeded; of one that failed there is one that did not. Nothing excuses a break.
select page.tenant_id, page.escalation_id, page.id as page_id, page.user_id, state.to_state as state, state.moved_at as since
from escalations.page
join escalations.page_transition as state
  on state.tenant_id = page.tenant_id and state.page_id = page.id and state.most_recent
where state.to_state in ('sent', 'failed')
  and not exists (
    select from escalations.page_attempt as attempt
    where attempt.tenant_id = page.tenant_id and attempt.page_id = page.id
      and attempt.succeeded = (state.to_state = 'sent')
  )
