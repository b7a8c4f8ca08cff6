import type { Plugin } from "@envelop/core";
import { createYoga } from "graphql-yoga";
import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLError, GraphQLSchema } from "graphql";
import { errorResponse, maskError, type ErrorTable } from "#shared/errors/exposed.ts";
import type { Routes } from "#shared/http/server.ts";
import type { OnParked } from "#shared/process/parkedWork.ts";
import { createWorker, type Worker } from "#shared/process/worker.ts";
import { systemActor } from "./actor.ts";
import type { RpcCallers } from "#shared/rpc/callers.ts";
import { rpcClient } from "#shared/rpc/rpcClient.ts";
import { rpcServer, type Waits } from "#shared/rpc/rpcServer.ts";
import { continueTrace, currentTrace } from "#shared/telemetry/telemetry.ts";
import type { Transport } from "@connectrpc/connect";
import type { Asked, Caller, HttpRoute, SubgraphDefinition, SubgraphParts } from "./defineSubgraph.ts";
import { documentCache, tokensIn } from "./documentCache.ts";
import { createExecutor, type Operation, type ParsedOperation, type SubgraphExecutor } from "./executor.ts";
import { noteFields, TRACE_HEADER, wantsTrace } from "./federatedTracing.ts";
import {
  INTERNAL_TOKEN_HEADER,
  requireGateway,
  type InternalIdentity,
  type TokenIssuer,
  type TokenVerifier,
  type Vouched,
} from "./internalToken.ts";
import { deadlineIn } from "./internalTimeout.ts";
import { leavable } from "./leavable.ts";
import { readSubgraphSdl } from "./sdl.ts";
import { subgraphSchema } from "./subgraphSchema.ts";

/** A subgraph that answers. It starts no work of its own: whoever opened it starts and stops its worker. */
export interface OpenSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Answers an operation of a service in the same process: what `fetch` would answer, without the HTTP. */
  execute(request: SubgraphRequest): Promise<SubgraphResult>;
  /** Follows a subscription of a service in the same process. */
  subscribe(request: SubgraphRequest): AsyncIterableIterator<SubgraphResult, undefined>;
  /** Answers GraphQL over HTTP, subscriptions as server-sent events. */
  fetch(request: Request): Promise<Response>;
  /** Everything it serves over HTTP: /graphql, its own endpoints, and the questions of other services. */
  readonly routes: Routes;
  /** The first parts of the paths of these. */
  readonly paths: readonly string[];
  /** The way to its questions for services in the same process. */
  readonly transport: Transport;
  readonly worker: Worker;
  /** The same subgraph with its SDL as it is now; this one answers on as it was. Throws when the resolvers do not fit. For development. */
  reread(): OpenSubgraph;
  close(): Promise<void>;
}

