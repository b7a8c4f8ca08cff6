-- Nothing that services ask of each other was given up. Whoever reads it retries or discards what is parked.
select tenant_id, id as command_id, name as command, owner, last_error as reason, parked_at as since
from process.command
where parked_at is not null
