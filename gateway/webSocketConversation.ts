import type { IncomingMessage } from "node:http";
import {
  getOperationAST,
  GraphQLError,
  GraphQLSchema,
  parse,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
} from "graphql";
import { makeServer, type Server } from "graphql-ws";
import type { WebSocket } from "ws";
import { exposedBehind } from "#shared/errors/exposed.ts";
import { losslessReviver } from "#shared/graphql/losslessJson.ts";
import type { Log } from "#shared/log/log.ts";
import { messages } from "./errors.ts";
import { headersOf, requestOf, type SocketOperation } from "./webSocketRequest.ts";
import { RefusedOperation, webSocketResults } from "./webSocketResults.ts";
import type { WebSocketOptions } from "./webSocketOptions.ts";

/** All that is spoken on sockets at the moment. */
export interface Conversations {
  begin(socket: WebSocket, request: IncomingMessage): void;
  /** Sends everybody away once what they wait for is answered; subscriptions are not waited for, and nothing for longer than that. */
  close(seconds: number): Promise<void>;
}

/** Speaks the protocol with each socket that begins. */
export function openConversations(options: WebSocketOptions): Conversations {
  const { log, config, times: { pingSeconds = 12, initSeconds = 10 } = {} } = options;
  const idleSeconds = options.times?.idleSeconds ?? config.SOCKET_IDLE_SECONDS;
  const open = new Set<Conversation>();
  const server = protocol(options, initSeconds);
  return {
    begin(socket, request) {
      const conversation = converse(server, socket, request, { pingSeconds, idleSeconds, log });
      open.add(conversation);
      socket.once("close", () => open.delete(conversation));
    },
    async close(seconds) {
      await Promise.all([...open].map((one) => one.leave("The server restarts", seconds)));
    },
  };
}

/** One socket: its authenticated caller, and the operations under way on it. */
interface Conversation {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly running: Map<string, SocketOperation>;
  headers: Headers;
  /** Closes the socket with a code on which clients come again by themselves, once all but subscriptions is answered. */
  leave(reason: string, seconds: number): Promise<void>;
  /** Looks again at whether there is anything to wait for. */
  settle(): void;
}

const NORMAL_CLOSURE = 1000;
const SERVICE_RESTART = 1012;
const TRY_AGAIN_LATER = 1013;
const FORBIDDEN = 4403;
const TOO_SLOW = 4429;
const MOST_UNSENT_BYTES = 16 * 1024 * 1024;

// What there is to know of an operation is found out where all requests go; the library only needs to know that it gives results.
const NO_SCHEMA = new GraphQLSchema({});
const ANY_OPERATION = parse("subscription { any }", { noLocation: true });

function protocol(options: WebSocketOptions, initSeconds: number): Server<Conversation> {
  const { answer, authentication, config, log, path } = options;
  const most = config.LIMIT_SUBSCRIPTIONS;
  return makeServer<Record<string, unknown>, Conversation>({
    connectionInitWaitTimeout: initSeconds * 1_000,
    jsonMessageReviver: losslessReviver,
    async onConnect({ extra, connectionParams = {} }) {
      extra.headers = headersOf(extra.request, connectionParams, config);
      try {
        await authentication?.authenticate(extra.headers);
        return true;
      } catch (error) {
        const known = exposedBehind(error);
        log.info({ userError: Boolean(known), err: error }, "A socket was refused");
        extra.socket.close(known ? FORBIDDEN : TRY_AGAIN_LATER, known?.code ?? "Try again");
        return false;
      }
    },
    onSubscribe({ extra }, id, payload): ExecutionArgs | GraphQLError[] {
      if (extra.running.size >= most) return [tooMany(most)];
      extra.running.set(id, payload);
      extra.settle();
      return { schema: NO_SCHEMA, document: ANY_OPERATION, contextValue: { extra, operation: payload } };
    },
    subscribe({ contextValue }: ExecutionArgs) {
      const { extra, operation } = contextValue as { extra: Conversation; operation: SocketOperation };
      const { request, headers } = extra;
      const url = `http://${request.headers.host ?? "socket"}${path}`;
      const address = request.socket.remoteAddress;
      return webSocketResults(
        (signal) => answer(requestOf(operation, { headers, url, signal }, address)),
        () => void extra.leave("The graph has changed", config.DEADLINE_MILLISECONDS / 1_000),
      ) as AsyncIterable<ExecutionResult>;
    },
    // Results are plain already.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError(_context, _id, _payload, errors) {
      const originalError = errors[0]?.originalError;
      if (originalError instanceof RefusedOperation) return originalError.errors;
      if (!originalError) return undefined;
      log.error({ err: originalError }, "An operation on a socket failed");
      return [{ message: "Something went wrong on our side.", extensions: { code: "INTERNAL_ERROR" } }];
    },
    onComplete({ extra }, id) {
      extra.running.delete(id);
      extra.settle();
    },
  });
}

