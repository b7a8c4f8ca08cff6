import type { Planner } from "../planning/planner.ts";
import { applySkipAndInclude } from "./applySkipAndInclude.ts";
import { planOperation, type PlannedOperation } from "./planOperation.ts";
import type { SelectedOperation } from "./selectOperation.ts";

/** By what and for whom an operation is planned. */
export interface PlanningFor {
  readonly planner: Planner;
  /** Coordinates of the fields that are denied. */
  readonly denied: ReadonlySet<string>;
  /** Whether what the operation defers may be answered later. */
  readonly defers: boolean;
}

/**
 * Plans an operation for these values of the variables that decide its conditions. What the planner cannot plan with @defer is planned
 * without: a server may ignore it. Throws a GraphQLError with a code when there is no plan either way.
 */
export function planForVariables(
  operation: SelectedOperation,
  variables: Readonly<Record<string, unknown>>,
  { planner, denied, defers }: PlanningFor,
): PlannedOperation {
  const plan = (deferring: boolean) =>
    planOperation(applySkipAndInclude(operation, variables, deferring), planner, denied);
  if (!defers) return plan(false);
  try {
    return plan(true);
  } catch {
    return plan(false);
  }
}
