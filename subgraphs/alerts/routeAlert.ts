import type { Severity } from "#supergraph/commands.ts";
import type { AlertRoute, RouteCondition } from "./entities/AlertRoute.ts";
import { matchesGlob } from "./matchesGlob.ts";
import type { ReceivedAlert } from "./readPayload.ts";
import type { AlertPriority } from "./sources/alertSource.ts";

/** Where an alert leads. */
export interface Routing {
  route: AlertRoute;
  severity: Severity;
  /** The group of the incident it belongs to; null when it is an incident of its own. */
  groupKey: string | null;
}

/** Decides where an alert leads: the first enabled route whose conditions all hold; null when none does. Routes come in their order. */
export function routeAlert(
  routes: readonly AlertRoute[],
  sourceId: string,
  alert: Pick<ReceivedAlert, "title" | "labels" | "priority">,
): Routing | null {
  const route = routes.find(({ enabled, conditions }) => {
    return enabled && conditions.every((condition) => holds(condition, sourceId, alert));
  });
  if (!route) return null;
  const severity = route.action.severity ?? severities[alert.priority];
  return { route, severity, groupKey: groupKey(route, alert.labels) };
}

const severities: Record<AlertPriority, Severity> = {
  CRITICAL: "CRITICAL",
  HIGH: "HIGH",
  MEDIUM: "MEDIUM",
  LOW: "LOW",
  INFO: "LOW",
};

function holds(
  condition: RouteCondition,
  sourceId: string,
  alert: Parameters<typeof routeAlert>[2],
): boolean {
  const { operator, values } = condition;
  const value = {
    SOURCE: sourceId,
    TITLE: alert.title,
    PRIORITY: alert.priority,
    LABEL: Object.hasOwn(alert.labels, condition.label ?? "")
      ? alert.labels[condition.label ?? ""]
      : undefined,
  }[condition.subject];
  if (operator === "EXISTS") return value !== undefined;
  if (operator === "NONE_OF") return value === undefined || !values.includes(value);
  if (value === undefined) return false;
  return operator === "ONE_OF"
    ? values.includes(value)
    : values.some((pattern) => matchesGlob(pattern, value));
}

// A label that is missing counts as empty, so that alerts that all lack it are one group.
function groupKey({ id, action }: AlertRoute, labels: Readonly<Record<string, string>>): string | null {
  if (!action.openIncident || action.groupByLabels === null) return null;
  const values = action.groupByLabels.map((name) => (Object.hasOwn(labels, name) ? labels[name] : ""));
  return JSON.stringify([id, ...values]);
}
