import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Pubsub } from "#shared/pubsub/pubsub.ts";
import { applyToList, followChanges, type Changes } from "#shared/subgraph/followList.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import type { Incident } from "./entities/Incident.ts";
import { incidentsMatching, type IncidentFilter } from "./listIncidents.ts";

/** Which of the tenant's incidents change, until the signal. */
export function followIncidents(
  db: TenantDatabase,
  pubsub: Pubsub,
  signal: AbortSignal,
): AsyncGenerator<Changes> {
  const heard = pubsub.subscribeInBatches(incidentUpdated, db.tenantId, { signal });
  return followChanges(heard, ({ incidentId }) => [incidentId]);
}

/** What became of a list of incidents. */
export interface IncidentChanges {
  readonly incidents: Incident[];
  readonly notMatchingIds: string[];
  readonly mayHaveMissed: boolean;
}

/** What becomes of the list of incidents that match a filter when some change. */
export async function applyIncidentChanges(
  db: TenantDatabase,
  filter: IncidentFilter | null | undefined,
  changes: Changes,
): Promise<IncidentChanges> {
  const { matching: incidents, ...rest } = await applyToList(db, incidentsMatching(db, filter), changes);
  return { incidents, ...rest };
}
