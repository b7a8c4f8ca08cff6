import { isUuid } from "#shared/database/where.ts";
import { invalidArgument } from "#supergraph/refusals.ts";
import type { RouteAction, RouteCondition } from "./entities/AlertRoute.ts";
import { alertPriorities } from "./sources/alertSource.ts";

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
};

/** Makes conditions of what somebody said. Throws INVALID_ARGUMENT for the first that could never mean anything. */
export function validConditions(conditions: readonly RouteConditionInput[]): RouteCondition[] {
  if (conditions.length > MOST) throw invalidArgument("conditions", `at most ${MOST}`);
  return conditions.map((condition, index) => validCondition(condition, `conditions[${index}]`));
}

/** Makes an action of what somebody said. Throws INVALID_ARGUMENT for a window that is none. */
export function validAction(action: RouteActionInput): RouteAction {
  const { openIncident, groupWindowSeconds, resolveWithAlerts } = action;
  if (groupWindowSeconds < 0 || groupWindowSeconds > LONGEST_WINDOW_SECONDS) {
    throw invalidArgument("action.groupWindowSeconds", `must be from 0 to ${LONGEST_WINDOW_SECONDS}`);
  }
  if ((action.groupByLabels?.length ?? 0) > MOST)
    throw invalidArgument("action.groupByLabels", `at most ${MOST}`);
  return {
    openIncident,
    groupWindowSeconds,
    resolveWithAlerts,
    groupByLabels: action.groupByLabels ? [...action.groupByLabels] : null,
    severity: action.severity ?? null,
    escalationPathId: action.escalationPathId ?? null,
  };
}

const MOST = 100;
const LONGEST_WINDOW_SECONDS = 30 * 86_400;

function validCondition(condition: RouteConditionInput, argument: string): RouteCondition {
  const { subject, operator, values, label = null } = condition;
  if (subject === "LABEL" && !label)
    throw invalidArgument(`${argument}.label`, "must name the label to look at");
  if (subject !== "LABEL" && label)
    throw invalidArgument(`${argument}.label`, "goes with the subject LABEL only");
  if (operator === "EXISTS" && values.length > 0)
    throw invalidArgument(`${argument}.values`, "EXISTS takes no values");
  if (operator !== "EXISTS" && values.length === 0)
    throw invalidArgument(`${argument}.values`, "needs at least one value");
  if (values.length > MOST) throw invalidArgument(`${argument}.values`, `at most ${MOST}`);
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
