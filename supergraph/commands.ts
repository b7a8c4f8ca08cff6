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

/** alerts -> incidents: this alert is an incident, or belongs to the open one of its group. */
export const openIncident = defineCommand({
  name: "openIncident",
  to: "incidents",
  payload: z.object({
    alertId: id,
    title: z.string(),
    summary: z.string().nullable(),
    severity,
    firedAt: time,
    /** Null: the alert is an incident of its own. */
    group: z.object({ key: z.string(), windowSeconds: z.int() }).nullable(),
    escalationPathId: id.nullable(),
    resolveWithAlerts: z.boolean(),
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
    escalationPathId: id,
  }),
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
