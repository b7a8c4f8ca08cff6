-- A page that was handed to its notifier is on the list of calls to make until its outcome is known. Nothing excuses a break.
select page.tenant_id, page.escalation_id, page.id as page_id, page.user_id, state.moved_at as since
from escalations.page
join escalations.page_transition as state
  on state.tenant_id = page.tenant_id and state.page_id = page.id and state.most_recent
where state.to_state = 'sending'
  and not exists (
    select from process.effect where effect.tenant_id = page.tenant_id and effect.id = page.id
  )
