import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { tryMove } from "#shared/machine/machine.ts";
import { send } from "#shared/process/commands.ts";
import { takeOnIncident } from "#supergraph/commands.ts";
import type { Escalation } from "./entities/Escalation.ts";
import { lockEscalation } from "./lockEscalation.ts";
import { escalationMachine } from "./machines/escalationMachine.ts";
import { stopPages } from "./stopPages.ts";
import { tellTimeline } from "./tellTimeline.ts";

/**
 * Somebody answers: no later page of this escalation goes out, and they take the incident on. Does nothing when somebody
 * answered already. Throws NOT_FOUND, and MOVE_NOT_ALLOWED when it is over.
 */
export async function acknowledgeEscalation(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
): Promise<Escalation> {
  return retryConflicts(db, async (tx) => {
    const escalation = await lockEscalation(tx, what.id);
    if (!(await acknowledge(tx, by, escalation))) return escalation;
    const userId = by.kind === "user" ? by.id : null;
    const at = (await tx.now()).toString();
    await send(tx, takeOnIncident, { incidentId: escalation.incidentId, userId, at });
    return { ...escalation, nextLevelAt: null };
  });
}

/** Makes the move, stops the pages and tells the timeline. False when somebody answered already. */
export async function acknowledge(
  tx: TenantTransaction,
  by: Actor,
  escalation: Escalation,
): Promise<boolean> {
  const { id, incidentId, level } = escalation;
  if (!(await tryMove(tx, escalationMachine, id, "acknowledge", { by }))) return false;
  await stopPages(tx, by, id);
  const message = "The escalation was acknowledged: no further page goes out";
  await tellTimeline(tx, by, {
    incidentId,
    kind: "ESCALATION_ACKNOWLEDGED",
    message,
    data: { escalationId: id, level },
  });
  return true;
}
