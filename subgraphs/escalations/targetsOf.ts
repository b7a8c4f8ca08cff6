import type { EscalationLevel } from "./entities/EscalationPath.ts";

/** A user or a schedule, by its id. */
export interface Target {
  __typename: "User" | "Schedule";
  id: string;
}

/** Whom a level pages: its users, then its schedules. */
export function targetsOf({ userIds, scheduleIds }: EscalationLevel): Target[] {
  const users = userIds.map((id) => ({ __typename: "User", id }) as const);
  const schedules = scheduleIds.map((id) => ({ __typename: "Schedule", id }) as const);
  return [...users, ...schedules];
}
