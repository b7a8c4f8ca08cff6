import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { inUse } from "#supergraph/domainErrors.ts";
import { Override } from "./entities/Override.ts";
import { PastRotationVersion } from "./entities/PastRotationVersion.ts";
import { Rotation } from "./entities/Rotation.ts";
import { Schedule } from "./entities/Schedule.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";
import type { Paths } from "./services.ts";

/**
 * Deletes a schedule with its rotations, overrides and its past. Throws NOT_FOUND, IN_USE with the escalation paths that page
 * it, SERVICE_UNAVAILABLE when escalations cannot be asked.
 */
export async function deleteSchedule(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
  escalationPaths: Paths,
): Promise<string> {
  const caller = { tenantId: db.tenantId };
  const { paths } = await escalationPaths.findPathsUsing({ scheduleIds: [what.id], limit: 20 }, caller);
  return db.transaction(async (tx) => {
    const { id: scheduleId } = await lockSchedule(tx, what.id);
    const usedBy = paths.map(({ id, name }) => ({ thing: "escalation path", id, name }));
    if (usedBy.length) throw inUse("schedule", scheduleId, usedBy);
    await tx.delete(Override, { scheduleId });
    await tx.delete(PastRotationVersion, { scheduleId });
    await tx.delete(Rotation, { scheduleId });
    await tx.delete(Schedule, { id: scheduleId });
    return scheduleId;
  });
}
