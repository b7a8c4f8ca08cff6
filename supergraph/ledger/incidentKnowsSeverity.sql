-- An incident knows of each of its alerts that fire how bad that is by its route.
-- Excused while openIncident, settleAlert or releaseAlerts about it is under way.
select alert.tenant_id, link.incident_id, alert.id as alert_id, alert.told_severity, link.severity_rank as known_rank
from alerts.alert
join incidents.incident_alert as link
  on link.tenant_id = alert.tenant_id and link.alert_id = alert.id and link.settled_at is null and link.left_at is null
where alert.status = 'FIRING' and alert.told_severity is not null and alert.released_at is null
  and link.severity_rank <> array_position(array['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], alert.told_severity)
  and not exists (
    select from process.command
    where command.tenant_id = alert.tenant_id and parked_at is null
      and name in ('openIncident', 'settleAlert', 'releaseAlerts')
      and (payload ->> 'alertId' = alert.id::text or payload -> 'alertIds' ? alert.id::text)
  )
