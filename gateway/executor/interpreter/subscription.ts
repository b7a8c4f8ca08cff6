import { isDeepStrictEqual } from "node:util";
import type { SubscriptionNode } from "@apollo/query-planner";
import { GraphQLError, type ExecutionResult } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import { openEarlyEnd, type EarlyEnd } from "#shared/process/earlyEnd.ts";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import { EntityFetchCache, variablesText } from "../subgraphs/entityFetchCache.ts";
import { withinBudget } from "../subgraphs/answerBudget.ts";
import type { SubgraphClient } from "../subgraphs/subgraphClient.ts";
import { fetchesOf } from "../planning/planNodes.ts";
import type { RootFieldPlan } from "../operation/planOperation.ts";
import { ValueCompletion } from "./completeValue.ts";
import { type SubgraphEvent, type SubgraphRequest, Cancellation } from "../contract.ts";
import { assembled } from "./interpreter.ts";
import { SubgraphErrors } from "../subgraphs/subgraphErrors.ts";
import { jsonLength } from "../subgraphs/jsonLength.ts";
import { copyOf } from "./merge.ts";
import { applyRewrites } from "./rewrites.ts";
import { readAnswer } from "../subgraphs/subgraphAnswer.ts";
import { walk } from "./walk.ts";
import type { Run } from "./run.ts";

/** What the events of a subscription are completed by; another one from when a newer graph takes over. */
export interface EventCompletion {
  readonly run: Omit<Run, "client">;
  /** For what is asked of other subgraphs, event by event; each with its own time. */
  client(): SubgraphClient;
  /** Ends when the engine closes: the client is told to come again. */
  readonly closing: Cancellation;
}

/** A subscription that is followed. */
export interface FollowedSubscription {
  readonly completion: EventCompletion;
  /** Completes every event from the next on by this; the subgraph's stream stays as it is. */
  completeBy(completion: EventCompletion): void;
  readonly results: AsyncGenerator<ExecutionResult, void>;
}

/** Where the events of a subscription come from, and who waits for them. */
export interface EventSource {
  /** Opens the stream of the subgraph the subscription belongs to. */
  open(subgraph: string, request: Omit<SubgraphRequest, "headers">): AsyncIterable<SubgraphEvent>;
  readonly signal: AbortSignal | undefined;
}

/** Tells a client that its subscription is over because the graph is another, and that it should begin anew. */
export const resubscribeError = new GraphQLError("The graph has changed; subscribe again.", {
  extensions: { code: "SUBSCRIPTION_RESTARTED" },
});

/** Follows a subscription: each event of its subgraph becomes a result, with what other subgraphs have to add. */
export function follow(source: EventSource, first: EventCompletion): FollowedSubscription {
  const ended = openEarlyEnd<"restarted" | "left">();
  const restart = () => ended.end("restarted");
  let completion = first;
  return {
    get completion() {
      return completion;
    },
    completeBy(next) {
      completion.closing.off(restart);
      completion = next;
      completion.closing.on(restart);
    },
    results: resultsOf(source, () => completion, { ended, restart }),
  };
}

interface StreamEnd {
  readonly ended: EarlyEnd<"restarted" | "left">;
  readonly restart: () => void;
}

