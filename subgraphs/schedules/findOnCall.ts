import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Load } from "#shared/loaders/loaders.ts";
import { momentAfter } from "./arithmetic/intervals.ts";
import type { ScheduledShift } from "./loaders/shiftsBySchedule.ts";
import { findShifts } from "./findShifts.ts";

/** Who is on call in a schedule at a moment; now, when none is given. */
export async function findOnCall(
  { load, db }: { load: Load; db: TenantDatabase },
  what: { scheduleId: string; at?: Temporal.Instant | null | undefined },
): Promise<ScheduledShift[]> {
  const from = what.at ?? (await db.now());
  return findShifts(load, { scheduleId: what.scheduleId, from, to: momentAfter(from) });
}
