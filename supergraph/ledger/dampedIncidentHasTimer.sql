-- An incident whose alerts are damped is looked at again: it has a timer. Nothing excuses a break.
select incident.tenant_id, incident.id as incident_id, incident.damped_until as since
from incidents.incident
join incidents.incident_transition as state
  on state.tenant_id = incident.tenant_id and state.incident_id = incident.id and state.most_recent
where incident.damped_until is not null and state.to_state = 'triage'
  and not exists (
    select from process.timer
    where timer.tenant_id = incident.tenant_id and timer.kind = 'damping' and timer.subject_id = incident.id
  )
