-- After an escalation was answered, or ended, no further attempt is made at its pages. One that was in flight is written down
-- within its own time of 30 seconds.
select page.tenant_id, page.escalation_id, page.id as page_id, attempt.number as attempt, attempt.attempted_at as since
from escalations.escalation_transition as run
join escalations.page on page.tenant_id = run.tenant_id and page.escalation_id = run.escalation_id
join escalations.page_attempt as attempt on attempt.tenant_id = page.tenant_id and attempt.page_id = page.id
where run.most_recent and run.to_state in ('acknowledged', 'resolved', 'cancelled')
  and attempt.attempted_at > run.moved_at + interval '30 seconds'
