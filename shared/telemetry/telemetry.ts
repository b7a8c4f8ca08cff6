import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type ContextManager,
  type Span,
  type SpanContext,
} from "@opentelemetry/api";

let recording = false;

/** Runs `work` as one span of the trace at hand, or of a new one; a failure is recorded on it and thrown on. */
export function span<T>(name: string, attributes: Attributes, work: (span: Span) => T): T {
  if (!recording) return withinSomeTrace(work);
  return trace.getTracer("tocsin").startActiveSpan(name, { attributes }, (active) => {
    return settle(active, () => work(active));
  });
}

/** The trace and span at hand, as every log line names them; undefined outside of any. */
export function currentTrace(): { traceId: string; spanId: string } | undefined {
  return trace.getSpanContext(context.active());
}

/** Writes the trace at hand into `headers` (W3C traceparent), for whoever is called with them; returns the same object. */
export function injectTrace<H extends Headers | Record<string, string>>(headers: H): H {
  const at = trace.getSpanContext(context.active());
  if (!at) return headers;
  const traceparent = `00-${at.traceId}-${at.spanId}-${at.traceFlags.toString(16).padStart(2, "0")}`;
  if (areHeaders(headers)) headers.set("traceparent", traceparent);
  else headers["traceparent"] = traceparent;
  return headers;
}

/** Runs `work` in the trace its caller wrote into `headers`; a missing or malformed one starts none. */
export function continueTrace<T>(headers: Headers | Readonly<Record<string, string>>, work: () => T): T {
  const traceparent = areHeaders(headers)
    ? headers.get("traceparent")
    : (headers as Record<string, string>)["traceparent"];
  const caller = traceparent ? parseTraceparent(traceparent) : undefined;
  return caller ? context.with(trace.setSpanContext(ROOT_CONTEXT, caller), work) : work();
}

// Servers bring a class of headers of their own, which is no Headers but works like it.
function areHeaders(headers: object): headers is Headers {
  return typeof (headers as Partial<Headers>).get === "function";
}

/** Where spans go, and whose they are. */
export interface TelemetryOptions {
  service: string;
  endpoint?: string | undefined;
}

/** Starts sending spans to the OTLP endpoint, when there is one; the SDK is loaded only then. Returns how to flush and stop. */
export async function startTelemetry({ service, endpoint }: TelemetryOptions): Promise<() => Promise<void>> {
  if (!endpoint) return async () => {};
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const url = `${endpoint.replace(/\/$/, "")}/v1/traces`;
  const sdk = new NodeSDK({
    serviceName: service,
    traceExporter: new OTLPTraceExporter({ url }),
    instrumentations: [],
  });
  context.disable();
  sdk.start();
  recording = true;
  return async () => {
    recording = false;
    await sdk.shutdown();
  };
}

// Nobody receives spans, but log lines and errors still name a trace: one context at its root is all that costs.
function withinSomeTrace<T>(work: (span: Span) => T): T {
  const active = trace.getSpan(context.active());
  if (active) return work(active);
  const ids = { traceId: randomHex(16), spanId: randomHex(8), traceFlags: TraceFlags.NONE };
  const root = trace.wrapSpanContext(ids);
  return context.with(trace.setSpan(context.active(), root), () => work(root));
}

function settle<T>(active: Span, work: () => T): T {
  try {
    const result = work();
    if (!(result instanceof Promise)) {
      active.end();
      return result;
    }
    return result.catch((error: unknown) => fail(active, error)).finally(() => active.end()) as T;
  } catch (error) {
    active.end();
    return fail(active, error);
  }
}

function fail(active: Span, error: unknown): never {
  active.recordException(error instanceof Error ? error : String(error));
  active.setStatus({ code: SpanStatusCode.ERROR });
  throw error;
}

function parseTraceparent(text: string): SpanContext | undefined {
  const match = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(text);
  if (!match) return undefined;
  const [, traceId = "", spanId = "", flags = "00"] = match;
  const caller = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  };
  return isSpanContextValid(caller) ? caller : undefined;
}

// Ids of a trace need to be unlike others, not unguessable: one read of the random source serves many of them.
let pool = Buffer.alloc(0);
function randomHex(bytes: number): string {
  if (pool.length < bytes) pool = randomBytes(2_048);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken.toString("hex");
}

const storage = new AsyncLocalStorage<Context>();

// The API alone forgets its context at the first await; this is all of a context manager that this process needs.
const contextManager: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (active, work, thisArg, ...args) => storage.run(active, () => work.apply(thisArg as never, args)),
  bind: (active, target) => {
    if (typeof target !== "function") return target;
    const bound = (...args: unknown[]): unknown =>
      storage.run(active, () => Reflect.apply(target, undefined, args) as unknown);
    return bound as typeof target;
  },
  enable: () => contextManager,
  disable: () => contextManager,
};

context.setGlobalContextManager(contextManager);
