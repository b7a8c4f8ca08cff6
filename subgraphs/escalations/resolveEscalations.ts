import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { move } from "#shared/machine/machine.ts";
import { endNotices } from "./notices/endNotices.ts";
import { lockEscalationsOf } from "./rules/lockEscalationsOf.ts";
import { escalationMachine, NOT_OVER } from "./machines/escalationMachine.ts";
import { stopPages } from "./paging/stopPages.ts";
import { tellTimeline } from "./escalating/tellTimeline.ts";

/** The incident is over: its escalations end, and nobody is paged about it any more, and administrators are not told. */
export async function resolveEscalations(
  db: TenantDatabase,
  by: Actor,
  what: { incidentId: string },
): Promise<void> {
  const { incidentId } = what;
  await retryConflicts(db, async (tx) => {
    await endNotices(tx, incidentId);
    for (const { id } of await lockEscalationsOf(tx, incidentId, NOT_OVER)) {
      await move(tx, escalationMachine, id, "resolve", { by });
      await stopPages(tx, by, id);
      const message = "The escalation ended with the incident";
      await tellTimeline(tx, by, {
        incidentId,
        kind: "ESCALATION_ENDED",
        message,
        data: { escalationId: id },
      });
    }
  });
}
