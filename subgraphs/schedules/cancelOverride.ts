import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#supergraph/errors.ts";
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
    if (!override) throw exposed("NOT_FOUND", `override ${what.id}`, { thing: "override", id: what.id });
    await tx.delete(Override, { id: override.id });
    return lockSchedule(tx, override.scheduleId);
  });
}
