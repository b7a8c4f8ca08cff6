import { randomBytes } from "node:crypto";
import {
  context,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Span,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";

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
  propagator.inject(context.active(), headers, setter);
  return headers;
}

/** Runs `work` in the trace its caller wrote into `headers`; a missing or malformed one starts none. */
export function continueTrace<T>(headers: Headers | Readonly<Record<string, string>>, work: () => T): T {
  const caller = propagator.extract(ROOT_CONTEXT, headers, getter);
  return caller === ROOT_CONTEXT ? work() : context.with(caller, work);
}

// Servers bring a class of headers of their own, which is no Headers but works like it.
function areHeaders(headers: Carrier): headers is Headers {
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
  const { tracerProvider } = await import("./tracerProvider.ts");
  const provider = tracerProvider({ service, endpoint });
  trace.setGlobalTracerProvider(provider);
  recording = true;
  return async () => {
    recording = false;
    trace.disable();
    await provider.shutdown();
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

// Ids of a trace need to be unlike others, not unguessable: one read of the random source serves many of them.
let pool = Buffer.alloc(0);
function randomHex(bytes: number): string {
  if (pool.length < bytes) pool = randomBytes(2_048);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken.toString("hex");
}

type Carrier = Headers | Readonly<Record<string, string>>;

const propagator: TextMapPropagator<Carrier> = new W3CTraceContextPropagator();

const setter: TextMapSetter<Carrier> = {
  set(carrier, name, value) {
    if (areHeaders(carrier)) carrier.set(name, value);
    else (carrier as Record<string, string>)[name] = value;
  },
};

const getter: TextMapGetter<Carrier> = {
  get: (carrier, name) => (areHeaders(carrier) ? (carrier.get(name) ?? undefined) : carrier[name]),
  keys: (carrier) => [...(areHeaders(carrier) ? carrier.keys() : Object.keys(carrier))],
};

// The API alone forgets its context at the first await.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
