-- A page whose time has not come is looked at when it comes: it has a timer. Nothing excuses a break.
select page.tenant_id, page.escalation_id, page.id as page_id, page.user_id, page.due_at as since
from escalations.page
join escalations.page_transition as state
  on state.tenant_id = page.tenant_id and state.page_id = page.id and state.most_recent
where state.to_state = 'pending'
  and not exists (
    select from process.timer
    where timer.tenant_id = page.tenant_id and timer.kind = 'page' and timer.subject_id = page.id
  )
