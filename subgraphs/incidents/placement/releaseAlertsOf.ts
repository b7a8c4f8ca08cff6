import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { sendAll } from "#shared/process/commands.ts";
import { releaseAlerts } from "#supergraph/commands.ts";
import type { Incident } from "../entities/Incident.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";

/** How many alerts one command speaks of at most. */
const MOST = 1_000;

/**
 * The alerts that fire in an incident that somebody ended belong to it no longer: they are resolved, or go on firing and lead to
 * no incident until they fire again. Alerts are told.
 */
export async function releaseAlertsOf(
  tx: TenantTransaction,
  by: Actor,
  { id: incidentId }: Incident,
  { resolves }: { resolves: boolean },
): Promise<void> {
  const firing = { incidentId, settledAt: null, leftAt: null };
  const links = await tx.find(IncidentAlert, firing, { orderBy: { id: "asc" } });
  const now = await tx.now();
  const userId = by.kind === "user" ? by.id : null;
  await tx.update(
    IncidentAlert,
    firing,
    resolves ? { settledAt: now, settledById: userId } : { leftAt: now },
  );
  const messages = [];
  for (let from = 0; from < links.length; from += MOST) {
    const alertIds = links.slice(from, from + MOST).map((link) => link.alertId);
    messages.push({ payload: { incidentId, alertIds, at: now.toString(), resolves, userId } });
  }
  await sendAll(tx, releaseAlerts, messages);
}
