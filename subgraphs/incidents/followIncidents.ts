import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import { applyToList, followChanges, type Changes } from "#shared/subgraph/followList.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import type { Incident } from "./entities/Incident.ts";
import type { IncidentFilter } from "./filter/incidentFilter.ts";
import type { FilterServices } from "./filter/pathsOfTeams.ts";
import { incidentsMatching } from "./listIncidents.ts";

/** Which of the tenant's incidents change, until the signal. Throws, before anything is followed, what `incidentsMatching` does. */
export async function followIncidents(
  {
    db,
    actor,
    pubsub,
    services,
    signal,
  }: Pick<SubgraphContext<FilterServices>, "db" | "actor" | "pubsub" | "services" | "signal">,
  filter: IncidentFilter | null | undefined,
): Promise<AsyncGenerator<Changes>> {
  await incidentsMatching(db, actor, filter, services);
  const heard = pubsub.subscribeInBatches(incidentUpdated, db.tenantId, { signal });
  return followChanges(heard, ({ incidentId }) => [incidentId]);
}

/** What became of a list of incidents. */
export interface IncidentChanges {
  readonly incidents: Incident[];
  readonly notMatchingIds: string[];
  readonly mayHaveMissed: boolean;
}

/** What becomes of the list of incidents that match a filter when some change. Throws what `incidentsMatching` does. */
export async function applyIncidentChanges(
  db: TenantDatabase,
  by: Actor,
  { filter, changes }: { filter: IncidentFilter | null | undefined; changes: Changes },
  services: FilterServices,
): Promise<IncidentChanges> {
  const list = await incidentsMatching(db, by, filter, services);
  const { matching: incidents, ...rest } = await applyToList(db, list, changes);
  return { incidents, ...rest };
}
