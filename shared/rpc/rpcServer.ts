import { Code, ConnectError, createConnectRouter, createRouterTransport } from "@connectrpc/connect";
import type { ConnectRouter, HandlerContext, ServiceImpl, Transport } from "@connectrpc/connect";
import { createFetchHandler } from "@connectrpc/connect/protocol";
import { isMessage } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { DescMethodUnary, DescService, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { problemWithin, type Unstorable } from "#shared/database/storable.ts";
import { exposed, exposedBehind, statusOf, type ErrorTable } from "#shared/errors/exposed.ts";
import { withTenant, type Log } from "#shared/log/log.ts";
import type { Routes } from "#shared/http/server.ts";
import { continueTrace, currentTrace, span } from "#shared/telemetry/telemetry.ts";
import type { RpcCallers } from "#shared/rpc/callers.ts";
import { errorDetail } from "#shared/rpc/errorDetail.ts";

/** Serves answers to questions over HTTP (Connect protocol) and in process, alike to the caller. */
export function rpcServer<C extends Caller>(options: RpcServerOptions<C>): RpcServer {
  const register = (router: ConnectRouter): void => {
    for (const answers of options.answers) router.service(answers.service, guarded(answers, options), LIMITS);
  };
  const router = createConnectRouter({ grpc: false, grpcWeb: false });
  register(router);
  const handlers = new Map(
    router.handlers.map((handler) => [handler.requestPath, createFetchHandler(handler)]),
  );
  return {
    routes: (request) => handlers.get(new URL(request.url).pathname)?.(request) ?? null,
    transport: createRouterTransport(register),
  };
}

/** What is known of every caller. */
export interface Caller {
  /** The service that asks. */
  readonly service: string;
  /** The tenant of the question, which every log line of the answer names. */
  readonly tenantId: string;
}

/** What an RPC server is given: the handlers, the services that may call them, and where failures are logged. */
export interface RpcServerOptions<C extends Caller> {
  answers: readonly RpcAnswers<C>[];
  callers: RpcCallers;
  /** Authenticates the caller by the token of the call, with its deadline; throws for an invalid token. */
  verify: (token: string, waits: Waits) => C | Promise<C>;
  log: Log;
  messages: ErrorTable;
}

/** For how long the answer to a question is waited for. */
export interface Waits {
  /** In milliseconds since the epoch. */
  readonly deadline: number;
  /** Aborted at the deadline, and when whoever asked gave up before. */
  readonly signal: AbortSignal;
}

/** A server of questions: `routes` for the network, `transport` for callers in the same process; both verify every call. */
export interface RpcServer {
  readonly routes: Routes;
  readonly transport: Transport;
}

/** How each question of a service is answered: by its request, its caller, and a signal that ends with the deadline. */
export type ServiceImplementation<Service extends DescService, C extends Caller> = {
  [Name in keyof Service["method"]]: Service["method"][Name] extends DescMethodUnary<
    infer Input,
    infer Output
  >
    ? (request: MessageShape<Input>, caller: C, signal: AbortSignal) => Promise<MessageInitShape<Output>>
    : never;
};

/** A service together with its answers. */
export interface RpcAnswers<C extends Caller> {
  readonly service: DescService;
  readonly answers: Readonly<Record<string, Answer<C>>>;
}

/** Ties answers to the service whose questions they answer. */
export function answer<Service extends DescService, C extends Caller>(
  service: Service,
  answers: ServiceImplementation<Service, C>,
): RpcAnswers<C> {
  return { service, answers };
}

type Answer<C> = (request: never, caller: C, signal: AbortSignal) => Promise<object>;

const LIMITS = { readMaxBytes: 4 * 1_024 * 1_024, maxTimeoutMs: 30_000 };

function guarded<C extends Caller>({ service, answers }: RpcAnswers<C>, options: RpcServerOptions<C>) {
  const callers = options.callers[service.typeName] ?? {};
  const guard = (name: string, give: Answer<C>) => (request: never, context: HandlerContext) =>
    continueTrace(context.requestHeader, () =>
      span(`answer ${service.typeName}/${name}`, {}, async () => {
        try {
          const caller = await callerOf(context, options.verify);
          requireNamed(caller, callers[name]);
          requireStorable(request);
          return await withTenant(caller.tenantId, () => give(request, caller, context.signal));
        } catch (error) {
          throw toConnectError(error, options);
        }
      }),
    );
  const methods = Object.entries(answers).map(([name, give]) => [name, guard(name, give)]);
  return Object.fromEntries(methods) as ServiceImpl<DescService>;
}

function requireNamed({ service }: Caller, named: readonly string[] = []): void {
  if (!named.includes(service)) throw new ConnectError(`${service} may not ask this`, Code.PermissionDenied);
}

// What no database stores is the caller's fault, in an RPC message as in an argument.
function requireStorable(request: object): void {
  for (const [field, value] of Object.entries(request)) {
    const found = problemWithin(value, field) ?? problemWithMoment(value, field);
    if (!found) continue;
    const { place: argument, reason } = found;
    throw exposed("INVALID_ARGUMENT", `${argument}: ${reason}`, { argument, reason });
  }
}

// The range that google.protobuf.Timestamp promises; its binary form can hold anything.
function problemWithMoment(value: unknown, place: string): Unstorable | null {
  if (!isMessage(value, TimestampSchema)) return null;
  const isMoment =
    value.seconds >= YEAR_1 && value.seconds < YEAR_10000 && value.nanos >= 0 && value.nanos < 1e9;
  return isMoment ? null : { place, reason: "must be within the years 1 to 9999" };
}

const YEAR_1 = -62_135_596_800n;
const YEAR_10000 = 253_402_300_800n;

async function callerOf<C extends Caller>(
  { requestHeader, signal, timeoutMs }: HandlerContext,
  verify: RpcServerOptions<C>["verify"],
): Promise<C> {
  const token = requestHeader.get("x-internal-token");
  if (!token) throw new ConnectError("no internal token", Code.Unauthenticated);
  try {
    return await verify(token, { signal, deadline: Date.now() + (timeoutMs() ?? LIMITS.maxTimeoutMs) });
  } catch (error) {
    throw new ConnectError(
      "the internal token is not good",
      Code.Unauthenticated,
      undefined,
      undefined,
      error,
    );
  }
}

// Between services the internal message stays where it was logged, as it does towards users: only code and args travel.
function toConnectError<C extends Caller>(
  error: unknown,
  { log, messages }: RpcServerOptions<C>,
): ConnectError {
  if (error instanceof ConnectError) return error;
  const known = exposedBehind(error);
  if (known)
    return new ConnectError(known.code, codeOfStatus(statusOf(known, messages)), undefined, [
      errorDetail(known),
    ]);
  log.error({ err: error }, "A question could not be answered");
  return new ConnectError(`trace ${currentTrace()?.traceId}`, Code.Internal);
}

const CODES: Readonly<Record<number, Code>> = {
  400: Code.InvalidArgument,
  401: Code.Unauthenticated,
  403: Code.PermissionDenied,
  404: Code.NotFound,
  409: Code.Aborted,
  422: Code.InvalidArgument,
  503: Code.Unavailable,
};

function codeOfStatus(status: number): Code {
  return CODES[status] ?? Code.Unknown;
}
