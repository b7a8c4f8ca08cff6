import { AsyncLocalStorage } from "node:async_hooks";
import { pino, type DestinationStream, type Logger } from "pino";
import { currentTrace } from "#shared/telemetry/telemetry.ts";

/** A log: structured fields first, then a sentence. */
export type Log = Logger;

/** The options of a log. */
export interface LogOptions {
  service: string;
  level?: string | undefined;
  /** Short lines for a person at a terminal instead of JSON. */
  pretty?: boolean | undefined;
  /** Where lines go; standard output unless given. */
  destination?: DestinationStream | undefined;
}

/** The log of a process: JSON lines, each with the service, the trace, the span and the tenant it is about. */
export function createLog({ service, level = "info", pretty = false, destination }: LogOptions): Log {
  const options = {
    level,
    base: { service },
    mixin: whereWeAre,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRETS, censor: "[hidden]" },
  };
  const lines = destination ?? pino.destination({ dest: 1, sync: true });
  return pino(options, pretty ? readable(lines) : lines);
}

const SECRETS = ["authorization", "cookie", "password", "secret", "token"].flatMap((name) => [
  name,
  `*.${name}`,
  `headers.${name}`,
]);

const tenants = new AsyncLocalStorage<string>();

/** Runs `work` so that each line logged within, however deep, names the tenant. */
export function withTenant<T>(tenantId: string, work: () => T): T {
  return tenants.run(tenantId, work);
}

function whereWeAre(): object {
  const trace = currentTrace();
  const tenant = tenants.getStore();
  return {
    ...(trace && { trace_id: trace.traceId, span_id: trace.spanId }),
    ...(tenant && { tenant }),
  };
}

/** The levels a rate-limited log speaks. */
export interface RateLimitedLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** How often a message is said; `now` in seconds is the process's uptime unless given. */
export interface RateLimit {
  perSeconds: number;
  now?: () => number;
}

/** A log that says each message once in `perSeconds`, and then also how many times it kept quiet (`swallowed`). */
export function rateLimited(log: Log, { perSeconds, now = uptime }: RateLimit): RateLimitedLog {
  const messages = new Map<string, { saidAt: number; swallowed: number }>();
  const say = (level: "info" | "warn" | "error") => (fields: object, message: string) => {
    const last = messages.get(message);
    if (last && now() - last.saidAt < perSeconds) {
      last.swallowed += 1;
      return;
    }
    log[level](last?.swallowed ? { ...fields, swallowed: last.swallowed } : fields, message);
    messages.set(message, { saidAt: now(), swallowed: 0 });
  };
  return { info: say("info"), warn: say("warn"), error: say("error") };
}

function uptime(): number {
  return performance.now() / 1_000;
}

// Enough for eyes; whoever wants colours or filters reads the JSON lines.
function readable(lines: DestinationStream): DestinationStream {
  return {
    write(line) {
      const written = JSON.parse(line) as Record<string, unknown> & { err?: { stack?: string } };
      const { time, level, msg, service, trace_id: _trace, span_id: _span, err, ...fields } = written;
      const start = [String(time).slice(11, 23), level, `${String(service)}:`, msg].join(" ");
      const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : "";
      const stack = err?.stack ? `\n${err.stack}` : "";
      lines.write(`${start}${rest}${stack}\n`);
    },
  };
}
