import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createServerAdapter } from "@whatwg-node/server";
import { errorResponse, exposed, wrap, type ErrorTable, type ExposedError } from "#shared/errors/exposed.ts";
import type { Log } from "#shared/log/log.ts";
import { watchEventLoop } from "#shared/telemetry/eventLoop.ts";
import { counter, histogram } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import { connectionLimits, limitConnections, type ConnectionLimits } from "./connectionLimits.ts";
import { onePerConnection, type RequestHandler } from "./onePerConnection.ts";
import { RequestPlaces, type RequestLoadShedder } from "./requestPlaces.ts";

/** Answers a request, or says with null that it is not one of its own. */
export type Routes = (request: Request) => Promise<Response> | null;

/** What readiness depends on: true, or what is wrong with it. */
export type Checks = Readonly<Record<string, true | string>>;

/** A server that listens. */
export interface HttpServer {
  /** Where it listens, with the port the system chose when 0 was asked for. */
  readonly url: string;
  /** Takes no new connection, lets requests at hand finish (4 s by default), then closes what is left. */
  close(): Promise<void>;
}

/** Takes over connections that ask for another protocol; they are its own from then on. */
export interface Upgrades {
  /** Whether this is one of its own; any other is answered as the plain request that it is, too. */
  wants(request: IncomingMessage): boolean;
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes connections gracefully: requests under way may take so long; after that none is open. */
  close(seconds: number): Promise<void>;
}

/** What a server is started with. */
export interface ListenOptions {
  port: number;
  host: string;
  routes: Routes;
  /** The first parts of the paths that there are, such as "/graphql": what is measured by name. All others are measured together. */
  paths?: readonly string[] | undefined;
  ready: () => Promise<Checks>;
  log: Log;
  messages?: ErrorTable | undefined;
  drainSeconds?: number | undefined;
  /** Where requests wait before anything of them is read, those for operators aside; none wait without it. */
  loadShedder?: RequestLoadShedder | undefined;
  /** Who takes connections that ask for another protocol; nobody does without it. */
  upgrades?: Upgrades | undefined;
  /** How many connections there may be, and what may wait on them, where it is not what it is by default. */
  limits?: Partial<ConnectionLimits> | undefined;
}

/** Serves the routes, and /healthz and /readyz beside them, with one span and one measurement per request. */
export async function listen(options: ListenOptions): Promise<HttpServer> {
  const { port, host, ready, drainSeconds = 4, loadShedder, upgrades } = options;
  const open = new Set<ServerResponse>();
  let draining = false;
  const own = operatorRoutes(async () => (draining ? { server: "is stopping" } : ready()));
  const places = loadShedder && new RequestPlaces(loadShedder);
  const adapter = adapterOf(options, own, places);
  const begin = (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("x-content-type-options", "nosniff");
    void adapter(request, response);
  };
  const shouldUpgradeCallback = (request: IncomingMessage) => !draining && !!upgrades?.wants(request);
  const handle: RequestHandler = (request, response) => {
    if (!takeTarget(request)) return refuseTarget(response);
    open.add(response);
    response.once("close", () => {
      open.delete(response);
      places?.leave(response);
      if (draining) request.socket.end();
    });
    if (!places || isForOperators(request)) begin(request, response);
    else places.begin(response, () => begin(request, response));
  };
  const server = createServer({ ...TIMES, shouldUpgradeCallback }, onePerConnection(handle));
  const sockets = openSockets(server);
  limitConnections(server, { ...connectionLimits, ...options.limits });
  server.on("upgrade", (request, socket, head) => {
    sockets.delete(request.socket);
    upgrades?.take(request, socket, head);
  });
  const url = await bind(server, port, host);
  return {
    url,
    async close() {
      draining = true;
      await Promise.all([upgrades?.close(drainSeconds), drain({ server, sockets, open }, drainSeconds)]);
    },
  };
}

function adapterOf(
  { routes, paths = [], log, messages = {} }: ListenOptions,
  own: Routes,
  places: RequestPlaces | undefined,
) {
  const named: ReadonlySet<string> = new Set([...operatorPaths, ...paths]);
  return createServerAdapter<{ res?: ServerResponse }>((request: Request, { res }) =>
    measured(request, named, async () => {
      if (res?.req.socket.remoteAddress) rememberAddress(request, res.req.socket.remoteAddress);
      if (res) places?.note(request, res);
      try {
        const answer = await (own(request) ?? routes(request) ?? notFound());
        // Who reads their answer slowly, or not at all, keeps nobody else waiting.
        if (res) places?.leave(res);
        return answer;
      } catch (error) {
        return errorResponse(error, { log, messages });
      }
    }),
  );
}

const TIMES = { requestTimeout: 30_000, keepAliveTimeout: 65_000 };

/** The address of the network that a request came from; undefined for one that came over none. */
export function addressOf(request: Request): string | undefined {
  return (request as FromNetwork)[ADDRESS];
}

/** Notes the address that a request came from, for one that is made of something else that came over the network. */
export function rememberAddress(request: Request, address: string): void {
  (request as FromNetwork)[ADDRESS] = address;
}

