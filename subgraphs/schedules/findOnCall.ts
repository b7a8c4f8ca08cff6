import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Load } from "#shared/loaders/loaders.ts";
import { findShifts, type ScheduledShift } from "./findShifts.ts";
import { momentWindow, requireMoment } from "./rules/requireWindow.ts";

/** Who is on call in a schedule at a moment; now, when none is given. Throws INVALID_ARGUMENT for one out of all reason. */
export async function findOnCall(
  { load, db }: { load: Load; db: TenantDatabase },
  what: { scheduleId: string; at?: Temporal.Instant | null | undefined },
): Promise<ScheduledShift[]> {
  const at = what.at ?? (await db.now());
  requireMoment("at", at);
  return findShifts(load, { scheduleId: what.scheduleId, ...momentWindow(at) });
}
