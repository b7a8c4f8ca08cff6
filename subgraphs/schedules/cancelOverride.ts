import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/refusals.ts";
import { Override } from "./entities/Override.ts";
import type { Schedule } from "./entities/Schedule.ts";
import { lockSchedule } from "./lockSchedule.ts";

/** Takes an override back, also one that runs. Throws NOT_FOUND. */
export async function cancelOverride(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<Schedule> {
  return db.transaction(async (tx) => {
    const override = await tx.lock(Override, { id: what.id });
    if (!override) throw notFound("override", what.id);
    await tx.delete(Override, { id: override.id });
    return lockSchedule(tx, override.scheduleId);
  });
}
