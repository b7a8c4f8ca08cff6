import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { succeed } from "../arithmetic/succession.ts";
import { Rotation } from "../entities/Rotation.ts";
import type { ValidRotation } from "../rules/rotationInput.ts";
import { endVersion, versionInForce } from "./versionInForce.ts";

/**
 * Lets a rotation say something else from now on. Whoever is on call stays until their handover, and the past stays as it
 * was: see `succeed`. The schedule must be locked. The answer is the rotation as it is said now.
 */
export async function changeRotation(
  tx: TenantTransaction,
  rotation: Rotation,
  { name, participantIds, ...rule }: ValidRotation,
): Promise<Rotation> {
  const { id } = rotation;
  const said = { ...rule, participantIds: [...participantIds] };
  const counted = { name, version: rotation.version + 1 };
  if (isSaidAlready(rotation, said)) {
    await tx.update(Rotation, { id }, counted);
    return { ...rotation, ...counted };
  }
  const now = await tx.now();
  const before = await versionInForce(tx, rotation, now);
  const succession = before
    ? succeed({ ...before.row, effectiveTo: null }, said, now)
    : { effectiveFrom: now, firstTurnEndsAt: null, firstTurnPosition: null };
  if (before) await endVersion(tx, before, succession.effectiveFrom);
  const change = { ...said, ...counted, ...succession };
  await tx.update(Rotation, { id }, change);
  return { ...rotation, ...change };
}

function isSaidAlready(rotation: Rotation, said: Partial<Rotation>): boolean {
  return Object.entries(said).every(
    ([property, value]) => JSON.stringify(rotation[property as keyof Rotation]) === JSON.stringify(value),
  );
}
