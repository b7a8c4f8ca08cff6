import { getOperationAST, type ExecutionArgs } from "graphql";
import { histogram } from "#shared/telemetry/metrics.ts";
import type { GatewayContext, OperationPlugin } from "../context.ts";
import { exposed } from "../errors.ts";

/** Refuses operations that cost more than `maximum` by @cost and @listSize, for the list sizes this request asks for. */
export function useCost({ maximum }: { maximum: number }): OperationPlugin {
  const check = ({ args, context }: { args: ExecutionArgs; context: GatewayContext }) => {
    const cost = costOf(args, context);
    context.cost = cost;
    costs.observe(Math.min(cost, Number.MAX_SAFE_INTEGER));
    if (cost <= maximum) return;
    throw exposed("COST_EXCEEDED", `the operation costs ${cost}`, { limit: "cost", cost, maximum });
  };
  return { onExecute: check, onSubscribe: check };
}

const costs = histogram(
  "gateway_operation_cost",
  "What operations cost",
  [],
  [1, 3, 10, 30, 100, 300, 1_000, 10_000],
);

function costOf(
  { document, operationName, variableValues }: ExecutionArgs,
  { graph }: GatewayContext,
): number {
  const operation = getOperationAST(document, operationName || null);
  return operation ? graph.costs.costOf(document, operation)(variableValues ?? {}) : 0;
}