/** An operation with the headers of its request, of which the internal token is needed. */
export interface SubgraphRequest extends Operation {
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer to an operation as JSON would carry it. */
export interface SubgraphResult {
  readonly data?: ExecutionResult["data"];
  readonly errors?: readonly ReturnType<GraphQLError["toJSON"]>[];
  /** The trace that was asked for. */
  readonly extensions?: ExecutionResult["extensions"];
}

/** What a subgraph is opened with. */
export interface OpenSubgraphOptions<Settings = unknown, Callee extends string = string> extends Omit<
  SubgraphParts<Settings>,
  "ask"
> {
  /** Verifies internal tokens. */
  readonly verifier: TokenVerifier;
  /** Signs the questions it asks of other services. */
  readonly issuer: TokenIssuer;
  /** Which services may ask it which questions. */
  readonly callers: RpcCallers;
  /** The way to another service's questions; looked for when the first is asked. */
  transportTo(service: Callee): Transport;
  /** What users read when something goes wrong. */
  readonly messages: ErrorTable;
  /** Its SDL where that was read already. */
  readonly sdl?: DocumentNode | undefined;
  /** Told when a command that this subgraph was asked is parked. */
  readonly onParked?: OnParked | undefined;
}

/**
 * Brings a subgraph to life. It answers nothing without a valid internal token, except at the endpoints of its own `http`: GraphQL to
 * the gateway, each question to the services that are named for it.
 */
export function openSubgraph<Services, Settings, Callee extends string>(
  definition: SubgraphDefinition<Services, Settings, Callee>,
  options: OpenSubgraphOptions<Settings, Callee>,
): OpenSubgraph {
  const { name, resolvers } = definition;
  const { database, pubsub, verifier, messages, callers } = options;
  const log = options.log.child({ subgraph: name });
  const services = definition.services?.({ ...options, log, ask: asking(name, options) }) as Services;
  const mask = (error: unknown) => maskError(error, { log, messages });
  const read = () => readSubgraphSdl(definition.schemaFolder, definition.commonSdl);
  const open = (sdl: DocumentNode): Served => {
    const build = () => subgraphSchema(name, sdl, resolvers);
    const schema = build();
    let noting: GraphQLSchema | undefined;
    const notingSchema = () => (noting ??= noteFields(build()));
    const executor = createExecutor({ name, schema, notingSchema, database, pubsub, services, log });
    const local = { executor, verifier, mask };
    return { schema, local, fetch: overHttp(schema, { ...local, log, messages }) };
  };
  const questions = rpcServer({
    answers: definition.rpc ?? [],
    callers,
    verify: (token, waits) => askedWith(verifier.verify(token), waits, { database, services, log }),
    log,
    messages,
  });
  const own = (definition.http ?? []).map((route) => ({ route, parts: { database, services, log } }));
  const { commands = [], processes = [], effects = [] } = definition;
  const { onParked } = options;
  const work = { commands, processes, effects, onParked, messages };
  const worker = createWorker({ database, log, services, ...work });
  const serve = ({ schema, local, fetch }: Served): OpenSubgraph => ({
    name,
    schema,
    execute: (request) => inTrace(request, () => executeLocally(local, request)),
    subscribe: (request) => subscribeLocally(local, request),
    fetch,
    routes: (request) => routeOf(request, fetch, own) ?? questions.routes(request),
    paths: pathsOf(definition),
    transport: questions.transport,
    worker,
    reread: () => serve(open(read())),
    close: async () => {},
  });
  return serve(open(options.sdl ?? read()));
}

/** What follows from the SDL. */
interface Served {
  readonly schema: GraphQLSchema;
  readonly local: Local;
  readonly fetch: (request: Request) => Promise<Response>;
}

function askedWith<Services>(
  { tenantId, service }: Vouched,
  { deadline, signal }: Waits,
  parts: Pick<Asked<Services>, "database" | "services" | "log">,
): Asked<Services> {
  return {
    ...parts,
    service,
    tenantId: tenantId ?? "",
    get db() {
      return parts.database.tenant(tenantId ?? "", { deadline, signal: () => signal });
    },
  };
}

function asking<Settings, Callee extends string>(
  caller: string,
  { issuer, transportTo }: OpenSubgraphOptions<Settings, Callee>,
): SubgraphParts<Settings, Callee>["ask"] {
  const actor = systemActor(caller);
  return (name, service) =>
    rpcClient<typeof service, Caller>(service, {
      name,
      transport: late(() => transportTo(name)),
      token: ({ tenantId }) =>
        issuer.issue({ audience: name, tenantId: tenantId || null, actor, traceId: currentTrace()?.traceId }),
    });
}

// Services of one process are opened one after another, and each may ask those that come after it.
function late(find: () => Transport): Transport {
  return {
    unary: (...question) => find().unary(...question),
    stream: (...question) => find().stream(...question),
  };
}

type Local = { executor: SubgraphExecutor; verifier: TokenVerifier; mask: (error: unknown) => GraphQLError };

async function executeLocally(
  { executor, verifier, mask }: Local,
  request: SubgraphRequest,
): Promise<SubgraphResult> {
  try {
    const identity = requireGateway(verifier.verify(request.headers[INTERNAL_TOKEN_HEADER]));
    const withTrace = wantsTrace(request.headers[TRACE_HEADER]);
    return told(await executor.run(request, identity, withTrace), mask);
  } catch (error) {
    return { errors: [mask(error).toJSON()] };
  }
}

function subscribeLocally(
  local: Local,
  request: SubgraphRequest,
): AsyncIterableIterator<SubgraphResult, undefined> {
  const leaving = new AbortController();
  return leavable(eventsFor(local, request, leaving.signal), leaving, request.signal);
}

async function* eventsFor(
  { executor, verifier, mask }: Local,
  { query, operationName, variables, headers }: SubgraphRequest,
  left: AbortSignal,
): AsyncGenerator<SubgraphResult, undefined> {
  try {
    const identity = requireGateway(verifier.verify(headers[INTERNAL_TOKEN_HEADER]));
    const prepared = executor.prepare(query);
    const result =
      "errors" in prepared
        ? prepared
        : await executor.subscribe({ ...prepared, operationName, variables, signal: () => left }, identity);
    const events = Symbol.asyncIterator in result ? result : [result];
    for await (const event of events) yield told(event, mask);
  } catch (error) {
    yield { errors: [mask(error).toJSON()] };
  }
}

function told({ data, errors, extensions }: ExecutionResult, mask: Local["mask"]): SubgraphResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map((error) => mask(error).toJSON()) }),
    ...(extensions && { extensions }),
  };
}

