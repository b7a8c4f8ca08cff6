import type { Severity } from "#supergraph/commands.ts";
import { boundedKey } from "./boundedKey.ts";
import type { AlertRoute, RouteCondition } from "./entities/AlertRoute.ts";
import { compileGlob } from "./matchesGlob.ts";
import type { AlertPriority } from "./sources/alertSource.ts";

/** Where an alert leads. */
export interface Routing {
  route: AlertRoute;
  severity: Severity;
  /** The group of the incident it belongs to; null when it is an incident of its own. */
  groupKey: string | null;
  /** The labels by which the route groups and which the alert lacks. */
  missingGroupLabels: string[];
}

/** What routes look at. */
export interface RoutableAlert {
  title: string;
  labels: Readonly<Record<string, string>>;
  priority: AlertPriority;
}

/** Decides where an alert of a source leads: the first enabled route whose conditions all hold; null when none does. */
export type RouteAlert = (sourceId: string, alert: RoutableAlert) => Routing | null;

/** Makes routes, in their order, ready for many alerts. */
export function compileRoutes(routes: readonly AlertRoute[]): RouteAlert {
  const compiled = routes
    .filter(({ enabled }) => enabled)
    .map((route) => ({ route, conditions: route.conditions.map(compileCondition) }));
  return (sourceId, alert) => {
    const taken = compiled.find(({ conditions }) => conditions.every((holds) => holds(sourceId, alert)));
    if (!taken) return null;
    const { route } = taken;
    const severity = route.action.severity ?? severities[alert.priority];
    return { route, severity, ...groupOf(route, alert.labels) };
  };
}

const severities: Record<AlertPriority, Severity> = {
  CRITICAL: "CRITICAL",
  HIGH: "HIGH",
  MEDIUM: "MEDIUM",
  LOW: "LOW",
  INFO: "LOW",
};

type Holds = (sourceId: string, alert: RoutableAlert) => boolean;

function compileCondition({ subject, label, operator, values }: RouteCondition): Holds {
  const valueOf = {
    SOURCE: (sourceId: string) => sourceId,
    TITLE: (_sourceId: string, alert: RoutableAlert) => alert.title,
    PRIORITY: (_sourceId: string, alert: RoutableAlert) => alert.priority,
    LABEL: (_sourceId: string, { labels }: RoutableAlert) => labelOf(labels, label ?? ""),
  }[subject];
  const holds = compileOperator(operator, values);
  return (sourceId, alert) => holds(valueOf(sourceId, alert));
}

function compileOperator(
  operator: RouteCondition["operator"],
  values: readonly string[],
): (value: string | undefined) => boolean {
  const listed = new Set(values);
  if (operator === "EXISTS") return (value) => value !== undefined;
  if (operator === "NONE_OF") return (value) => value === undefined || !listed.has(value);
  if (operator === "ONE_OF") return (value) => value !== undefined && listed.has(value);
  const patterns = values.map(compileGlob);
  return (value) => value !== undefined && patterns.some((matches) => matches(value));
}

// An alert that has none of the labels has nothing in common with another that has none either. Of one that has some of
// them, the group is that of those it has.
function groupOf(
  { id, action }: AlertRoute,
  labels: Readonly<Record<string, string>>,
): Pick<Routing, "groupKey" | "missingGroupLabels"> {
  const names = action.openIncident ? action.groupByLabels : null;
  if (names === null) return { groupKey: null, missingGroupLabels: [] };
  const values = names.map((name) => labelOf(labels, name) ?? null);
  const missingGroupLabels = names.filter((_name, index) => values[index] === null);
  if (names.length > 0 && missingGroupLabels.length === names.length)
    return { groupKey: null, missingGroupLabels };
  return { groupKey: boundedKey(JSON.stringify([id, ...values])), missingGroupLabels };
}

function labelOf(labels: Readonly<Record<string, string>>, name: string): string | undefined {
  return (Object.hasOwn(labels, name) && labels[name]) || undefined;
}
