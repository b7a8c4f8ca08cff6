-- Every alert was told of by at least one message that is kept as its event. Nothing excuses a break.
select alert.tenant_id, alert.id as alert_id, alert.fired_at as since
from alerts.alert
where not exists (
  select from alerts.alert_event as event where event.tenant_id = alert.tenant_id and event.alert_id = alert.id
)
