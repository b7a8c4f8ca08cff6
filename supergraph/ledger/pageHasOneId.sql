-- At a level of a round nobody is paged twice by the same way: there is one page, with one id. Nothing excuses a break.
select tenant_id, escalation_id, round, level, user_id, array_agg(id order by id) as page_ids
from escalations.page
group by tenant_id, escalation_id, round, level, user_id, notifier, address
having count(*) > 1
