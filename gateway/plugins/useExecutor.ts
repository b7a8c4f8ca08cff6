import type { ExecutionArgs } from "graphql";
import { injectTrace } from "#shared/telemetry/telemetry.ts";
import { anonymous, isAuthenticated } from "#shared/subgraph/actor.ts";
import { INTERNAL_TOKEN_HEADER, type TokenIssuer } from "#shared/subgraph/internalToken.ts";
import { INTERNAL_TIMEOUT_HEADER, timeoutUntil } from "#shared/subgraph/internalTimeout.ts";
import type { GatewayContext, OperationPlugin } from "../context.ts";
import type { ExecuteOptions, Prepared } from "../executor/engine.ts";
import { followSubscription } from "../followSubscription.ts";
import { passedOn, type HeaderRule } from "../headers.ts";
import type { LabelsOn } from "../overrideLabels.ts";

/** What goes to subgraphs besides the question: an internal token that names the caller, and headers of the caller that are passed on. */
export interface ExecutorOptions {
  readonly tokenIssuer: TokenIssuer | null;
  readonly forwardHeaders: readonly HeaderRule[];
  /** Which labels of @override are on. */
  readonly labelsOn: LabelsOn;
  /** From which cost on an operation counts as heavy: a tenant has one of those under way at a time. */
  readonly heavyCost: number;
}

/** Runs operations with the engine of the graph that the request started on, and subscriptions on those that take its place; Yoga still parses, validates and caches. */
export function useExecutor(options: ExecutorOptions): OperationPlugin {
  const execute = ({ contextValue, ...args }: ExecutionArgs) => {
    const context = contextValue as GatewayContext;
    const { engine } = context.graph;
    return engine.executeIncrementally(prepare(context, args, options), executeOptions(context, options));
  };
  const subscribe = async ({ contextValue, ...args }: ExecutionArgs) => {
    const context = contextValue as GatewayContext;
    const prepared = await prepare(context, args, options);
    if (prepared.errors) return { errors: prepared.errors };
    return followSubscription({
      context,
      args,
      prepared,
      how: executeOptions(context, options),
      prepareOn: (graph, deadline) => prepare({ ...context, graph, deadline }, args, options),
    });
  };
  return {
    onEnveloped({ context, setSchema }) {
      if (context) setSchema(context.graph.engine.apiSchema);
    },
    onExecute: ({ setExecuteFn }) => setExecuteFn(execute),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribe),
  };
}

function prepare(
  context: GatewayContext,
  { document, operationName, variableValues }: Omit<ExecutionArgs, "contextValue">,
  options: ExecutorOptions,
): Prepared | Promise<Prepared> {
  const { graph, denied, acceptsIncremental = false, principal, address, deadline, request } = context;
  const owner = principal?.tenantId ?? address;
  const actor = principal?.actor ?? anonymous;
  const client = isAuthenticated(actor) ? `${actor.kind} ${actor.id}` : (address ?? "");
  const labelsOn = options.labelsOn(graph.engine.overrideLabels, { headers: request.headers, client });
  const how = { denied, acceptsIncremental, labelsOn, owner, deadline };
  const prepared = graph.engine.prepare(document, operationName, variableValues, how);
  return prepared instanceof Promise ? context.giveWay(prepared) : prepared;
}

function executeOptions(context: GatewayContext, options: ExecutorOptions): ExecuteOptions {
  const { deadline, signal, principal, cost = 0, answerHeaders, uploads } = context;
  const load = { owner: principal?.tenantId ?? undefined, isHeavy: cost >= options.heavyCost };
  return {
    ...load,
    deadline,
    signal,
    headersFor: (subgraph) => headersFor(subgraph, context, options),
    ...(uploads && { uploads }),
    ...(answerHeaders && { answered: answerHeaders.take }),
  };
}

function headersFor(
  subgraph: string,
  context: GatewayContext,
  options: ExecutorOptions,
): Record<string, string> {
  const { principal, traceId, request } = context;
  const headers = injectTrace(passedOn(request.headers, options.forwardHeaders, subgraph));
  if (!options.tokenIssuer) return headers;
  const actor = principal?.actor ?? anonymous;
  const tenantId = principal?.tenantId ?? null;
  headers[INTERNAL_TIMEOUT_HEADER] = timeoutUntil(context.deadline);
  headers[INTERNAL_TOKEN_HEADER] = options.tokenIssuer.issue({
    audience: subgraph,
    actor,
    tenantId,
    traceId,
  });
  return headers;
}
