import type { SubscriptionNode } from "@apollo/query-planner";
import { GraphQLError, type ExecutionResult } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import { EntityFetchCache, variablesText } from "../subgraphs/entityFetchCache.ts";
import { withinBudget } from "../subgraphs/answerBudget.ts";
import type { SubgraphClient } from "../subgraphs/subgraphClient.ts";
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

/** What following a subscription needs of the engine. */
export interface Following {
  readonly run: Omit<Run, "client">;
  /** Opens the stream of the subgraph the subscription belongs to. */
  open(subgraph: string, request: Omit<SubgraphRequest, "headers">): AsyncIterable<SubgraphEvent>;
  /** For what is asked of other subgraphs, event by event; each with its own time. */
  client(): SubgraphClient;
  /** Ends when the engine closes: the client is told to come again. */
  readonly closing: Cancellation;
  readonly signal: AbortSignal | undefined;
}

const resubscribeError = new GraphQLError("The graph has changed; subscribe again.", {
  extensions: { code: "SUBSCRIPTION_RESTARTED" },
});

/** Follows a subscription: each event of its subgraph becomes a result, with what other subgraphs have to add. */
export async function* follow(following: Following): AsyncGenerator<ExecutionResult, void> {
  const [part] = following.run.operation.parts;
  if (part?.plan?.kind !== "Subscription") throw new Error("Only a subscription can be followed.");
  const cancellation = new Cancellation();
  const iterator = openStream(following, part, part.plan, cancellation)[Symbol.asyncIterator]();
  const ended = Promise.withResolvers<"restarted" | "left">();
  const restart = () => ended.resolve("restarted");
  const leave = () => ended.resolve("left");
  following.closing.on(restart);
  following.signal?.addEventListener("abort", leave, { once: true });
  // Whoever leaves at once may have left before anybody listens for it.
  if (following.signal?.aborted) leave();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), ended.promise]);
      if (next === "restarted") yield { errors: [resubscribeError] };
      if (typeof next === "string" || next.done) return;
      yield await resultOf(next.value, following, part, part.plan);
    }
  } catch (failure) {
    const client = following.client();
    const { message, extensions } = client.failed(part.plan.primary.serviceName, failure);
    client.close();
    yield { errors: [new GraphQLError(message, { extensions })] };
  } finally {
    following.closing.off(restart);
    following.signal?.removeEventListener("abort", leave);
    cancellation.cancel();
    // A stream that minds no signal is not waited for.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

function openStream(
  { open, run }: Following,
  part: RootFieldPlan,
  { primary }: SubscriptionNode,
  cancellation: Cancellation,
): AsyncIterable<SubgraphEvent> {
  const fetch = part.fetches.get(primary);
  if (!fetch) throw new Error("A plan has a fetch that was not compiled.");
  const text = `{${variablesText(fetch, run.variables)}}`;
  return open(primary.serviceName, {
    query: primary.operation,
    operationName: primary.operationName,
    operationKind: "subscription",
    variables: JSON.parse(text) as Data,
    variablesText: text,
    bodyText: `${fetch.bodyStart}${text}}`,
    signal: cancellation.signal,
    cancellation,
    deadline: Infinity,
  });
}

async function resultOf(
  event: SubgraphEvent,
  following: Following,
  part: RootFieldPlan,
  plan: SubscriptionNode,
): Promise<ExecutionResult> {
  const client = following.client();
  try {
    return await withinBudget(client.budget, () =>
      completed(event, { ...following.run, client }, part, plan),
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
    if (fields || !error.path.length) subgraphErrors.add([root], error.path, error, shape);
    else subgraphErrors.addFatal([root], error.path, error, shape);
  }
  const fetchCache = new EntityFetchCache(run.client, run.variables);
  if (rest) await walk(rest, { run, subgraphErrors, fetchCache, fetches: part.fetches }, [root]);
  const completion = new ValueCompletion(run, operation, subgraphErrors, denied, mostErrors);
  const values = new Map(operation.rootFields.map((field) => [field.key, completion.rootField(field, root)]));
  completion.reportRemaining();
  const data = assembled(operation.rootFields, values);
  return completion.errors.length ? { errors: completion.errors, data } : { data };
}
