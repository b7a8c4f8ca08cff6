import type { Wakeable } from "#shared/process/process.ts";

// Use cases wake processes, and processes carry out use cases: what both need to know is only what the timers are called.

/** Wakes an escalation. */
export const escalationTimer: Wakeable = { kind: "escalation" };

/** Wakes a page whose time has come. */
export const pageTimer: Wakeable = { kind: "page" };

/** Wakes a notice to administrators. */
export const noticeTimer: Wakeable = { kind: "administratorNotice" };
