import { createYoga } from "graphql-yoga";
import type { Log } from "#shared/log/log.ts";
import { documentCache, tokensIn } from "#shared/subgraph/documentCache.ts";
import type { TokenIssuer } from "#shared/subgraph/internalToken.ts";
import { continueTrace, currentTrace, span } from "#shared/telemetry/telemetry.ts";
import type { ConnectionLimits } from "#shared/http/connectionLimits.ts";
import { givingWay } from "#shared/http/requestPlaces.ts";
import { addressOf, notFound, pathOf, type Checks, type Upgrades } from "#shared/http/server.ts";
import type { Authentication } from "./authentication/authentication.ts";
import type { GatewayConfig } from "./config.ts";
import type { HttpPlugin, OperationPlugin, RequestState } from "./context.ts";
import type { Measures } from "./documentSize.ts";
import type { DataSource, EngineOptions } from "./executor/engine.ts";
import { CALLBACK_PATH, type CallbackServer } from "./callbacks.ts";
import { openExplorer, type Explorer, type ExplorerOptions } from "./explorer/explorer.ts";
import type { Graph } from "./graph.ts";
import { useAnswerHeaders } from "./plugins/useAnswerHeaders.ts";
import { useAuthentication } from "./plugins/useAuthentication.ts";
import { useAuthorization } from "./plugins/useAuthorization.ts";
import { useCors } from "./plugins/useCors.ts";
import { useCost } from "./plugins/useCost.ts";
import { useCsrfPrevention } from "./plugins/useCsrfPrevention.ts";
import { useDeadline } from "./plugins/useDeadline.ts";
import { useDeferredParts } from "./plugins/useDeferredParts.ts";
import { useErrorMasking } from "./plugins/useErrorMasking.ts";
import { useExecutor } from "./plugins/useExecutor.ts";
import { useIntrospectionRule } from "./plugins/useIntrospectionRule.ts";
import { useLargeDocuments } from "./plugins/useLargeDocuments.ts";
import { isWithinLimits, useLimits, type Limits } from "./plugins/useLimits.ts";
import { useMultipartSubscriptions } from "./plugins/useMultipartSubscriptions.ts";
import { carrying, useRequestState } from "./plugins/useRequestState.ts";
import { useSubscriptionLimits } from "./plugins/useSubscriptionLimits.ts";
import { useTelemetry } from "./plugins/useTelemetry.ts";
import { noDocuments, useTrustedDocuments, type TrustedDocuments } from "./plugins/useTrustedDocuments.ts";
import { useUploads } from "./plugins/useUploads.ts";
import type { UploadLimits } from "./uploads.ts";
import { useUsage } from "./plugins/useUsage.ts";
import { openExecutor, type EngineOpener } from "./openExecutor.ts";
import { serveGraph, type OpenWith, type ServedGraph } from "./servedGraph.ts";
import { fixedSupergraph, type SupergraphLoader } from "./supergraphLoader.ts";
import { openSubgraphCosts } from "./subgraphCosts.ts";
import { openSubscriptionSlots, type SubscriptionSlots } from "./subscriptionSlots.ts";
import { openSubgraphProxy, type SubgraphProxy } from "./subgraphProxy.ts";
import { openOverrideLabels } from "./overrideLabels.ts";
import { openUsageRecorder, type UsageRecorder } from "./usage/usageRecorder.ts";
import type { UsageStore } from "./usage/usageStore.ts";
import type { Webhooks } from "./webhooks.ts";
import { openWebSockets } from "./webSockets.ts";
import type { WebSocketTimes } from "./webSocketOptions.ts";

