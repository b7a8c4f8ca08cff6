-- An alert that fires no longer keeps no incident open: its incident counts it as settled.
-- Excused while openIncident, settleAlert or releaseAlerts about it is under way.
select link.tenant_id, link.incident_id, link.alert_id, alert.resolved_at as since
from incidents.incident_alert as link
join alerts.alert on alert.tenant_id = link.tenant_id and alert.id = link.alert_id
join incidents.incident_transition as state
  on state.tenant_id = link.tenant_id and state.incident_id = link.incident_id and state.most_recent
where alert.status = 'RESOLVED' and link.settled_at is null and link.left_at is null and state.to_state in ('triage', 'active')
  and not exists (
    select from process.command
    where command.tenant_id = link.tenant_id and parked_at is null
      and name in ('openIncident', 'settleAlert', 'releaseAlerts')
      and (payload ->> 'alertId' = link.alert_id::text or payload -> 'alertIds' ? link.alert_id::text)
  )
