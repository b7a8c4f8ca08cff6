import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { acknowledge } from "./acknowledgeEscalation.ts";
import { endNotices } from "./notices/endNotices.ts";
import { lockEscalationsOf } from "./rules/lockEscalationsOf.ts";
import { ANSWERABLE } from "./machines/escalationMachine.ts";

/** Somebody took the incident on: nobody is paged about it any more, and administrators are not told. */
export async function acknowledgeEscalations(
  db: TenantDatabase,
  by: Actor,
  what: { incidentId: string },
): Promise<void> {
  await retryConflicts(db, async (tx) => {
    const unanswered = await lockEscalationsOf(tx, what.incidentId, ANSWERABLE);
    for (const escalation of unanswered) await acknowledge(tx, by, escalation);
    await endNotices(tx, what.incidentId);
  });
}