/** Opens the gateway: authentication, limits, authorization, execution and error masking, in front of subgraphs. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, log } = options;
  const loader = options.loader ?? fixedSupergraph(options.supergraphSdl ?? "");
  const sources = new Map<string, DataSource>();
  const openEngine = await openExecutor(config, log);
  const graphs = await serveGraph({ loader, openWith: openWith(options, sources, openEngine), log });
  const usage = recorderOf(options);
  const slots = openSubscriptionSlots(config.LIMIT_SUBSCRIPTIONS);
  const yoga = createYoga<RequestState>(yogaOptions(options, usage, slots));
  // Given no context it makes one, which its type does not say.
  const handle = yoga.handleRequest as (request: Request) => Response | Promise<Response>;
  const explorer = explorerOf(options, graphs);
  const subgraphs = subgraphProxyOf(options, sources, graphs, slots);
  const answer = (request: Request) =>
    traced(request, () =>
      within(graphs.current, (at) => handle(carrying(request, stateOf(request, at, config)))),
    );
  return {
    fetch: (request) => {
      if (options.webhooks && WEBHOOK.test(pathOf(request))) return options.webhooks(request);
      const elsewhere = explorer?.(request) ?? subgraphs?.(request) ?? options.callbacks?.answer(request);
      if (elsewhere) return elsewhere;
      // Yoga would answer at any path that ends as its endpoint does: whoever publishes only /webhooks/ would publish all of it.
      return pathOf(request) === ENDPOINT ? answer(request) : notFound();
    },
    upgrades: openWebSockets({
      path: ENDPOINT,
      answer,
      authentication: options.authentication,
      config,
      log,
      times: options.heartbeats,
    }),
    paths: PATHS,
    connectionLimits: {
      connections: config.LIMIT_CONNECTIONS,
      connectionsPerAddress: config.LIMIT_CONNECTIONS_PER_ADDRESS,
      unsentBytes: config.LIMIT_UNSENT_BYTES,
      unsentBytesInAll: config.LIMIT_UNSENT_BYTES_IN_ALL,
    },
    ready: async () => ({ supergraph: true }),
    get problem() {
      return graphs.problem;
    },
    warm: () => graphs.current.engine.warm(),
    async close() {
      await graphs.close();
      await usage?.close();
    },
  };
}

/** What a gateway is opened with: a supergraph, or where it comes from; how subgraphs are reached; whose tokens are verified. */
export interface GatewayOptions {
  readonly supergraphSdl?: string;
  readonly loader?: SupergraphLoader;
  readonly dataSource: EngineOptions["dataSource"];
  readonly config: GatewayConfig;
  readonly log: Log;
  /** Signs the internal tokens that subgraphs verify; left out in front of subgraphs that expect none. */
  readonly tokenIssuer?: TokenIssuer | undefined;
  /** Authenticates callers; left out, everybody is anonymous. */
  readonly authentication?: Authentication | undefined;
  readonly webhooks?: Webhooks | undefined;
  /** Where subgraphs call back with the events of subscriptions; nowhere when left out. */
  readonly callbacks?: CallbackServer | undefined;
  readonly trustedDocuments?: TrustedDocuments | undefined;
  /** Who can be signed in as with a click, and which operations there are to show. */
  readonly explorer?: ExplorerOptions | undefined;
  /** How often clients on a connection that stays open hear that it does, and how long they may take to say who they are. */
  readonly heartbeats?: Partial<Heartbeats> | undefined;
  /** Where it is kept which operations clients send, and let go of at the end; left out, that is not recorded. */
  readonly usage?: UsageStore | undefined;
}

/** Times of connections that stay open. */
export interface Heartbeats extends WebSocketTimes {
  readonly multipartSeconds: number;
}

/** A gateway that serves. */
export interface Gateway {
  fetch(request: Request): Promise<Response>;
  /** Speaks graphql-transport-ws, by the same rules. */
  readonly upgrades: Upgrades;
  /** The first parts of the paths that it serves. */
  readonly paths: readonly string[];
  /** What whoever listens for it has to keep within. */
  readonly connectionLimits: Partial<ConnectionLimits>;
  /** What its readiness depends on. */
  ready(): Promise<Checks>;
  /** Why the newest supergraph does not serve; null when it does. */
  readonly problem: string | null;
  /** Makes ready for operations that nobody sent so far; without it the first of them waits for that. Never rejects. */
  warm(): Promise<void>;
  /** Lets requests at hand finish, then lets go of the subgraphs. */
  close(): Promise<void>;
}

const ENDPOINT = "/graphql";
/** The part of the cost limit from which on an operation counts as heavy. */
const HEAVY_SHARE = 0.1;
const DOCUMENTS_BYTES = 64 * 1024 * 1024;
const PATHS = [ENDPOINT, "/webhooks", "/subgraphs", CALLBACK_PATH, "/explorer", "/supergraph", "/"];

// The path as it was sent, and nothing in a token is resolved or decoded to anything else: no dots, no percent signs, no second slash.
const WEBHOOK = /^\/webhooks\/[A-Za-z0-9_-]*$/;

