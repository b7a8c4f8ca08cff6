import { openEarlyEnd } from "#shared/process/earlyEnd.ts";
import { getOperationAST, parse, type DocumentNode, type OperationDefinitionNode } from "graphql";
import { z } from "zod";
import { errorResponse } from "#shared/errors/exposed.ts";
import { readBody } from "#shared/http/server.ts";
import type { Log } from "#shared/log/log.ts";
import { INTERNAL_TOKEN_HEADER, type TokenIssuer } from "#shared/subgraph/internalToken.ts";
import { currentTrace, injectTrace } from "#shared/telemetry/telemetry.ts";
import type { Authentication, Principal } from "./authentication/authentication.ts";
import { measure, type Measures } from "./documentSize.ts";
import { exposed, messages } from "./errors.ts";
import {
  SubgraphFailure,
  type DataSource,
  type SubgraphEvent,
  type SubgraphRequest,
  Cancellation,
} from "./executor/engine.ts";
import type { Graph } from "./graph.ts";
import { subscriberOf, type SubscriptionSlots } from "./subscriptionSlots.ts";
import type { SubgraphCosts } from "./subgraphCosts.ts";

/** Answers what is asked of single subgraphs, or says with null that a request is about something else. */
export type SubgraphProxy = (request: Request) => Promise<Response> | null;

/** What asking single subgraphs needs. */
export interface SubgraphProxyOptions {
  readonly authentication: Authentication | undefined;
  readonly tokenIssuer: TokenIssuer | undefined;
  /** The way to a subgraph of the graph that serves. */
  source(name: string): DataSource | undefined;
  /** The graph that serves now. */
  graph(): Graph;
  readonly costs: SubgraphCosts;
  readonly maximumCost: number;
  /** What an operation of the graph may be; what a gateway asks of a subgraph may be more of by this factor. */
  readonly measures: Measures;
  readonly bodyBytes: number;
  readonly documentBytes: number;
  readonly deadlineMilliseconds: number;
  /** The places for subscriptions, of which those that follow the graph have theirs too. */
  readonly slots: SubscriptionSlots;
  /** How often it is looked whether who follows may still do so. */
  readonly checkSeconds: number;
  readonly log: Log;
}

/**
 * Lets whoever signs in ask single subgraphs, as the gateway does: with an internal token that names the caller. For development, where the
 * gateway of somebody else puts its own subgraph in the place of one of these. `GET /subgraphs` answers the authenticated actor, `POST
 * /subgraphs/<name>/graphql` asks.
 */
export function openSubgraphProxy(options: SubgraphProxyOptions): SubgraphProxy {
  const { log } = options;
  return (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== "/subgraphs" && !pathname.startsWith("/subgraphs/")) return null;
    return answer(request, pathname, options).catch((error: unknown) =>
      errorResponse(error, { log, messages }),
    );
  };
}

const Body = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

async function answer(request: Request, pathname: string, options: SubgraphProxyOptions): Promise<Response> {
  const principal = await options.authentication?.authenticate(request.headers);
  if (!principal) throw exposed("UNAUTHENTICATED", "single subgraphs are for those who sign in");
  const { actor, tenantId } = principal;
  if (pathname === "/subgraphs" && request.method === "GET") return Response.json({ actor, tenantId });
  const name = /^\/subgraphs\/([^/]+)\/graphql$/.exec(pathname)?.[1] ?? "";
  const source = options.source(name);
  if (!source) return Response.json({ message: `There is no subgraph ${name}.` }, { status: 404 });
  if (request.method !== "POST") throw exposed("METHOD_NOT_ALLOWED", "a subgraph is asked by POST");
  // What a foreign page sends from a signed-in browser can only be of other types, unless the browser asks first.
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    throw exposed("CONTENT_TYPE_UNSUPPORTED", "a subgraph is asked in JSON");
  const cancellation = new Cancellation();
  const asked = { ...(await questionOf(request, options)), ...cancelledBy(cancellation, options) };
  const passed = { ...asked, headers: headersFor(name, principal, options) };
  if (asked.operationKind !== "subscription")
    return ask(name, source, passed, { cancellation, request, options });
  const giveBack = options.slots.take(subscriberOf(principal, undefined));
  if (!giveBack) throw options.slots.refusal();
  return follow(source, passed, cancellation, {
    left: request.signal,
    giveBack,
    stillMay: () => stillMay(principal, request, options),
    checkSeconds: options.checkSeconds,
  });
}

// What a gateway asks may be somewhat longer than what it was asked.
const MOST_TOKENS = 10_000;
const FACTOR = 4;

type Question = Omit<SubgraphRequest, "headers" | "signal" | "cancellation" | "deadline">;

