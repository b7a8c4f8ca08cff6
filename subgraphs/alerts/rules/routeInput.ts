import { isUuid } from "#shared/database/where.ts";
import { requireAtMost } from "#shared/limits/limits.ts";
import { invalidArgument, LONGEST_NAME, requireLength, requireText } from "#supergraph/domainErrors.ts";
import type { RouteAction, RouteCondition } from "../entities/AlertRoute.ts";
import { limits } from "../limits.ts";
import { alertPriorities } from "../sources/vocabulary.ts";

/** A condition as somebody says it. */
export type RouteConditionInput = Omit<RouteCondition, "label" | "values"> & {
  label?: string | null | undefined;
  values: readonly string[];
};

/** An action as somebody says it. */
export type RouteActionInput = Pick<
  RouteAction,
  "openIncident" | "groupWindowSeconds" | "resolveWithAlerts"
> & {
  groupByLabels?: readonly string[] | null | undefined;
  severity?: RouteAction["severity"] | undefined;
  escalationPathId?: string | null | undefined;
  repage?: RouteAction["repage"] | null | undefined;
  dampingSeconds?: number | null | undefined;
};

/** An action with nothing left open. */
export type WholeAction = Required<RouteAction>;

const DEFAULTS = { repage: "ON_RISE", dampingSeconds: 1_800 } as const;

/** An action as it is stored, with what those of before lack. */
export function withDefaults(action: RouteAction): WholeAction {
  return { ...DEFAULTS, ...action };
}

/** Makes conditions of what somebody said. Throws INVALID_ARGUMENT for the first that could never mean anything, LIMIT_REACHED for too many values. */
export function validConditions(conditions: readonly RouteConditionInput[]): RouteCondition[] {
  const most = limits.conditions.most;
  if (conditions.length > most) throw invalidArgument("conditions", `at most ${most}`);
  requireAtMost(
    limits.routeValues,
    conditions.reduce((sum, { values }) => sum + values.length, 0),
  );
  return conditions.map((condition, index) => validCondition(condition, `conditions[${index}]`));
}

/** Makes an action of what somebody said. Throws INVALID_ARGUMENT for a window that is none, or a label that has no name. */
export function validAction(action: RouteActionInput): RouteAction {
  const { openIncident, groupWindowSeconds, resolveWithAlerts } = action;
  const { repage = null, dampingSeconds = null } = action;
  requireSeconds("action.groupWindowSeconds", groupWindowSeconds, LONGEST_WINDOW_SECONDS);
  requireSeconds("action.dampingSeconds", dampingSeconds ?? 0, LONGEST_DAMPING_SECONDS);
  const labels = action.groupByLabels ?? [];
  const most = limits.groupLabels.most;
  if (labels.length > most) throw invalidArgument("action.groupByLabels", `at most ${most}`);
  for (const [index, name] of labels.entries()) requireText(`action.groupByLabels[${index}]`, name);
  return {
    openIncident,
    groupWindowSeconds,
    resolveWithAlerts,
    groupByLabels: action.groupByLabels ? [...action.groupByLabels] : null,
    severity: action.severity ?? null,
    escalationPathId: action.escalationPathId ?? null,
    repage: repage ?? DEFAULTS.repage,
    dampingSeconds: dampingSeconds ?? DEFAULTS.dampingSeconds,
  };
}

/** No label of an alert has a longer value. */
const LONGEST_VALUE = 2_000;
/** Pieces that are longer may take much longer to be found. */
const LONGEST_PATTERN = 500;
const LONGEST_WINDOW_SECONDS = 30 * 86_400;
const LONGEST_DAMPING_SECONDS = 86_400;

function requireSeconds(argument: string, seconds: number, longest: number): void {
  if (seconds < 0 || seconds > longest) throw invalidArgument(argument, `must be from 0 to ${longest}`);
}

function validCondition(condition: RouteConditionInput, argument: string): RouteCondition {
  const { subject, operator, values, label = null } = condition;
  if (subject === "LABEL" && !label)
    throw invalidArgument(`${argument}.label`, "must name the label to look at");
  if (label) requireText(`${argument}.label`, label, LONGEST_NAME);
  if (subject !== "LABEL" && label)
    throw invalidArgument(`${argument}.label`, "goes with the subject LABEL only");
  if (operator === "EXISTS" && values.length > 0)
    throw invalidArgument(`${argument}.values`, "EXISTS takes no values");
  if (operator !== "EXISTS" && values.length === 0)
    throw invalidArgument(`${argument}.values`, "needs at least one value");
  const most = limits.conditionValues.most;
  if (values.length > most) throw invalidArgument(`${argument}.values`, `at most ${most}`);
  const longest = operator === "MATCHES" ? LONGEST_PATTERN : LONGEST_VALUE;
  values.forEach((value, index) => requireLength(`${argument}.values[${index}]`, value, longest));
  const isPossible = { SOURCE: isUuid, PRIORITY: isPriority, TITLE: isAnything, LABEL: isAnything }[subject];
  const impossible = operator === "MATCHES" ? undefined : values.find((value) => !isPossible(value));
  if (impossible !== undefined)
    throw invalidArgument(`${argument}.values`, `${impossible} is no ${subject.toLowerCase()}`);
  return { subject, operator, label, values: [...values] };
}

function isPriority(value: string): boolean {
  return (alertPriorities as readonly string[]).includes(value);
}

function isAnything(): boolean {
  return true;
}