// On the request itself: a WeakMap is work for every collection, and this is done for every request.
const ADDRESS = Symbol("the address of the network");
type FromNetwork = Request & { [ADDRESS]?: string };

/** Reads a body of at most `maximumBytes`; more is refused with BODY_TOO_LARGE, before it is all received. */
export async function readBody(request: Request, maximumBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get("content-length") ?? NaN);
  if (announced > maximumBytes) throw tooLarge(maximumBytes);
  // No server takes more than was announced.
  if (announced <= maximumBytes) return request.bytes();
  // Neither iterated nor cancelled: both would close the connection before the refusal is sent.
  const reader = request.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    length += read.value.byteLength;
    if (length > maximumBytes) throw tooLarge(maximumBytes);
    chunks.push(read.value);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

const durations = histogram(
  "http_request_duration_seconds",
  "How long requests took, by the first part of their path",
  ["method", "route", "status"],
);
const refused = counter("http_body_too_large_total", "Requests whose body was larger than allowed");

// What follows the first part of a path may be a secret (a webhook's token). What callers make up has no bounded number of values:
// neither a path nor a method is a label unless it is one that there is.
async function measured(
  request: Request,
  named: ReadonlySet<string>,
  answer: () => Promise<Response>,
): Promise<Response> {
  const first = `/${pathOf(request).split("/", 2)[1] ?? ""}`;
  const route = named.has(first) ? first : "unknown";
  const method = METHODS.has(request.method) ? request.method : "other";
  const startedAt = performance.now();
  const response = await continueTrace(request.headers, () =>
    span(`${method} ${route}`, { "http.request.method": method, "http.route": route }, async (active) => {
      const answered = await answer();
      active.setAttribute("http.response.status_code", answered.status);
      return answered;
    }),
  );
  durations.observe({ method, route, status: response.status }, (performance.now() - startedAt) / 1_000);
  return response;
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

// A process under load still says how it is.
const operatorPaths: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

function isForOperators({ url = "" }: IncomingMessage): boolean {
  return operatorPaths.has(url);
}

function operatorRoutes(ready: () => Promise<Checks>): Routes {
  watchEventLoop();
  return (request) => {
    if (request.method !== "GET") return null;
    const path = pathOf(request);
    if (path === "/healthz") return Promise.resolve(new Response("alive\n"));
    if (path === "/readyz") return answerReadiness(ready);
    return null;
  };
}

async function answerReadiness(ready: () => Promise<Checks>): Promise<Response> {
  const checks = await ready().catch((): Checks => ({ ready: "cannot be told" }));
  const fine = Object.values(checks).every((check) => check === true);
  return Response.json({ ready: fine, checks }, { status: fine ? 200 : 503 });
}

/** The path that a request asks for, as it was sent. */
export function pathOf({ url }: Request): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.slice(start).search(/[?#]/);
  return start === -1 ? "/" : url.slice(start, end === -1 ? undefined : start + end);
}

// RFC 9112, section 3.2: a path, or the whole address that is sent to proxies, of which the path counts. Whatever handles a request
// makes a URL of it and of the host that it names.
function takeTarget(request: IncomingMessage): boolean {
  const { url = "", headers } = request;
  if (/^https?:\/\//i.test(url)) {
    const whole = URL.parse(url);
    if (!whole) return false;
    request.url = whole.pathname + whole.search;
  } else if (!url.startsWith("/")) return false;
  return URL.canParse(`http://${headers.host ?? "localhost"}${request.url}`);
}

function refuseTarget(response: ServerResponse): void {
  response.writeHead(400, { "content-type": "application/json", "x-content-type-options": "nosniff" });
  response.end(JSON.stringify({ message: "The request's target or host is no address." }));
}

/** The answer for what nobody serves. */
export async function notFound(): Promise<Response> {
  return Response.json({ message: "There is nothing here." }, { status: 404 });
}

function tooLarge(maximumBytes: number): ExposedError {
  refused.inc();
  return exposed("BODY_TOO_LARGE", `the body is larger than ${maximumBytes} bytes`, { maximumBytes });
}

function openSockets(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

function bind(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(wrap(error, `listening on ${host}:${port}`)));
    server.listen(port, host, () => {
      const bound = server.address() as AddressInfo;
      const name = host.includes(":") ? `[${host}]` : host;
      resolve(`http://${name}:${bound.port}`);
    });
  });
}

interface Listening {
  server: Server;
  sockets: ReadonlySet<Socket>;
  open: ReadonlySet<ServerResponse>;
}

// Connections without a request are closed at once, also those that never had one: node:http alone would wait for these.
async function drain({ server, sockets, open }: Listening, seconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const finishing = new Set([...open].filter((response) => !isEndless(response)).map(({ socket }) => socket));
  for (const socket of sockets) if (!finishing.has(socket)) socket.destroy();
  const deadline = setTimeout(() => server.closeAllConnections(), seconds * 1_000);
  await closed;
  clearTimeout(deadline);
}

// A stream of events has no end of its own: its reader is disconnected and reconnects to another process.
function isEndless(response: ServerResponse): boolean {
  return /^text\/event-stream|^multipart\/mixed.*subscriptionspec/i.test(
    String(response.getHeader("content-type")),
  );
}
