import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
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
): Promise<{ override: Override | null; schedule: Schedule }> {
  return db.transaction(async (tx) => {
    const { scheduleId } = await findOverride(tx, what.id);
    const schedule = await lockSchedule(tx, scheduleId);
    const override = await findOverride(tx, what.id);
    return { override: await endOverride(tx, override), schedule };
  });
}

async function endOverride(tx: TenantTransaction, override: Override): Promise<Override | null> {
  const { id, from, to } = override;
  const now = await tx.now();
  if (Temporal.Instant.compare(now, to) >= 0) return override;
  if (Temporal.Instant.compare(now, from) <= 0) {
    await tx.delete(Override, { id });
    return null;
  }
  await tx.update(Override, { id }, { to: now });
  return { ...override, to: now };
}

async function findOverride(db: TenantDatabase, id: string): Promise<Override> {
  const override = await db.findOne(Override, { id });
  if (!override) throw notFound("override", id);
  return override;
}
