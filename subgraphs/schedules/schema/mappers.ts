import type { ScheduledShift } from "../findShifts.ts";

// What resolvers hand on for a type, where that is not the row of its entity.

/** A shift as the arithmetic gives it. */
export type Shift = ScheduledShift;
