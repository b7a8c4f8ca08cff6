import { GraphQLError } from "graphql";
import type { PlanDemand } from "../planning/planDemand.ts";
import type { PlanSource } from "../planning/planSource.ts";
import { applySkipAndInclude } from "./applySkipAndInclude.ts";
import { planOperation, type PlannedOperation } from "./planOperation.ts";
import type { SelectedOperation } from "./selectOperation.ts";

/** By what and for whom an operation is planned. */
export interface PlanningFor {
  readonly planner: PlanSource;
  /** Coordinates of the fields that are denied. */
  readonly denied: ReadonlySet<string>;
  /** Whether what the operation defers may be answered later. */
  readonly defers: boolean;
  /** The labels of @override that are on. */
  readonly labelsOn?: readonly string[];
  readonly demand?: PlanDemand;
}

/**
 * Plans an operation for these values of the variables that decide its conditions. What the planner cannot plan with @defer, and what takes
 * arguments from contexts, is planned without: a server may ignore it. Rejects with a GraphQLError with a code when there is no plan either way.
 */
export async function planForVariables(
  operation: SelectedOperation,
  variables: Readonly<Record<string, unknown>>,
  { planner, denied, defers, ...how }: PlanningFor,
): Promise<PlannedOperation> {
  const plan = (deferring: boolean) =>
    planOperation(applySkipAndInclude(operation, variables, deferring), planner, denied, how);
  if (!defers) return plan(false);
  try {
    const planned = await plan(true);
    // What is deferred begins below the objects that an argument may be taken from.
    return takesContexts(planned) ? await plan(false) : planned;
  } catch (error) {
    // What takes too long as it is would take as long again.
    const { code } = error instanceof GraphQLError ? error.extensions : {};
    if (typeof code === "string" && code !== "OPERATION_NOT_PLANNED") throw error;
    return plan(false);
  }
}

function takesContexts({ parts }: PlannedOperation): boolean {
  return parts.some(({ fetches }) => [...fetches.keys()].some((node) => node.contextRewrites?.length));
}
