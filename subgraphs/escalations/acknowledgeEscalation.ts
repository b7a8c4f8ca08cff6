import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { currentState, tryMove } from "#shared/machine/machine.ts";
import { send } from "#shared/process/commands.ts";
import { takeOnIncident } from "#supergraph/commands.ts";
import type { Escalation } from "./entities/Escalation.ts";
import { Page } from "./entities/Page.ts";
import { lockEscalationsOf } from "./rules/lockEscalationsOf.ts";
import { ANSWERABLE, escalationMachine } from "./machines/escalationMachine.ts";
import { requireEscalation } from "./rules/requireEscalation.ts";
import { stopPages } from "./paging/stopPages.ts";
import { tellTimeline } from "./escalating/tellTimeline.ts";

/**
 * Somebody answers: no later page of this escalation goes out, and they take the incident on. An answer counts as long as the
 * incident is open: also when nobody could be reached, after the escalation expired, for the run that took its place, and when
 * the incident was over meanwhile and is open again. Does nothing when somebody answered already or the incident is over; the
 * answer is the escalation as it is. Throws NOT_FOUND.
 */
export async function acknowledgeEscalation(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
): Promise<Escalation> {
  return retryConflicts(db, async (tx) => {
    const { incidentId, path } = await requireEscalation(tx, what.id);
    const unanswered = await lockEscalationsOf(tx, incidentId, ANSWERABLE);
    const state = await currentState(tx, escalationMachine, what.id);
    const isReplaced = state === "cancelled";
    const answered = unanswered.filter(
      (escalation) => escalation.id === what.id || (isReplaced && escalation.path.id === path.id),
    );
    for (const escalation of answered) await acknowledge(tx, by, escalation);
    // Only incidents know whether one that was over is open again.
    if (answered.length > 0 || isReplaced || state === "resolved") {
      const userId = by.kind === "user" ? by.id : null;
      await send(tx, takeOnIncident, { incidentId, userId, at: (await tx.now()).toString() });
    }
    return requireEscalation(tx, what.id);
  });
}

/** Makes the move, stops the pages and tells the timeline. The escalation is locked and nobody answered it yet. */
export async function acknowledge(tx: TenantTransaction, by: Actor, escalation: Escalation): Promise<void> {
  const { id, incidentId, level } = escalation;
  const state = await currentState(tx, escalationMachine, id);
  if (!(await tryMove(tx, escalationMachine, id, "acknowledge", { by }))) return;
  await stopPages(tx, by, id);
  const wasPaged = by.kind !== "user" || (await tx.count(Page, { escalationId: id, userId: by.id })) > 0;
  const late = state === "expired" ? ", after it had expired" : "";
  const message = `The escalation was acknowledged${wasPaged ? "" : " by somebody who was not paged"}${late}: no further page goes out`;
  await tellTimeline(tx, by, {
    incidentId,
    kind: "ESCALATION_ACKNOWLEDGED",
    message,
    data: { escalationId: id, level },
  });
}
