import { trace } from "@opentelemetry/api";
import { getOperationAST, type ExecutionArgs, type ExecutionResult } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import { histogram } from "#shared/telemetry/metrics.ts";
import type { GatewayContext, HttpPlugin } from "../context.ts";

/** Measures every operation, names it on the span of its request, and gives the trace's id to the caller. */
export function useTelemetry(): HttpPlugin {
  return {
    onExecute({ args }) {
      const measured = begin(args);
      return { onExecuteDone: ({ result }) => measured({ outcome: outcomeOf(result) }) };
    },
    onSubscribe({ args }) {
      const measured = begin(args);
      return { onSubscribeResult: ({ result }) => measured({ outcome: outcomeOf(result) }) };
    },
    onResponse({ response, serverContext }) {
      const { traceId } = serverContext as unknown as Partial<GatewayContext>;
      if (traceId) response.headers.set("x-trace-id", traceId);
    },
  };
}

const durations = histogram("gateway_operation_duration_seconds", "How long operations took", [
  "kind",
  "outcome",
]);

// The operation's name is the caller's own choice and has no bounded number of values: it goes to the span, not to a label.
function begin({ document, operationName }: ExecutionArgs): (labels: { outcome: string }) => void {
  const operation = getOperationAST(document, operationName || null);
  const kind = operation?.operation ?? "unknown";
  trace.getActiveSpan()?.setAttributes({
    "graphql.operation.type": kind,
    "graphql.operation.name": operation?.name?.value ?? "",
  });
  const startedAt = performance.now();
  return ({ outcome }) => durations.observe({ kind, outcome }, (performance.now() - startedAt) / 1_000);
}

function outcomeOf(result: ExecutionResult | AsyncIterable<ExecutionResult>): string {
  if (isAsyncIterable(result)) return "stream";
  if (!result.errors?.length) return "answered";
  return result.data ? "partial" : "failed";
}
