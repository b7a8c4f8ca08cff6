import type { z } from "zod";
import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { openIncident as command } from "#supergraph/commands.ts";
import { takeTurns } from "#shared/database/takeTurns.ts";
import { IncidentGroup } from "./entities/IncidentGroup.ts";
import { addAlertToIncident } from "./addAlertToIncident.ts";
import { createIncident } from "./createIncident.ts";

/** What a route asks for: an incident for this alert, or the open one of its group. */
export type AlertForIncident = z.infer<(typeof command)["payload"]>;

/** An alert joins the open incident of its group, or opens one. */
export async function openIncident(db: TenantDatabase, by: Actor, alert: AlertForIncident): Promise<void> {
  await db.transaction(async (tx) => {
    const incidentId = (await openIncidentOfGroup(tx, alert)) ?? (await createIncident(tx, by, alert)).id;
    if (alert.group) await keepGroupOpen(tx, alert.group, incidentId);
    await addAlertToIncident(tx, by, { incidentId, alertId: alert.alertId, title: alert.title });
  });
}

async function openIncidentOfGroup(tx: TenantTransaction, alert: AlertForIncident): Promise<string | null> {
  if (!alert.group) return null;
  await waitForTurn(tx, alert.group.key);
  const group = await tx.lock(IncidentGroup, { key: alert.group.key });
  if (!group) return null;
  const stillOpen = Temporal.Instant.compare(await tx.now(), group.openUntil) <= 0;
  return stillOpen ? group.incidentId : null;
}

// Two alerts of a group with no incident yet find no row to lock, so they take turns on the group's key.
async function waitForTurn(tx: TenantTransaction, key: string): Promise<void> {
  await takeTurns(tx, key);
}

async function keepGroupOpen(
  tx: TenantTransaction,
  group: { key: string; windowSeconds: number },
  incidentId: string,
): Promise<void> {
  const openUntil = (await tx.now()).add({ seconds: group.windowSeconds });
  const known = await tx.update(IncidentGroup, { key: group.key }, { incidentId, openUntil });
  if (known === 0) await tx.insert(IncidentGroup, { key: group.key, incidentId, openUntil });
}