async function questionOf(request: Request, options: SubgraphProxyOptions): Promise<Question> {
  const { bodyBytes, documentBytes } = options;
  const bodyText = new TextDecoder().decode(await readBody(request, bodyBytes));
  const read = Body.safeParse(jsonOf(bodyText));
  if (!read.success)
    throw exposed("BODY_MALFORMED", "a subgraph was asked", { reason: "a GraphQL request was expected" });
  const { query, operationName, variables } = read.data;
  if (Buffer.byteLength(query) > documentBytes)
    throw exposed("LIMIT_EXCEEDED", "a document that is too long", {
      limit: "documentBytes",
      maximum: documentBytes,
    });
  const document = parse(query, { maxTokens: MOST_TOKENS });
  const operation = getOperationAST(document, operationName || null);
  requireWithinLimits(document, operation, variables ?? {}, options);
  return {
    query,
    operationName: operationName ?? undefined,
    operationKind: operation?.operation ?? "query",
    variables: variables ?? {},
    variablesText: JSON.stringify(variables ?? {}),
    bodyText,
  };
}

// Whoever sends an expensive operation past the gateway pays for it as they would there.
function requireWithinLimits(
  document: DocumentNode,
  operation: OperationDefinitionNode | null | undefined,
  variables: Readonly<Record<string, unknown>>,
  { measures, costs, maximumCost, graph }: SubgraphProxyOptions,
): void {
  for (const [limit, value] of Object.entries(measure(document))) {
    const maximum = FACTOR * measures[limit as keyof Measures];
    if (value > maximum) throw exposed("LIMIT_EXCEEDED", `${value} ${limit}`, { limit, maximum });
  }
  const cost = operation ? costs(graph(), document, operation, variables) : 0;
  if (cost <= maximumCost) return;
  throw exposed("COST_EXCEEDED", `the operation costs ${cost}`, {
    limit: "cost",
    cost,
    maximum: maximumCost,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function cancelledBy(cancellation: Cancellation, { deadlineMilliseconds }: SubgraphProxyOptions) {
  return { cancellation, signal: cancellation.signal, deadline: Date.now() + deadlineMilliseconds };
}

function headersFor(
  audience: string,
  { actor, tenantId }: Principal,
  { tokenIssuer }: SubgraphProxyOptions,
): Record<string, string> {
  const headers = injectTrace<Record<string, string>>({});
  const traceId = currentTrace()?.traceId;
  if (tokenIssuer) headers[INTERNAL_TOKEN_HEADER] = tokenIssuer.issue({ audience, actor, tenantId, traceId });
  return headers;
}

async function ask(
  name: string,
  source: DataSource,
  question: SubgraphRequest,
  {
    cancellation,
    request,
    options,
  }: { cancellation: Cancellation; request: Request; options: SubgraphProxyOptions },
): Promise<Response> {
  const late = new SubgraphFailure("timeout", "took too long");
  const timer = setTimeout(() => cancellation.abort(late), options.deadlineMilliseconds);
  const leave = () => cancellation.cancel();
  request.signal.addEventListener("abort", leave, { once: true });
  if (request.signal.aborted) leave();
  try {
    const { status, text, result } = await source.execute(question);
    const headers = { "content-type": "application/json; charset=utf-8" };
    return new Response(text ?? JSON.stringify(result), { status, headers });
  } catch (error) {
    if (!(error instanceof SubgraphFailure)) throw error;
    throw exposed("SUBGRAPH_UNAVAILABLE", `asking ${name}: ${error.message}`, { subgraph: name });
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", leave);
  }
}

// The token with which a subgraph was asked says what its follower might do when it began.
async function stillMay(
  before: Principal,
  { headers }: Request,
  { authentication }: SubgraphProxyOptions,
): Promise<boolean> {
  const now = await authentication?.authenticate(headers).catch(() => null);
  return now ? before.granted.isSubsetOf(now.granted) : false;
}

interface Follower {
  readonly left: AbortSignal;
  /** Gives the subscription's place back. */
  giveBack(): void;
  /** Whether they may do all that they might when they began to follow; asked at each event, and every so often. */
  stillMay(): Promise<boolean>;
  readonly checkSeconds: number;
}

function follow(
  source: DataSource,
  question: SubgraphRequest,
  cancellation: Cancellation,
  { left, giveBack, stillMay: may, checkSeconds }: Follower,
): Response {
  const events: AsyncIterable<SubgraphEvent> = source.subscribe?.(question) ?? nothing();
  const iterator = events[Symbol.asyncIterator]();
  const ended = openEarlyEnd<IteratorReturnResult<undefined>>();
  const check = setInterval(() => {
    void may().then((is) => is || ended.end({ done: true, value: undefined }));
  }, checkSeconds * 1_000);
  const leave = () => {
    clearInterval(check);
    giveBack();
    cancellation.cancel();
    void iterator.return?.();
  };
  left.addEventListener("abort", leave, { once: true });
  if (left.aborted) leave();
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await ended.orEnd(iterator.next());
        const isOver = next.done || !(await may());
        const event = isOver ? "event: complete\ndata:" : `event: next\ndata: ${JSON.stringify(next.value)}`;
        controller.enqueue(encoder.encode(`${event}\n\n`));
        if (!isOver) return;
        controller.close();
        leave();
      } catch (error) {
        leave();
        throw error;
      }
    },
    cancel: leave,
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

// A source that follows nothing.
async function* nothing(): AsyncGenerator<SubgraphEvent, void> {}