async function* resultsOf(
  source: EventSource,
  completion: () => EventCompletion,
  { ended, restart }: StreamEnd,
): AsyncGenerator<ExecutionResult, void> {
  const { plan } = subscriptionOf(completion());
  const cancellation = new Cancellation();
  const iterator = openStream(source, completion(), cancellation)[Symbol.asyncIterator]();
  const leave = () => ended.end("left");
  completion().closing.on(restart);
  source.signal?.addEventListener("abort", leave, { once: true });
  // Whoever leaves at once may have left before anybody listens for it.
  if (source.signal?.aborted) leave();
  try {
    for (;;) {
      const next = await ended.orEnd(iterator.next());
      if (next === "restarted") yield { errors: [resubscribeError] };
      if (typeof next === "string" || next.done) return;
      yield await resultOf(next.value, completion());
    }
  } catch (failure) {
    const client = completion().client();
    const { message, extensions } = client.failed(plan.primary.serviceName, failure);
    client.close();
    yield { errors: [new GraphQLError(message, { extensions })] };
  } finally {
    completion().closing.off(restart);
    source.signal?.removeEventListener("abort", leave);
    cancellation.cancel();
    // A stream that minds no signal is not waited for.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

function subscriptionOf({ run }: Pick<EventCompletion, "run">): {
  readonly part: RootFieldPlan;
  readonly plan: SubscriptionNode;
} {
  const [part] = run.operation.parts;
  if (part?.plan?.kind !== "Subscription") throw new Error("Only a subscription can be followed.");
  return { part, plan: part.plan };
}

/** Whether following another plan would be the same for the subgraphs: all that is asked of them, and with which variables. */
export function asksTheSame(one: Omit<Run, "client">, other: Omit<Run, "client">): boolean {
  const { plan } = subscriptionOf({ run: one });
  if (!isDeepStrictEqual(plan, subscriptionOf({ run: other }).plan)) return false;
  const urlOf = ({ facts }: Omit<Run, "client">, subgraph: string) =>
    facts.subgraphs.find(({ name }) => name === subgraph)?.url;
  return (
    isDeepStrictEqual(one.variables, other.variables) &&
    fetchesOf(plan).every(({ serviceName }) => urlOf(one, serviceName) === urlOf(other, serviceName))
  );
}

function openStream(
  { open }: EventSource,
  { run }: EventCompletion,
  cancellation: Cancellation,
): AsyncIterable<SubgraphEvent> {
  const { part, plan } = subscriptionOf({ run });
  const fetch = part.fetches.get(plan.primary);
  if (!fetch) throw new Error("A plan has a fetch that was not compiled.");
  const text = `{${variablesText(fetch, run.variables)}}`;
  return open(plan.primary.serviceName, {
    query: plan.primary.operation,
    operationName: plan.primary.operationName,
    operationKind: "subscription",
    variables: parseLossless(text) as Data,
    variablesText: text,
    bodyText: `${fetch.bodyStart}${text}}`,
    signal: cancellation.signal,
    cancellation,
    deadline: Infinity,
  });
}

async function resultOf(event: SubgraphEvent, completion: EventCompletion): Promise<ExecutionResult> {
  const { part, plan } = subscriptionOf(completion);
  const client = completion.client();
  try {
    return await withinBudget(client.budget, () =>
      completed(event, { ...completion.run, client }, part, plan),
    );
  } finally {
    client.close();
  }
}

async function completed(
  event: SubgraphEvent,
  run: Run,
  part: RootFieldPlan,
  { primary, rest }: SubscriptionNode,
): Promise<ExecutionResult> {
  const { operation, dataSchema, denied, mostErrors } = run;
  const subgraphErrors = new SubgraphErrors();
  const { data: fields, errors } = readAnswer({ status: 200, result: event }, primary.serviceName);
  run.client.fetched(jsonLength(event));
  const fetch = part.fetches.get(primary);
  if (!fetch) throw new Error("A plan has a fetch that was not compiled.");
  const { shape, answeredShape } = fetch;
  const merging = { schema: dataSchema, budget: run.client.budget };
  const root: Data = fields ? copyOf(fields, answeredShape, merging) : {};
  applyRewrites(primary.outputRewrites, root, dataSchema);
  for (const error of errors) {
    subgraphErrors.addAnswered([root], { error, path: error.path, data: fields }, shape);
  }
  const fetchCache = new EntityFetchCache(run.client, run.variables);
  if (rest) await walk(rest, { run, subgraphErrors, fetchCache, fetches: part.fetches }, [root]);
  const completion = new ValueCompletion(run, operation, subgraphErrors, denied, mostErrors);
  const values = new Map(operation.rootFields.map((field) => [field.key, completion.rootField(field, root)]));
  completion.reportRemaining();
  const data = assembled(operation.rootFields, values);
  return completion.errors.length ? { errors: completion.errors, data } : { data };
}
