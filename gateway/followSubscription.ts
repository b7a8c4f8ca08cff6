import { getOperationAST, print, type DocumentNode, type ExecutionArgs, type ExecutionResult } from "graphql";
import { isDeepStrictEqual } from "node:util";
import { counter } from "#shared/telemetry/metrics.ts";
import type { GatewayContext } from "./context.ts";
import { resubscribeError, type ExecuteOptions, type Prepared } from "./executor/engine.ts";
import type { Graph } from "./graph.ts";

/** A subscription, as it was prepared on the graph that its request started on. */
export interface Subscription {
  /** Its graph is the one that the subscription is followed on, from one newer graph to the next. */
  readonly context: GatewayContext;
  readonly args: Omit<ExecutionArgs, "contextValue">;
  readonly prepared: Prepared;
  readonly how: ExecuteOptions;
  /** Prepares it on another graph. */
  prepareOn(graph: Graph, deadline: number): Prepared | Promise<Prepared>;
}

/**
 * Follows a subscription, and goes on when a newer graph takes over, as long as nothing differs for it there: it is valid, needs the same
 * permissions, costs the same, and asks the same of the same subgraphs. Where anything does, the client is told to subscribe again.
 */
export async function* followSubscription(subscription: Subscription): AsyncGenerator<ExecutionResult, void> {
  const { context, how } = subscription;
  let { prepared } = subscription;
  // Whoever asks for the first event late may find that the graph is another.
  while (context.graph.successor) {
    const moved = await preparedAlike(subscription);
    if (moved === "again") continue;
    if (moved === "differs") {
      yield { errors: [resubscribeError] };
      return;
    }
    context.graph = moved.graph;
    ({ prepared } = moved);
  }
  const results = context.graph.engine.subscribe(prepared, how);
  let leave = context.graph.follow(goOn);
  async function goOn(): Promise<void> {
    while (context.graph.successor) {
      const moved = await preparedAlike(subscription);
      if (moved === "again") continue;
      const goesOn = moved !== "differs" && moved.graph.engine.takeOver(results, moved.prepared);
      swaps.inc({ outcome: goesOn ? "went on" : "restarted" });
      // What stays behind is ended with its engine.
      if (!goesOn) return;
      leave();
      context.graph = moved.graph;
      leave = moved.graph.follow(goOn);
    }
  }
  try {
    yield* results;
  } finally {
    leave();
  }
}

const swaps = counter(
  "gateway_subscription_swaps_total",
  "Subscriptions that were followed while a newer supergraph took over, by whether they went on or were restarted",
  ["outcome"],
);

/** How long a newer graph has to find out whether a subscription is the same there. */
const PATIENCE_MILLISECONDS = 30_000;

// On the newest graph there is; "again" when there is a newer one by the time it is prepared.
async function preparedAlike(
  subscription: Subscription,
): Promise<{ readonly graph: Graph; readonly prepared: Prepared } | "differs" | "again"> {
  const { context } = subscription;
  const graph = newest(context.graph);
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  const isSame = await isValidOn(graph, subscription, deadline);
  if (graph.successor) return "again";
  if (!isSame || !needsTheSame(subscription, graph) || !costsTheSame(subscription, graph)) return "differs";
  const prepared = await subscription.prepareOn(graph, deadline);
  if (graph.successor) return "again";
  return prepared.errors ? "differs" : { graph, prepared };
}

function newest(graph: Graph): Graph {
  let found = graph;
  while (found.successor) found = found.successor;
  return found;
}

// Many clients follow the same document, which is validated once.
const validity = new WeakMap<Graph, WeakMap<DocumentNode, Promise<boolean>>>();

function isValidOn(graph: Graph, { args, context }: Subscription, deadline: number): Promise<boolean> {
  const { document } = args;
  const known = validity.get(graph) ?? new WeakMap<DocumentNode, Promise<boolean>>();
  validity.set(graph, known);
  const owner = context.principal?.tenantId ?? context.address;
  const how = { maxErrors: 1, hideSuggestions: true, owner, deadline };
  const isValid =
    known.get(document) ??
    graph.engine.validate(document.loc?.source.body ?? print(document), how).then(
      (errors) => errors.length === 0,
      () => false,
    );
  known.set(document, isValid);
  return isValid;
}

function needsTheSame({ args, context }: Subscription, graph: Graph): boolean {
  const operation = getOperationAST(args.document, args.operationName || null);
  if (!operation) return false;
  const needsOn = ({ permissions }: Graph) =>
    permissions && [
      permissions.needsOf(args.document, operation),
      permissions.needsOfPerson(args.document, operation),
    ];
  return isDeepStrictEqual(needsOn(context.graph), needsOn(graph));
}

function costsTheSame({ args, context }: Subscription, graph: Graph): boolean {
  const operation = getOperationAST(args.document, args.operationName || null);
  if (!operation) return false;
  const costOn = ({ costs }: Graph) => costs.costOf(args.document, operation)(args.variableValues ?? {});
  return costOn(context.graph) === costOn(graph);
}