function tooMany(maximum: number): GraphQLError {
  const args = { limit: "operations on one connection", maximum };
  const message = messages.LIMIT_EXCEEDED.message(args);
  return new GraphQLError(message, { extensions: { ...args, code: "LIMIT_EXCEEDED" } });
}

function converse(
  server: Server<Conversation>,
  socket: WebSocket,
  request: IncomingMessage,
  { pingSeconds, idleSeconds, log }: { pingSeconds: number; idleSeconds: number; log: Log },
): Conversation {
  const running = new Map<string, SocketOperation>();
  const leaving = leavingOf(socket, () => running);
  const endIfIdle = idling(socket, running, idleSeconds * 1_000);
  const conversation: Conversation = {
    socket,
    request,
    running,
    headers: new Headers(),
    leave: leaving.leave,
    settle() {
      leaving.settle();
      endIfIdle();
    },
  };
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, data),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (read) =>
        socket.on("message", (data: Buffer) => {
          if (!readsWhatItAsksFor(socket)) return;
          read(data.toString("utf8")).catch((error: unknown) => {
            log.info({ err: error }, "A message on a socket could not be taken");
            socket.close(4500, "Internal server error");
          });
        }),
    },
    conversation,
  );
  const stopPinging = ping(socket, pingSeconds * 1_000);
  socket.on("ping", () => readsWhatItAsksFor(socket));
  socket.on("error", (error) => log.debug({ err: error }, "A socket failed"));
  socket.once("close", (code, reason) => {
    stopPinging();
    void Promise.resolve(closed(code, String(reason))).catch((error: unknown) =>
      log.error({ err: error }, "A socket could not be put away"),
    );
  });
  return conversation;
}

// Resolves once it is on its way: whoever sends the next event waits for that, so at most one of each subscription waits here.
function send(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(data, () => resolve());
  });
}

// A client that sends operations and reads no result is disconnected: results that wait take memory.
function readsWhatItAsksFor(socket: WebSocket): boolean {
  if (socket.bufferedAmount <= MOST_UNSENT_BYTES) return true;
  socket.close(TOO_SLOW, "Too much waits to be read");
  socket.terminate();
  return false;
}

function ping(socket: WebSocket, milliseconds: number): () => void {
  let isThere = true;
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate();
    isThere = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, milliseconds);
  timer.unref();
  socket.on("pong", () => (isThere = true));
  socket.on("message", () => (isThere = true));
  return () => clearInterval(timer);
}

/** Ends a socket on which nothing is asked for so long; the answer looks again at whether something is. */
function idling(
  socket: WebSocket,
  running: ReadonlyMap<string, SocketOperation>,
  milliseconds: number,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    clearTimeout(timer);
    if (running.size > 0) return;
    timer = setTimeout(() => {
      socket.close(NORMAL_CLOSURE, "Nothing is asked on this socket");
      setTimeout(() => socket.terminate(), GOOD_BYE_MILLISECONDS).unref();
    }, milliseconds);
    timer.unref();
  };
  socket.once("close", () => clearTimeout(timer));
  look();
  return look;
}

function leavingOf(
  socket: WebSocket,
  running: () => ReadonlyMap<string, SocketOperation>,
): Pick<Conversation, "leave" | "settle"> {
  let reason: string | undefined;
  let deadline: NodeJS.Timeout | undefined;
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  let isGoing = false;
  const go = () => {
    if (isGoing) return;
    isGoing = true;
    clearTimeout(deadline);
    socket.close(SERVICE_RESTART, reason);
    // A client that does not say good-bye in return is not waited for.
    deadline = setTimeout(() => socket.terminate(), GOOD_BYE_MILLISECONDS);
    void gone.then(() => clearTimeout(deadline));
  };
  const settle = () => {
    if (reason !== undefined && [...running().values()].every(isSubscription)) go();
  };
  return {
    settle,
    leave(why, seconds) {
      if (reason === undefined) {
        reason = why;
        deadline = setTimeout(go, seconds * 1_000);
        void gone.then(() => clearTimeout(deadline));
        settle();
      }
      return gone;
    },
  };
}

const GOOD_BYE_MILLISECONDS = 500;

function isSubscription({ query, operationName }: SocketOperation): boolean {
  try {
    const document = parse(query, { noLocation: true, maxTokens: 10_000 });
    return getOperationAST(document, operationName || null)?.operation === "subscription";
  } catch {
    // It is about to be refused, or known by its id alone.
    return false;
  }
}
