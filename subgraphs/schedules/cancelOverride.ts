import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Override } from "./entities/Override.ts";
import type { Schedule } from "./entities/Schedule.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";

/**
 * Takes an override back: one that has not begun is gone, one that runs ends now and keeps its past, one that is over stays
 * as it was. Throws NOT_FOUND.
 */
export async function cancelOverride(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<Schedule> {
  return db.transaction(async (tx) => {
    const { scheduleId } = await findOverride(tx, what.id);
    const schedule = await lockSchedule(tx, scheduleId);
    const { id, from, to } = await findOverride(tx, what.id);
    const now = await tx.now();
    if (Temporal.Instant.compare(now, from) <= 0) await tx.delete(Override, { id });
    else if (Temporal.Instant.compare(now, to) < 0) await tx.update(Override, { id }, { to: now });
    return schedule;
  });
}

async function findOverride(db: TenantDatabase, id: string): Promise<Override> {
  const override = await db.findOne(Override, { id });
  if (!override) throw notFound("override", id);
  return override;
}
