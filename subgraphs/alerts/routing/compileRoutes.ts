import type { Severity } from "#supergraph/commands.ts";
import { boundedKey } from "./boundedKey.ts";
import type { AlertRoute, RouteCondition } from "../entities/AlertRoute.ts";
import { compileGlob } from "./compileGlob.ts";
import type { AlertPriority } from "../sources/vocabulary.ts";

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

/**
 * Decides where an alert of a source leads: the first enabled route whose conditions all hold; null when none does. It yields
 * after each bounded piece of work, for `inSlices`: there may be as many patterns as the limits allow.
 */
export type RouteAlert = (sourceId: string, alert: RoutableAlert) => Generator<void, Routing | null>;

/** Makes routes, in their order, ready for many alerts. */
export function compileRoutes(routes: readonly AlertRoute[]): RouteAlert {
  const compiled = routes
    .filter(({ enabled }) => enabled)
    .map((route) => ({ route, conditions: route.conditions.map(compileCondition) }));
  return function* (sourceId, alert) {
    for (const { route, conditions } of compiled) {
      yield;
      if (!(yield* holdAll(conditions, sourceId, alert))) continue;
      const severity = route.action.severity ?? severities[alert.priority];
      return { route, severity, ...groupOf(route, alert.labels) };
    }
    return null;
  };
}

function* holdAll(
  conditions: readonly Holds[],
  sourceId: string,
  alert: RoutableAlert,
): Generator<void, boolean> {
  for (const holds of conditions) if (!(yield* holds(sourceId, alert))) return false;
  return true;
}

const severities: Record<AlertPriority, Severity> = {
  CRITICAL: "CRITICAL",
  HIGH: "HIGH",
  MEDIUM: "MEDIUM",
  LOW: "LOW",
  INFO: "LOW",
};

type Holds = (sourceId: string, alert: RoutableAlert) => Generator<void, boolean>;

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
): (value: string | undefined) => Generator<void, boolean> {
  if (operator === "MATCHES") return matchesOneOf(values);
  const listed = new Set(values);
  const holds = {
    EXISTS: (value: string | undefined) => value !== undefined,
    DOES_NOT_EXIST: (value: string | undefined) => value === undefined,
    NONE_OF: (value: string | undefined) => value === undefined || !listed.has(value),
    ONE_OF: (value: string | undefined) => value !== undefined && listed.has(value),
  }[operator];
  // eslint-disable-next-line require-yield -- it is done at once, and called as those that are not
  return function* (value) {
    return holds(value);
  };
}

/** How many characters are compared before others have their turn. */
const CHARACTERS_A_STEP = 1_000;

function matchesOneOf(patterns: readonly string[]): (value: string | undefined) => Generator<void, boolean> {
  const globs = patterns.map(compileGlob);
  return function* (value) {
    if (value === undefined) return false;
    const text = value.toLowerCase();
    let compared = 0;
    for (const glob of globs) {
      if (glob.matches(text)) return true;
      compared += text.length + glob.length;
      if (compared < CHARACTERS_A_STEP) continue;
      compared = 0;
      yield;
    }
    return false;
  };
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
