import { z } from "zod";
import { defineCommand } from "#shared/process/commands.ts";

// What services ask of each other and must never be lost. Times are ISO 8601 strings, since a payload is JSON.

const id = z.uuid();
const time = z.iso.datetime({ offset: true });

/** How bad an incident is. */
export const severity = z.enum(["CRITICAL", "HIGH", "MEDIUM", "LOW"]);
/** How bad an incident is. */
export type Severity = z.infer<typeof severity>;

/** The person who did it; null when the system or a machine did. */
const userId = id.nullable();

/** When an alert that joins an open incident pages again: when it is worse than all before it, each time, or never. */
export const repagePolicy = z.enum(["ON_RISE", "ON_EACH_ALERT", "NEVER"]);
/** When an alert that joins an open incident pages again. */
export type RepagePolicy = z.infer<typeof repagePolicy>;

/**
 * alerts -> incidents: this alert fires and leads to an incident: the one that it belongs to, while that is open; else the
 * open one of its group; else a new one. Sent at the first firing, and again when the severity or the route of a firing alert
 * changed or its incident released it.
 */
export const openIncident = defineCommand({
  name: "openIncident",
  to: "incidents",
  payload: z.object({
    alertId: id,
    /** A digest of the alert's source and dedup key: the same at each firing, also after it was resolved in between. */
    alertKey: z.string(),
    /** Absent from what was sent before it was told. */
    sourceId: id.optional(),
    /** As many as incidents keep of them; absent from what was sent before they were told. */
    labels: z.record(z.string(), z.string()).optional(),
    title: z.string(),
    summary: z.string().nullable(),
    severity,
    firedAt: time,
    /** Null: the alert is an incident of its own. */
    group: z.object({ key: z.string(), windowSeconds: z.int() }).nullable(),
    escalationPathId: id.nullable(),
    resolveWithAlerts: z.boolean(),
    repage: repagePolicy,
    /** How long an alert that fires again after it was resolved belongs to the same incident and does not page again; 0 for never. */
    dampingSeconds: z.int(),
  }),
});

/**
 * incidents -> alerts: the incident of these alerts is over. They are resolved with it, or lead to no incident any more and
 * are routed anew at their next firing; those that fired after `at` are routed at once.
 */
export const releaseAlerts = defineCommand({
  name: "releaseAlerts",
  to: "alerts",
  payload: z.object({
    incidentId: id,
    alertIds: z.array(id).max(1_000),
    at: time,
    resolves: z.boolean(),
    userId,
  }),
});

/** How far the response to an incident has come. */
export const incidentState = z.enum(["TRIAGE", "ACTIVE", "RESOLVED", "CLOSED"]);
/** How far the response to an incident has come. */
export type IncidentStateName = z.infer<typeof incidentState>;

/** incidents -> alerts: this is the state of an incident that alerts belong to, or belonged to last, from now on these as well. */
export const recordIncidentState = defineCommand({
  name: "recordIncidentState",
  to: "alerts",
  payload: z.object({
    incidentId: id,
    state: incidentState,
    alertIds: z.array(id).max(1_000),
    at: time,
  }),
});

/** alerts -> incidents: this alert fires no longer. */
export const settleAlert = defineCommand({
  name: "settleAlert",
  to: "incidents",
  payload: z.object({ alertId: id, resolvedAt: time, userId }),
});

/** incidents -> escalations: page people about this incident. */
export const startEscalation = defineCommand({
  name: "startEscalation",
  to: "escalations",
  payload: z.object({
    incidentId: id,
    incidentNumber: z.int(),
    title: z.string(),
    severity,
    /** Null: there is none to page along, which administrators are told. */
    escalationPathId: id.nullable(),
    /** Whether people are paged from the first level again where a run along the path is under way already. */
    restarts: z.boolean(),
  }),
});

/** incidents -> escalations: this is what the incident is called now and how bad it is; pages that are still to go out say so. */
export const updateEscalations = defineCommand({
  name: "updateEscalations",
  to: "escalations",
  payload: z.object({ incidentId: id, title: z.string(), severity }),
});

/** incidents -> escalations: somebody took the incident on, page nobody any more. */
export const acknowledgeEscalations = defineCommand({
  name: "acknowledgeEscalations",
  to: "escalations",
  payload: z.object({ incidentId: id, userId }),
});

/** incidents -> escalations: the incident is over, merged or closed, page nobody any more. */
export const resolveEscalations = defineCommand({
  name: "resolveEscalations",
  to: "escalations",
  payload: z.object({ incidentId: id, userId }),
});

/** escalations -> incidents: somebody answered a page about this incident. */
export const takeOnIncident = defineCommand({
  name: "takeOnIncident",
  to: "incidents",
  payload: z.object({ incidentId: id, userId, at: time }),
});

/** The kinds of timeline entry that other services tell of. */
export const toldTimelineEntryKind = z.enum([
  "ESCALATION_STARTED",
  "LEVEL_REACHED",
  "NOBODY_ON_CALL",
  "PAGE_SENT",
  "PAGE_FAILED",
  "PAGE_CANCELLED",
  "ESCALATION_UNDELIVERABLE",
  "ESCALATION_EXPIRED",
  "ADMINISTRATORS_TOLD",
  "ESCALATION_ACKNOWLEDGED",
  "ESCALATION_ENDED",
]);

/** any service -> incidents: this happened in your incident. */
export const recordTimelineEntry = defineCommand({
  name: "recordTimelineEntry",
  to: "incidents",
  payload: z.object({
    incidentId: id,
    kind: toldTimelineEntryKind,
    message: z.string(),
    occurredAt: time,
    userId,
    data: z.record(z.string(), z.json()),
  }),
});

/** any service -> incidents: this command is parked, since no retry can mend it: people have to be told. */
export const reportParkedWork = defineCommand({
  name: "reportParkedWork",
  to: "incidents",
  payload: z.object({
    commandId: id,
    /** What was asked, and of which service. */
    name: z.string(),
    owner: z.string(),
    /** Why it is parked, in a sentence for people. */
    reason: z.string(),
    /** The title of what it was about. */
    about: z.string().nullable(),
    escalationPathId: id.nullable(),
  }),
});
