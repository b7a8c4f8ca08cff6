-- What is due is done: no command, look or call has been due for more than five minutes. Nothing excuses a break.
select tenant_id, id as command_id, null::uuid as timer_id, null::uuid as effect_id, name as kind, last_error as reason, due_at as since
from process.command
where parked_at is null and due_at < process.now() - interval '5 minutes'
union all
select tenant_id, null, id, null, kind, last_error, due_at
from process.timer
where due_at < process.now() - interval '5 minutes'
union all
select tenant_id, null, null, id, kind, last_error, due_at
from process.effect
where due_at < process.now() - interval '5 minutes'
