import { defineLimits } from "#shared/limits/limits.ts";

/** How much of each thing schedules keep for a tenant. */
export const limits = defineLimits({
  schedules: { what: "schedules", per: "a tenant", most: 1_000 },
  rotations: { what: "rotations", per: "a tenant", most: 5_000 },
  scheduleRotations: { what: "rotations", per: "a schedule", most: 50 },
  /** Nobody keeps count of a longer list of turns. */
  participants: { what: "participants", per: "a rotation", most: 100 },
  overrides: { what: "overrides that are still to end", per: "a tenant", most: 20_000 },
  scheduleOverrides: { what: "overrides that are still to end", per: "a schedule", most: 1_000 },
});
