import { invalidArgument, requireText, secondsWithin } from "#supergraph/domainErrors.ts";
import type { RouteAction } from "../entities/AlertRoute.ts";
import { limits } from "../limits.ts";

/** An action as somebody says it. */
export type RouteActionInput = Pick<RouteAction, "openIncident" | "resolveWithAlerts"> & {
  groupWindow: string;
  groupByLabels?: readonly string[] | null | undefined;
  severity?: RouteAction["severity"] | undefined;
  escalationPathId?: string | null | undefined;
  repage?: RouteAction["repage"] | null | undefined;
  damping?: string | null | undefined;
};

/** An action with nothing left open. */
export type WholeAction = Required<RouteAction>;

const DEFAULTS = { repage: "ON_RISE", dampingSeconds: 1_800 } as const;

/** An action as it is stored, with what those of before lack. */
export function withDefaults(action: RouteAction): WholeAction {
  return { ...DEFAULTS, ...action };
}

/** Makes an action of what somebody said. Throws INVALID_ARGUMENT for a window that is none, or a label that has no name. */
export function validAction(action: RouteActionInput): RouteAction {
  const { openIncident, groupWindow, resolveWithAlerts, repage = null, damping = null } = action;
  const groupWindowSeconds = secondsWithin("action.groupWindow", groupWindow, WINDOW_SECONDS);
  const dampingSeconds = damping === null ? null : secondsWithin("action.damping", damping, DAMPING_SECONDS);
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

const WINDOW_SECONDS = { least: 0, most: 30 * 86_400 };
const DAMPING_SECONDS = { least: 0, most: 86_400 };
