import type { Wakeable } from "#shared/process/process.ts";

// Use cases wake the process, and the process carries out use cases: what both need to know is only what its timer is called.

/** Wakes an incident of which alerts are damped. */
export const dampingTimer: Wakeable = { kind: "damping" };
