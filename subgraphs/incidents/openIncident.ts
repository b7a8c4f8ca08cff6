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
    await keepGroupOpen(tx, alert, incidentId);
    await addAlertToIncident(tx, by, { incidentId, alertId: alert.alertId, title: alert.title });
  });
}

// Two alerts of a group with no incident yet find no row to lock, so they take turns on the group's key.
async function openIncidentOfGroup(
  tx: TenantTransaction,
  { group, firedAt }: AlertForIncident,
): Promise<string | null> {
  if (!group) return null;
  await takeTurns(tx, `group ${group.key}`);
  const present = await tx.lock(IncidentGroup, { key: group.key });
  if (!present) return null;
  const isWithin = Temporal.Instant.compare(Temporal.Instant.from(firedAt), present.openUntil) <= 0;
  return isWithin ? present.incidentId : null;
}

// The window counts from when the alert fired, however long it took to come here.
async function keepGroupOpen(
  tx: TenantTransaction,
  { group, firedAt }: AlertForIncident,
  incidentId: string,
): Promise<void> {
  if (!group) return;
  const openUntil = Temporal.Instant.from(firedAt).add({ seconds: group.windowSeconds });
  const known = await tx.update(IncidentGroup, { key: group.key }, { incidentId, openUntil });
  if (known === 0) await tx.insert(IncidentGroup, { key: group.key, incidentId, openUntil });
}
