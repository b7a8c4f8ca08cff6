-- An open incident is as bad as the worst of its alerts that fire, unless a person said how bad it is. Nothing excuses a break.
select incident.tenant_id, incident.id as incident_id, incident.severity, worst.severity_rank as worst_rank
from incidents.incident
join incidents.incident_transition as state
  on state.tenant_id = incident.tenant_id and state.incident_id = incident.id and state.most_recent
join lateral (
  select min(link.severity_rank) as severity_rank
  from incidents.incident_alert as link
  where link.tenant_id = incident.tenant_id and link.incident_id = incident.id
    and link.settled_at is null and link.left_at is null
) as worst on worst.severity_rank is not null
where state.to_state in ('triage', 'active') and not incident.severity_set_by_person
  and incident.severity_rank <> worst.severity_rank
