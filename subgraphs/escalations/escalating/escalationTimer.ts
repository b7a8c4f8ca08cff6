import type { Wakeable } from "#shared/process/process.ts";

// Apart from the process it wakes: use cases wake it, and it carries out use cases.

/** Wakes an escalation. */
export const escalationTimer: Wakeable = { kind: "escalation" };
