import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { momentOf } from "../arithmetic/intervals.ts";
import { endOf } from "../arithmetic/rotationTurns.ts";
import { PastRotationVersion } from "../entities/PastRotationVersion.ts";
import type { Rotation } from "../entities/Rotation.ts";

/** What a rotation says at a moment, and whether that is what it says as it was changed last. */
export type VersionInForce =
  | { readonly isPresent: true; readonly row: Rotation }
  | { readonly isPresent: false; readonly row: PastRotationVersion };

/** What a rotation says at a moment: what was said last, unless that comes into force later; null for nothing yet. */
export async function versionInForce(
  tx: TenantTransaction,
  rotation: Rotation,
  now: Temporal.Instant,
): Promise<VersionInForce | null> {
  const { effectiveFrom } = rotation;
  if (!effectiveFrom || Temporal.Instant.compare(effectiveFrom, now) <= 0) {
    return { isPresent: true, row: rotation };
  }
  // One at most: a version that never came into force is not kept.
  const row = await tx.findOne(PastRotationVersion, { rotationId: rotation.id, effectiveTo: { $gt: now } });
  return row && { isPresent: false, row };
}

/**
 * Lets what a rotation says end at a moment, now or later, and keeps it, so that the past stays as it was. What was said last
 * and is not in force yet is not kept.
 */
export async function endVersion(
  tx: TenantTransaction,
  { isPresent, row }: VersionInForce,
  effectiveTo: Temporal.Instant,
): Promise<void> {
  const wasInForce = !row.effectiveFrom || Temporal.Instant.compare(row.effectiveFrom, effectiveTo) < 0;
  // Whoever is on call stays until their handover, also beyond an end that no longer holds.
  const isOver = endOf(row) <= momentOf(await tx.now());
  const kept = { effectiveTo, endsOn: isOver ? row.endsOn : null };
  if (!isPresent) {
    if (wasInForce) await tx.update(PastRotationVersion, { id: row.id }, kept);
    else await tx.delete(PastRotationVersion, { id: row.id });
    return;
  }
  if (!wasInForce) return;
  const { scheduleId, position, participantIds, timeZone, handoverTime, handoverWeekday } = row;
  const { shiftLength, shiftUnit, startsOn, effectiveFrom, firstTurnEndsAt, firstTurnPosition } = row;
  await tx.insert(PastRotationVersion, {
    rotationId: row.id,
    scheduleId,
    position,
    participantIds,
    timeZone,
    handoverTime,
    handoverWeekday,
    shiftLength,
    shiftUnit,
    startsOn,
    effectiveFrom,
    firstTurnEndsAt,
    firstTurnPosition,
    ...kept,
  });
}
