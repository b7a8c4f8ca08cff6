import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";
import { lockPath } from "./lockPath.ts";

/** Deletes an escalation path; escalations that run keep theirs. Throws NOT_FOUND. */
export async function deleteEscalationPath(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { id } = await lockPath(tx, what.id);
    await tx.delete(EscalationPath, { id });
    return true;
  });
}
