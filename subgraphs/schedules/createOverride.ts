import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { alreadyExists, invalidArgument, requireLength } from "#supergraph/domainErrors.ts";
import { Override } from "./entities/Override.ts";
import { limits } from "./limits.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";
import { requirePeople } from "./rules/requirePeople.ts";
import type { People } from "./services.ts";
import { requireWindow } from "./rules/requireWindow.ts";

/** An override as somebody says it. */
export interface NewOverride {
  scheduleId: string;
  userId: string;
  replacesUserId?: string | null | undefined;
  from: Temporal.Instant;
  to: Temporal.Instant;
  reason?: string | null | undefined;
}

const MOST_OVERRIDES = limits.scheduleOverrides.most;

/**
 * Puts somebody on call for a while, from now on at the earliest: one that is said to have begun begins now. Throws NOT_FOUND
 * for a schedule or person that is not of this tenant and for somebody disabled, who may be stood in for but not stand in;
 * INVALID_ARGUMENT for a time that ends before it begins, is over, or lasts over 366 days, for a reason that is too long,
 * for somebody in place of themselves, and for the 1,001st; LIMIT_REACHED for too many of the tenant; ALREADY_EXISTS when it overlaps an override that replaces the same
 * person.
 */
export async function createOverride(
  db: TenantDatabase,
  by: Actor,
  what: NewOverride,
  people: People,
): Promise<Override> {
  requireWindow(what);
  const { scheduleId, userId, to, replacesUserId = null, reason = null } = what;
  requireLength("reason", reason);
  if (userId === replacesUserId) throw invalidArgument("replacesUserId", "must be somebody else than userId");
  const mayBeDisabled = replacesUserId === null ? [] : [replacesUserId];
  const userIds = [userId, ...mayBeDisabled];
  await requirePeople(people, { tenantId: db.tenantId }, { userIds, mayBeDisabled });
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.overrides, { entity: Override, where: { to: { $gt: await tx.now() } } });
    // The schedule's lock lets two people who put in overrides at once take turns.
    await lockSchedule(tx, scheduleId);
    const now = await tx.now();
    if (Temporal.Instant.compare(to, now) <= 0) throw invalidArgument("to", "must be in the future");
    const from = Temporal.Instant.compare(what.from, now) < 0 ? now : what.from;
    const override = { scheduleId, userId, replacesUserId, from, to, reason };
    await requireFree(tx, override);
    await requireFew(tx, scheduleId, now);
    return tx.insert(Override, override);
  });
}

async function requireFree(
  tx: TenantTransaction,
  { scheduleId, replacesUserId, from, to }: Pick<Override, "scheduleId" | "replacesUserId" | "from" | "to">,
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

async function requireFew(tx: TenantTransaction, scheduleId: string, now: Temporal.Instant): Promise<void> {
  if ((await tx.count(Override, { scheduleId, to: { $gt: now } })) < MOST_OVERRIDES) return;
  throw invalidArgument(
    "scheduleId",
    `has ${MOST_OVERRIDES} overrides that are still to end, the most it can`,
  );
}