function explorerOf(
  { config, explorer: options = {}, log }: GatewayOptions,
  graphs: ServedGraph,
): Explorer | null {
  if (!(config.GRAPHIQL ?? config.NODE_ENV !== "production")) return null;
  return openExplorer({
    endpoint: ENDPOINT,
    title: "Tocsin",
    // Whoever serves the explorer in production signs nobody in by a click.
    options: config.NODE_ENV === "production" ? { operations: options.operations } : options,
    supergraphSdl: () => graphs.current.engine.supergraphSdl,
    problem: () => graphs.problem,
    log,
  });
}

function subgraphProxyOf(
  { config, authentication, tokenIssuer, log }: GatewayOptions,
  sources: ReadonlyMap<string, DataSource>,
  graphs: ServedGraph,
  slots: SubscriptionSlots,
): SubgraphProxy | null {
  if (!config.LEND_SUBGRAPHS) return null;
  return openSubgraphProxy({
    authentication,
    tokenIssuer,
    source: (name) => sources.get(name),
    graph: () => graphs.current,
    costs: openSubgraphCosts({ pageSize: config.COST_PAGE_SIZE, listSize: config.COST_LIST_SIZE }),
    maximumCost: config.LIMIT_COST,
    measures: measuresOf(config),
    bodyBytes: config.LIMIT_BODY_BYTES,
    documentBytes: 4 * config.LIMIT_DOCUMENT_BYTES,
    deadlineMilliseconds: config.DEADLINE_MILLISECONDS,
    slots,
    checkSeconds: config.SUBSCRIPTION_CHECK_SECONDS,
    log,
  });
}

function yogaOptions(options: GatewayOptions, usage: UsageRecorder | null, slots: SubscriptionSlots) {
  const { config, log } = options;
  return {
    graphqlEndpoint: ENDPOINT,
    plugins: plugins(options, usage, slots),
    // Whole documents, and what is wrong with those that are none.
    parserAndValidationCache: {
      documentCache: documentCache(DOCUMENTS_BYTES, tokensIn),
      errorCache: documentCache(DOCUMENTS_BYTES / 8, () => 1),
    },
    batching: config.LIMIT_OPERATIONS > 1 ? { limit: config.LIMIT_OPERATIONS } : false,
    extraParamNames: ["documentId"],
    graphiql: false,
    landingPage: false,
    logging: quiet(log),
    // All of these are a plugin of the gateway's own, which is the one place where it is decided.
    cors: false as const,
    maskedErrors: false,
    maxRequestBodySize: false as const,
    multipart: false,
  };
}

// In the order in which a request meets them.
function plugins(
  { config, log, ...options }: GatewayOptions,
  usage: UsageRecorder | null,
  slots: SubscriptionSlots,
): (HttpPlugin | OperationPlugin)[] {
  const isOpen = config.NODE_ENV !== "production";
  const limits = limitsOf(config);
  return [
    useRequestState(),
    useCors({ origins: config.CORS_ORIGINS, sandbox: isOpen }),
    useTelemetry(),
    useErrorMasking({ log, ...maskingOf(config) }),
    useCsrfPrevention({ headers: config.CSRF_HEADERS, uploads: config.UPLOADS }),
    ...(options.authentication ? [useAuthentication(options.authentication)] : []),
    useLimits(limits),
    ...(config.UPLOADS ? [useUploads(uploadLimitsOf(config))] : []),
    useTrustedDocuments({
      mode: config.TRUSTED_DOCUMENTS,
      documents: options.trustedDocuments ?? noDocuments,
      log,
    }),
    useIntrospectionRule({
      mode: config.INTROSPECTION ?? (isOpen ? "open" : "permission"),
      suggestions: isOpen,
    }),
    useLargeDocuments({
      hideSuggestions: !isOpen,
      isWithinLimits: (text) => isWithinLimits(text, limits),
    }),
    useCost({ maximum: config.LIMIT_COST }),
    useAuthorization(options.authentication, { checkSeconds: config.SUBSCRIPTION_CHECK_SECONDS }),
    ...(usage ? [useUsage(usage)] : []),
    useSubscriptionLimits({
      slots,
      waitingBytes: config.LIMIT_SUBSCRIPTION_BYTES,
    }),
    useDeferredParts(),
    useMultipartSubscriptions({ heartbeatSeconds: options.heartbeats?.multipartSeconds }),
    ...(config.RESPONSE_HEADERS.length > 0 ? [useAnswerHeaders(config.RESPONSE_HEADERS)] : []),
    useExecutor({
      tokenIssuer: options.tokenIssuer ?? null,
      forwardHeaders: config.FORWARD_HEADERS,
      labelsOn: openOverrideLabels({ rules: config.OVERRIDE_LABELS, header: config.OVERRIDE_HEADER ?? null }),
      heavyCost: config.LIMIT_COST * HEAVY_SHARE,
    }),
    useDeadline({ milliseconds: config.DEADLINE_MILLISECONDS }),
  ];
}

