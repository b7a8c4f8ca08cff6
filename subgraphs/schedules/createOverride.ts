import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { alreadyExists, requireLength } from "#supergraph/refusals.ts";
import { Override } from "./entities/Override.ts";
import { lockSchedule } from "./lockSchedule.ts";
import { requirePeople } from "./requirePeople.ts";
import type { People } from "./services.ts";
import { requireWindow } from "./requireWindow.ts";

/** An override as somebody says it. */
export interface NewOverride {
  scheduleId: string;
  userId: string;
  replacesUserId?: string | null | undefined;
  from: Temporal.Instant;
  to: Temporal.Instant;
  reason?: string | null | undefined;
}

/**
 * Puts somebody on call for a while. Throws NOT_FOUND for a schedule or person that is not of this tenant,
 * INVALID_ARGUMENT for a time that ends before it begins or lasts over 366 days, or a reason that is too long, ALREADY_EXISTS when it overlaps an
 * override that replaces the same person.
 */
export async function createOverride(
  db: TenantDatabase,
  by: Actor,
  what: NewOverride,
  people: People,
): Promise<Override> {
  requireWindow(what);
  requireLength("reason", what.reason);
  const replacesUserId = what.replacesUserId ?? null;
  const userIds = replacesUserId ? [what.userId, replacesUserId] : [what.userId];
  await requirePeople(people, { tenantId: db.tenantId, actor: by }, { userIds });
  return db.transaction(async (tx) => {
    // The schedule's lock lets two people who put in overrides at once take turns.
    await lockSchedule(tx, what.scheduleId);
    await requireFree(tx, { ...what, replacesUserId });
    const { scheduleId, userId, from, to, reason = null } = what;
    return tx.insert(Override, { scheduleId, userId, replacesUserId, from, to, reason });
  });
}

async function requireFree(
  tx: TenantTransaction,
  { scheduleId, replacesUserId, from, to }: NewOverride & { replacesUserId: string | null },
): Promise<void> {
  const other = await tx.findOne(Override, {
    scheduleId,
    replacesUserId,
    from: { $lt: to },
    to: { $gt: from },
  });
  if (!other) return;
  const value = `from ${other.from.toString()} to ${other.to.toString()}`;
  throw alreadyExists("override", value);
}
