import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { request } from "undici";

/** What is attacked, and as whom. */
export interface Target {
  readonly url: string;
  readonly metricsUrl: string;
  readonly tenantId: string;
  readonly token: string;
  readonly webhook: string;
}

/** One kind of attack: it goes on until the signal, and counts what was answered. */
export type Attack = (target: Target, signal: AbortSignal, count: (what: string) => void) => Promise<void>;

/** Everything that one tenant does at once to whoever is served by the same process. */
export const attacks: Readonly<Record<string, Attack>> = {
  "alerts that page somebody who never answers": everyMilliseconds(500, async ({ url, webhook }, nth) => {
    return post(`${url}${webhook}`, { title: `Never answered ${nth}` });
  }),
  "payloads of 5,000 alerts": everyMilliseconds(2_000, async ({ url, webhook }, nth) => {
    const alerts = Array.from({ length: 5_000 }, (_, index) => ({ title: `Flood ${nth} ${index}` }));
    return post(`${url}${webhook}`, alerts);
  }),
  "the heaviest reads that are let through": inParallel(4, async ({ url, ...as }) => ask(url, as, HEAVY)),
  "answers that nobody reads": inParallel(20, leaveUnread),
  "methods, paths and operation names that are new each time": everyMilliseconds(20, async (target, nth) => {
    const path = `${target.url}/${crypto.randomUUID()}`;
    const { statusCode, body } = await request(path, { method: nth % 2 ? "OPTIONS" : "DELETE" });
    await body.dump();
    if (nth % 250 === 0) await (await request(target.metricsUrl)).body.dump();
    return String(statusCode);
  }),
};

const HEAVY = `query Heavy {
  incidents(first: 50) { nodes { number title state severity
    alerts(first: 20) { nodes { id title labels { name value } events(first: 5) { nodes { title receivedAt } } } }
    timeline(first: 20) { nodes { occurredAt message } } } }
}`;

function everyMilliseconds(pause: number, attempt: (target: Target, nth: number) => Promise<string>): Attack {
  return async (target, signal, count) => {
    for (let nth = 0; !signal.aborted; nth++) {
      const before = performance.now();
      count(await attempt(target, nth).catch(noAnswer));
      await wait(Math.max(0, pause - (performance.now() - before)), undefined, { signal }).catch(
        () => undefined,
      );
    }
  };
}

function inParallel(many: number, attempt: (target: Target, signal: AbortSignal) => Promise<string>): Attack {
  return async (target, signal, count) => {
    const one = async () => {
      while (!signal.aborted) {
        count(await attempt(target, signal).catch(noAnswer));
        await wait(5);
      }
    };
    await Promise.all(Array.from({ length: many }, one));
  };
}

function noAnswer(error: unknown): string {
  return `no answer (${(error as { code?: string }).code ?? String(error)})`;
}

async function post(url: string, body: object): Promise<string> {
  const { statusCode, body: answer } = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await answer.dump();
  return String(statusCode);
}

async function ask(url: string, as: Pick<Target, "token" | "tenantId">, query: string): Promise<string> {
  const { statusCode, body } = await request(`${url}/graphql`, { method: "POST", ...asking(as, query) });
  const text = await body.text();
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  return code ?? String(statusCode);
}

function asking({ token, tenantId }: Pick<Target, "token" | "tenantId">, query: string) {
  return {
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      "x-tenant-id": tenantId,
    },
    body: JSON.stringify({ query }),
  };
}

// The same request again and again on one connection, of which not a byte is read, for ten seconds or until it is ended.
async function leaveUnread(target: Target, signal: AbortSignal): Promise<string> {
  const { hostname, port } = new URL(target.url);
  const { headers, body } = asking(target, HEAVY);
  const lines = Object.entries({ host: hostname, ...headers, "content-length": Buffer.byteLength(body) });
  const message = `POST /graphql HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
  const socket = connect(Number(port), hostname);
  socket.pause();
  const ended = new Promise<string>((resolve) => {
    socket.once("close", () => resolve("ended by the other side"));
    socket.once("error", () => resolve("ended by the other side"));
    setTimeout(resolve, 10_000, "left after 10 s").unref();
    signal.addEventListener("abort", () => resolve("left in the end"), { once: true });
  });
  for (let nth = 0; nth < 10; nth++) socket.write(message);
  const how = await ended;
  socket.destroy();
  return how;
}
