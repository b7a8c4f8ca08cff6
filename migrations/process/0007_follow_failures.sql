alter table "process"."effect" add "follow_failures" int not null default 0;

create or replace view "process"."parked_work" with (security_invoker = true) as
  select tenant_id, id, 'COMMAND' as work, name, owner, parked_at as since, attempt as attempts,
    coalesce(parked_reason, 'It failed ' || attempt || ' times.') as error, left(payload ->> 'title', 200) as about
  from "process"."command" where parked_at is not null
  union all
  select tenant_id, id, 'PROCESS', kind, null, coalesce(failing_since, due_at), attempt,
    'Looking at it has failed ' || attempt || ' times in a row, and is tried again every 15 seconds.', null
  from "process"."timer" where attempt > 20
  union all
  select tenant_id, id, 'CALL', kind, null, requested_at, follow_failures,
    'It was called, but what follows could not be written down ' || follow_failures || ' times, and is tried again every 15 seconds.',
    left(payload ->> 'title', 200)
  from "process"."effect" where follow_failures > 20;