function maskingOf({ NODE_ENV, SUBGRAPH_ERRORS, ERROR_SERVICE_NAMES }: GatewayConfig) {
  return {
    subgraphErrors: SUBGRAPH_ERRORS,
    serviceNames: ERROR_SERVICE_NAMES,
    suggestions: NODE_ENV !== "production",
  };
}

function limitsOf(config: GatewayConfig): Limits {
  return {
    bodyBytes: config.LIMIT_BODY_BYTES,
    documentBytes: config.LIMIT_DOCUMENT_BYTES,
    tokens: config.LIMIT_TOKENS,
    ...measuresOf(config),
    operations: config.LIMIT_OPERATIONS,
    variableDepth: config.LIMIT_VARIABLE_DEPTH,
  };
}

function uploadLimitsOf(config: GatewayConfig): UploadLimits {
  return {
    files: config.LIMIT_UPLOAD_FILES,
    bytes: config.LIMIT_UPLOAD_BYTES,
    milliseconds: config.LIMIT_UPLOAD_SECONDS * 1_000,
    fieldBytes: config.LIMIT_BODY_BYTES,
  };
}

function measuresOf(config: GatewayConfig): Measures {
  return {
    depth: config.LIMIT_DEPTH,
    aliases: config.LIMIT_ALIASES,
    rootFields: config.LIMIT_ROOT_FIELDS,
    directives: config.LIMIT_DIRECTIVES,
    selections: config.LIMIT_SELECTIONS,
    literalDepth: config.LIMIT_LITERAL_DEPTH,
  };
}

function recorderOf({ usage: store, config, log }: GatewayOptions): UsageRecorder | null {
  return store ? openUsageRecorder({ store, flushSeconds: config.USAGE_FLUSH_SECONDS, log }) : null;
}

function openWith(
  { config, dataSource, log }: GatewayOptions,
  sources: Map<string, DataSource>,
  openEngine: EngineOpener,
): OpenWith {
  return {
    openEngine,
    dataSource(name, url) {
      const source = dataSource(name, url);
      sources.set(name, source);
      return source;
    },
    log,
    plansFolder: config.PLANS_FOLDER,
    limits: {
      fetchesPerPlan: config.LIMIT_FETCHES,
      answerBytes: config.LIMIT_ANSWER_BYTES,
      answerObjects: config.LIMIT_ANSWER_OBJECTS,
      planningMilliseconds: config.LIMIT_PLANNING_MILLISECONDS,
      planningMegabytes: config.LIMIT_PLANNING_MEGABYTES,
    },
    authorization: config.AUTHORIZATION,
    pageSize: config.COST_PAGE_SIZE,
    listSize: config.COST_LIST_SIZE,
  };
}

function stateOf(request: Request, graph: Graph, config: GatewayConfig): RequestState {
  return {
    graph,
    deadline: Date.now() + config.DEADLINE_MILLISECONDS,
    signal: request.signal,
    traceId: currentTrace()?.traceId,
    address: addressOf(request),
    giveWay: (work) => givingWay(request, work),
  };
}

async function within<T>(graph: Graph, work: (graph: Graph) => PromiseLike<T> | T): Promise<T> {
  const leave = graph.enter();
  try {
    return await work(graph);
  } finally {
    leave();
  }
}

// The server that listens has begun a span already; called in process, a request begins its own.
function traced<T>(request: Request, work: () => Promise<T>): Promise<T> {
  if (currentTrace()) return work();
  const traceparent = request.headers.get("traceparent") ?? "";
  return continueTrace({ traceparent }, () => span(`${request.method} ${ENDPOINT}`, {}, work));
}

// What Yoga has to say of its own is about its workings; what callers are refused is logged where errors are masked.
function quiet(log: Log) {
  const say = (level: "debug" | "error") => (message: unknown) => log[level]({ err: message }, "Yoga");
  return { debug: () => {}, info: () => {}, warn: say("debug"), error: say("error") };
}
