import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { AlertSource } from "./entities/AlertSource.ts";
import { lockSource } from "./lockSource.ts";

/** Stops an alert source from accepting anything; its alerts stay. Throws NOT_FOUND. */
export async function disableAlertSource(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<AlertSource> {
  return db.transaction(async (tx) => {
    const source = await lockSource(tx, what.id);
    const disabledAt = source.disabledAt ?? (await tx.now());
    await tx.update(AlertSource, { id: source.id }, { disabledAt });
    return { ...source, disabledAt };
  });
}
