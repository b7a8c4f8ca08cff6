alter table "process"."command" add "parked_reason" text null;

alter table "process"."timer" add "failing_since" timestamptz(6) null;

create view "process"."parked_work" with (security_invoker = true) as
  select tenant_id, id, 'COMMAND' as work, name, owner, parked_at as since, attempt as attempts,
    coalesce(parked_reason, 'It failed ' || attempt || ' times.') as error, left(payload ->> 'title', 200) as about
  from "process"."command" where parked_at is not null
  union all
  select tenant_id, id, 'PROCESS', kind, null, coalesce(failing_since, due_at), attempt,
    'Looking at it has failed ' || attempt || ' times in a row, and is tried again every 15 seconds.', null
  from "process"."timer" where attempt > 20;
