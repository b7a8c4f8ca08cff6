import type { EscalationLevel } from "../entities/EscalationPath.ts";

/** Whom a level pages: one of the two. */
export type Target = { userId: string; scheduleId: null } | { userId: null; scheduleId: string };

/** Whom a level pages: its users, then its schedules. */
export function targetsOf({ userIds, scheduleIds }: EscalationLevel): Target[] {
  return [
    ...userIds.map((userId) => ({ userId, scheduleId: null })),
    ...scheduleIds.map((scheduleId) => ({ userId: null, scheduleId })),
  ];
}
