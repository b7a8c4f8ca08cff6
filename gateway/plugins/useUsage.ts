import { getOperationAST, type ExecutionArgs } from "graphql";
import type { GatewayContext, OperationPlugin } from "../context.ts";
import type { UsageRecorder } from "../usage/usageRecorder.ts";

/** Counts which operations the clients send that name themselves by `apollographql-client-name` and `-version`. */
export function useUsage(recorder: UsageRecorder): OperationPlugin {
  const count = ({ args, context }: { args: ExecutionArgs; context: GatewayContext }) => {
    const { document, operationName, variableValues } = args;
    const { graph, request } = context;
    const operation = getOperationAST(document, operationName || null);
    if (!operation) return;
    recorder.count({
      schema: graph.engine.apiSchema,
      document,
      operation,
      sizes: { isSize: graph.costs.isSize, variables: variableValues ?? {} },
      client: request.headers.get("apollographql-client-name"),
      version: request.headers.get("apollographql-client-version"),
    });
  };
  return { onExecute: count, onSubscribe: count };
}
