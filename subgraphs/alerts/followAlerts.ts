import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
import { applyToList, followChanges, type Changes } from "#shared/subgraph/followList.ts";
import { alertsUpdated } from "#supergraph/events.ts";
import type { Alert } from "./entities/Alert.ts";
import { alertsMatching, type AlertFilter } from "./listAlerts.ts";

/** Which of the tenant's alerts change, until the signal. Throws, before anything is followed, what `alertsMatching` does. */
export function followAlerts(
  { db, actor, pubsub, signal }: Pick<SubgraphContext, "db" | "actor" | "pubsub" | "signal">,
  filter: AlertFilter | null | undefined,
): AsyncGenerator<Changes> {
  alertsMatching(db, actor, filter);
  return followChanges(pubsub.subscribeInBatches(alertsUpdated, db.tenantId, { signal }), (ids) => ids);
}

/** What became of a list of alerts. */
export interface AlertChanges {
  readonly alerts: Alert[];
  readonly notMatchingIds: string[];
  readonly mayHaveMissed: boolean;
}

/** What becomes of the list of alerts that match a filter when some change. Throws what `alertsMatching` does. */
export async function applyAlertChanges(
  db: TenantDatabase,
  by: Actor,
  filter: AlertFilter | null | undefined,
  changes: Changes,
): Promise<AlertChanges> {
  const { matching: alerts, ...rest } = await applyToList(db, alertsMatching(db, by, filter), changes);
  return { alerts, ...rest };
}
