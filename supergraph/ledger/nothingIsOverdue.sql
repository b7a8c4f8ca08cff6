-- What is due is done: no command, look or call has been due for more than five minutes. Excused are calls of
-- which a tenant has more due than are made for it in a minute, as of the last two minutes.
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
  and not exists (
    select from process.call_backlog
    where call_backlog.tenant_id = effect.tenant_id and call_backlog.kind = effect.kind
      and call_backlog.seen_at > process.now() - interval '2 minutes')