function inTrace<T>({ headers }: SubgraphRequest, work: () => T): T {
  return currentTrace() ? work() : continueTrace(headers, work);
}

type OverHttp = Local & Pick<OpenSubgraphOptions, "log" | "messages">;
type YogaContext = { identity: InternalIdentity };

function overHttp(schema: GraphQLSchema, parts: OverHttp): (request: Request) => Promise<Response> {
  const { executor, verifier, log, messages, mask } = parts;
  const yoga = createYoga<YogaContext>({
    schema,
    plugins: [useExecutor(executor)],
    maskedErrors: { maskError: (error) => mask(error) },
    parserAndValidationCache: {
      documentCache: documentCache(DOCUMENTS_BYTES, tokensIn),
      errorCache: documentCache(DOCUMENTS_BYTES / 8, () => 1),
    },
    ...NOT_SERVED,
  });
  return async (request) => {
    try {
      const identity = requireGateway(verifier.verify(request.headers.get(INTERNAL_TOKEN_HEADER)));
      return notJson(request) ?? (await yoga.fetch(request, { identity }));
    } catch (error) {
      return errorResponse(error, { log, messages });
    }
  };
}

const DOCUMENTS_BYTES = 16 * 1024 * 1024;

// Services speak to it, not browsers: no explorer, no uploads, no CORS, one operation a request.
const NOT_SERVED = {
  graphiql: false,
  landingPage: false,
  cors: false,
  multipart: false,
  batching: false,
  logging: false,
  maxRequestBodySize: 8 * 1_024 * 1_024,
} as const;

type OperationContext = YogaContext & { request: Request };

// Yoga parses, validates and remembers; what is run, and how, is the executor's alone.
function useExecutor(executor: SubgraphExecutor): Plugin<OperationContext> {
  return {
    onExecute({ setExecuteFn, context: { identity, request } }) {
      setExecuteFn((args: ExecutionArgs) => executor.runParsed(parsedOperation(args, request), identity));
    },
    onSubscribe({ setSubscribeFn, context: { identity, request } }) {
      setSubscribeFn((args: ExecutionArgs) => executor.subscribe(parsedOperation(args, request), identity));
    },
  };
}

function parsedOperation(
  { document, operationName, variableValues: variables }: ExecutionArgs,
  { signal, headers }: Request,
): ParsedOperation {
  const withTrace = wantsTrace(headers.get(TRACE_HEADER));
  const deadline = deadlineIn(headers);
  return { document, operationName, variables, signal: () => signal, deadline, withTrace };
}

function notJson(request: Request): Response | null {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const type = request.headers.get("content-type") ?? "";
  return /^application\/json\s*(;|$)/i.test(type) ? null : new Response(null, { status: 415 });
}

function pathsOf<Services>({ http = [], rpc = [] }: SubgraphDefinition<Services>): string[] {
  const own = http.map(({ path }) => `/${path.split("/", 2)[1]}`);
  return ["/graphql", ...own, ...rpc.map(({ service }) => `/${service.typeName}`)];
}

type OwnRoute<Services> = { route: HttpRoute<Services>; parts: Parameters<HttpRoute<Services>["handle"]>[1] };

function routeOf<Services>(
  request: Request,
  fetch: (request: Request) => Promise<Response>,
  own: readonly OwnRoute<Services>[],
): Promise<Response> | null {
  const { pathname } = new URL(request.url);
  if (pathname === "/graphql") return fetch(request);
  const found = own.find(
    ({ route }) =>
      route.method === request.method &&
      (route.path.endsWith("/") ? pathname.startsWith(route.path) : pathname === route.path),
  );
  return found ? found.route.handle(request, found.parts) : null;
}
