import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Incident } from "./entities/Incident.ts";
import { IncidentGroup } from "./entities/IncidentGroup.ts";
import { attachAlert } from "./placement/attachAlert.ts";
import { createIncident } from "./createIncident.ts";
import type { FiringAlert } from "./placement/decidePlacement.ts";
import { findPlacement } from "./placement/findPlacement.ts";
import { fireInOpenIncident } from "./placement/fireInOpenIncident.ts";
import { recurIncident } from "./placement/recurIncident.ts";
import { storableTitle } from "./rules/storableTitle.ts";

/**
 * An alert fires and leads to an incident: the one it belongs to, the open one of its group, the one that was resolved with it a
 * moment ago, or a new one. Whatever it is told, it refuses nothing.
 */
export async function openIncident(db: TenantDatabase, by: Actor, told: FiringAlert): Promise<void> {
  const alert = { ...told, title: storableTitle(told.title) };
  await db.transaction(async (tx) => {
    const { place, own } = await findPlacement(tx, alert);
    if (place.move === "ignore") return;
    if (place.move === "open") {
      await createIncident(tx, by, alert, (_, incident) =>
        Promise.all([
          attachAlert(tx, by, alert, { incidentId: incident.id, state: "triage", own }),
          keepGroupOpen(tx, alert, incident),
        ]),
      );
      return;
    }
    if (place.move === "recur") await recurIncident(tx, by, alert, { incident: place.to.incident, own });
    else await fireInOpenIncident(tx, by, alert, { ...place, own });
    if (place.move !== "stay") await keepGroupOpen(tx, alert, place.to.incident);
  });
}

// The window counts from when the alert fired, however long it took to come here.
async function keepGroupOpen(
  tx: TenantTransaction,
  { group, firedAt }: FiringAlert,
  { id: incidentId }: Incident,
): Promise<void> {
  if (!group) return;
  const openUntil = Temporal.Instant.from(firedAt).add({ seconds: group.windowSeconds });
  const known = await tx.update(IncidentGroup, { key: group.key }, { incidentId, openUntil });
  if (known === 0) await tx.insert(IncidentGroup, { key: group.key, incidentId, openUntil });
}
