import { isAscii } from "node:buffer";
import { Pool, type Dispatcher } from "undici";
import { EventTooLargeError, readServerSentResults } from "#shared/graphql/serverSentResults.ts";
import {
  type Cancellation,
  SubgraphFailure,
  type DataSource,
  type SubgraphAnswer,
  type SubgraphEvent,
  type SubgraphRequest,
} from "../contract.ts";
import { isPrintable } from "./printable.ts";
import { readAnswer } from "./subgraphAnswer.ts";

export interface HttpDataSourceOptions {
  readonly connections?: number;
  readonly connectTimeoutMilliseconds?: number;
  /** The longest answer taken, in bytes. */
  readonly mostAnswerBytes?: number;
}

const connectFailures: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A subgraph over HTTP: one keep-alive pool, no request objects in between. A query that finds no connection is tried once more. */
export function httpDataSource(url: string, options: HttpDataSourceOptions = {}): DataSource {
  const {
    connections = 64,
    connectTimeoutMilliseconds = 2_000,
    mostAnswerBytes = 16 * 1024 * 1024,
  } = options;
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    connect: { timeout: connectTimeoutMilliseconds },
    // Deadlines are the request's own; these would only cut short a stream or a long query.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  // Streams stay open: they must not take the places of requests.
  const streams = new Pool(origin, {
    connect: { timeout: connectTimeoutMilliseconds },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const path = pathname + search;
  return {
    honorsCancellation: true,
    execute: (request) =>
      new Promise((resolve, reject) => {
        const post = (onFailure: (failure: unknown) => void) => {
          const handler = new AnswerHandler(request, mostAnswerBytes, resolve, onFailure);
          const { bodyText: body } = request;
          pool.dispatch({ path, method: "POST", headers: headersOf(request), body }, handler);
        };
        post((failure) => (isRetryable(request, failure) ? post(reject) : reject(failure)));
      }),
    subscribe: (request) => eventsOf(streams, path, request),
    isThere: ({ headers }) => answersAtOnce(streams, path, headers),
    close: async () => void (await Promise.all([pool.destroy(), streams.destroy()])),
  };
}

// Not by the pool, whose connections may all wait for something heavy.
async function answersAtOnce(pool: Pool, path: string, headers: Record<string, string>): Promise<boolean> {
  const body = '{"query":"{ __typename }"}';
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  try {
    const asked = { ...headers, "content-type": "application/json" };
    const response = await pool.request({ path, method: "POST", headers: asked, body, signal });
    readAnswer({ status: response.statusCode, text: await response.body.text() }, "");
    return response.statusCode < 500;
  } catch {
    return false;
  }
}

const PATIENCE_MILLISECONDS = 1_000;

function isRetryable({ operationKind, cancellation }: SubgraphRequest, failure: unknown): boolean {
  if (operationKind !== "query" || cancellation.reason) return false;
  const cause = failure instanceof SubgraphFailure ? failure.cause : undefined;
  return cause instanceof Error && "code" in cause && connectFailures.has(String(cause.code));
}

async function* eventsOf(
  streams: Pool,
  path: string,
  request: SubgraphRequest,
): AsyncGenerator<SubgraphEvent, void> {
  const headers = { ...request.headers, "content-type": "application/json", accept: "text/event-stream" };
  const { signal, bodyText: body } = request;
  const response = await streams.request({ path, method: "POST", headers, body, signal });
  if (!String(response.headers["content-type"]).startsWith("text/event-stream")) {
    const { data, errors } = readAnswer(
      { status: response.statusCode, text: await response.body.text() },
      "",
    );
    yield { data, errors };
    return;
  }
  try {
    yield* readServerSentResults(response.body) as AsyncGenerator<SubgraphEvent, void>;
  } catch (error) {
    throw error instanceof EventTooLargeError
      ? new SubgraphFailure("tooLarge", "sent too large an event", { cause: error })
      : error;
  }
}

function headersOf(request: SubgraphRequest): string[] {
  const headers = [
    "content-type",
    "application/json",
    "accept",
    "application/graphql-response+json, application/json",
  ];
  for (const name in request.headers) headers.push(name, request.headers[name] as string);
  return headers;
}

const NO_BYTES = Buffer.alloc(0);
const LINE_FEED = 10;

function withoutLineEnd(bytes: Buffer): Buffer {
  return bytes.at(-1) === LINE_FEED ? bytes.subarray(0, -1) : bytes;
}

/** Collects one answer's bytes, until there is no need of them. */
class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #cancellation: Cancellation;
  readonly #fetched: SubgraphRequest["fetched"];
  readonly #mostBytes: number;
  readonly #resolve: (answer: SubgraphAnswer) => void;
  readonly #reject: (failure: unknown) => void;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(
    { cancellation, fetched }: SubgraphRequest,
    mostBytes: number,
    resolve: (answer: SubgraphAnswer) => void,
    reject: (failure: unknown) => void,
  ) {
    this.#cancellation = cancellation;
    this.#fetched = fetched;
    this.#mostBytes = mostBytes;
    this.#resolve = resolve;
    this.#reject = reject;
    cancellation.on(this.#end);
  }

  // While it waits for a connection there is nothing to abort yet, and whoever asked does not wait for that.
  readonly #end = (reason: SubgraphFailure): void => {
    this.#controller?.abort(reason);
    this.#reject(reason);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    const { reason } = this.#cancellation;
    if (reason) controller.abort(reason);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, unknown>,
  ): void {
    this.#status = status;
    if (Number(headers["content-length"]) > this.#mostBytes) this.#tooLarge(controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#mostBytes) return this.#tooLarge(controller);
    try {
      this.#fetched?.(chunk.length);
    } catch {
      // What is too much ends the whole request, this one with it.
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#settle();
    const [first = NO_BYTES] = this.#chunks;
    const bytes = withoutLineEnd(this.#chunks.length > 1 ? Buffer.concat(this.#chunks, this.#bytes) : first);
    const hasOnlyAscii = isAscii(bytes);
    const text = bytes.toString(hasOnlyAscii ? "latin1" : "utf8");
    this.#resolve({ status: this.#status, text, isAscii: hasOnlyAscii, isPrintable: isPrintable(bytes) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle();
    this.#reject(
      error instanceof SubgraphFailure
        ? error
        : new SubgraphFailure("unreachable", "broke off", { cause: error }),
    );
  }

  #tooLarge(controller: Dispatcher.DispatchController): void {
    controller.abort(new SubgraphFailure("tooLarge", `answered with more than ${this.#mostBytes} bytes`));
  }

  #settle(): void {
    this.#cancellation.off(this.#end);
  }
}
