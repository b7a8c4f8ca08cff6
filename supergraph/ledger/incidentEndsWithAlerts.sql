-- An incident that is resolved with its alerts does not stay open after the last of them. One that a person reopened does.
-- Excused while openIncident, settleAlert or releaseAlerts is under way.
select incident.tenant_id, incident.id as incident_id, state.moved_at as since
from incidents.incident
join incidents.incident_transition as state
  on state.tenant_id = incident.tenant_id and state.incident_id = incident.id and state.most_recent
where incident.resolve_with_alerts and state.to_state in ('triage', 'active') and state.move not in ('reopen', 'merge')
  and exists (
    select from incidents.incident_alert as link
    where link.tenant_id = incident.tenant_id and link.incident_id = incident.id and link.left_at is null
  )
  and not exists (
    select from incidents.incident_alert as link
    where link.tenant_id = incident.tenant_id and link.incident_id = incident.id
      and link.settled_at is null and link.left_at is null
  )
  and not exists (
    select from process.command
    where command.tenant_id = incident.tenant_id and parked_at is null
      and name in ('openIncident', 'settleAlert', 'releaseAlerts')
  )
