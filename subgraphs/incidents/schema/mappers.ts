import type { ParkedWork as Parked } from "#shared/process/parkedWork.ts";

// What resolvers hand on for a type, where that is not the row of its entity.

/** Of whichever service. */
export type ParkedWork = Parked;
