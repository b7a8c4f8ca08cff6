import type { Wakeable } from "#shared/process/process.ts";

// Apart from the process it wakes: use cases wake it, and it carries out use cases.

/** Wakes a page whose time has come. */
export const pageTimer: Wakeable = { kind: "page" };
