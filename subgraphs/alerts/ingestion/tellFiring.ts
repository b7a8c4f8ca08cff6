import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { sendAll } from "#shared/process/commands.ts";
import { openIncident } from "#supergraph/commands.ts";
import { digestOf } from "../routing/boundedKey.ts";
import type { Routing } from "../routing/compileRoutes.ts";
import type { Alert } from "../entities/Alert.ts";
import { withDefaults } from "../rules/routeAction.ts";

/** An alert that fires, and by which routing it leads to an incident. */
export interface FiringAlert {
  alert: Pick<Alert, "id" | "sourceId" | "dedupKey" | "title" | "description" | "labels" | "incidentKey">;
  routing: Routing;
}

/** Tells incidents of alerts that fire, each under its key. */
export async function tellFiring(tx: TenantTransaction, firing: readonly FiringAlert[]): Promise<void> {
  const firedAt = (await tx.now()).toString();
  await sendAll(
    tx,
    openIncident,
    firing.map(({ alert, routing: { route, severity, groupKey } }) => {
      const { groupWindowSeconds: windowSeconds, ...action } = withDefaults(route.action);
      const payload = {
        alertId: alert.id,
        alertKey: digestOf(JSON.stringify([alert.sourceId, alert.dedupKey])),
        sourceId: alert.sourceId,
        labels: toldLabels(alert.labels),
        title: alert.title,
        summary: alert.description,
        severity,
        firedAt,
        group: groupKey === null ? null : { key: groupKey, windowSeconds },
        escalationPathId: action.escalationPathId,
        resolveWithAlerts: action.resolveWithAlerts,
        repage: action.repage,
        dampingSeconds: action.dampingSeconds,
      };
      return { key: alert.incidentKey ?? undefined, payload };
    }),
  );
}

/** How many labels of an alert incidents keep, and how long their values are at most. */
const MOST_LABELS = 100;
const LONGEST_VALUE = 200;

// What incidents are found by is short; a long value is prose.
function toldLabels(labels: Alert["labels"]): Record<string, string> {
  const short = Object.entries(labels).filter(([, value]) => value.length <= LONGEST_VALUE);
  return Object.fromEntries(short.slice(0, MOST_LABELS));
}
