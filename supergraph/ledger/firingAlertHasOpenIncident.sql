-- An alert that fires and led to an incident belongs to one that is open, unless its incident let go of it since.
-- Excused while openIncident, settleAlert or releaseAlerts about it is under way.
select alert.tenant_id, alert.id as alert_id, alert.last_fired_at as since
from alerts.alert
where alert.status = 'FIRING' and alert.incident_key is not null and alert.released_at is null
  and not exists (
    select from incidents.incident_alert as link
    join incidents.incident_transition as state
      on state.tenant_id = link.tenant_id and state.incident_id = link.incident_id and state.most_recent
    where link.tenant_id = alert.tenant_id and link.alert_id = alert.id and link.settled_at is null and link.left_at is null
      and state.to_state in ('triage', 'active')
  )
  and not exists (
    select from process.command
    where command.tenant_id = alert.tenant_id and parked_at is null
      and name in ('openIncident', 'settleAlert', 'releaseAlerts')
      and (payload ->> 'alertId' = alert.id::text or payload -> 'alertIds' ? alert.id::text)
  )
