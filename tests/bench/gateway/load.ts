import { Pool, type Dispatcher } from "undici";

/** What a load saw; latencies in milliseconds, ascending. */
export interface Seen {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly latencies: readonly number[];
}

/** A load: who is asked what, by how many at a time, for how long. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly query: string | (() => string);
  /** Tells a right answer from a failure; any length will do when left out. */
  readonly expectedBytes?: number;
  /** The most requests in a second, of all connections together. */
  readonly perSecond?: number;
}

let sent = 0;

/** Asks once, with an Authorization header that nobody else has. */
export async function askOnce(port: number, query: string): Promise<string> {
  const pool = new Pool(`http://127.0.0.1:${port}`);
  const { body } = await pool.request(requestOf(query));
  const text = await body.text();
  await pool.destroy();
  return text;
}

/** Keeps so many connections busy for so long. */
export async function load({
  port,
  connections,
  seconds,
  query,
  expectedBytes,
  perSecond,
}: Load): Promise<Seen> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections, pipelining: 1 });
  const latencies: number[] = [];
  let [failed, begun] = [0, 0];
  const start = performance.now();
  const end = start + seconds * 1000;
  const client = async () => {
    while (performance.now() < end) {
      begun += 1;
      if (perSecond) await until(start + (begun / perSecond) * 1000);
      const before = performance.now();
      const { status, bytes } = await answerTo(pool, typeof query === "string" ? query : query());
      latencies.push(performance.now() - before);
      if (status !== 200 || (expectedBytes !== undefined && bytes !== expectedBytes)) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const took = (performance.now() - start) / 1000;
  await pool.destroy();
  latencies.sort((one, other) => one - other);
  return { requests: latencies.length, failed, seconds: took, latencies };
}

/** The latency that this share of requests did not exceed, in milliseconds. */
export function percentile({ latencies }: Pick<Seen, "latencies">, share: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
}

function requestOf(query: string): Dispatcher.RequestOptions {
  sent += 1;
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
    authorization: `Bearer ${sent}`,
  };
  return { path: "/graphql", method: "POST", headers, body: JSON.stringify({ query }) };
}

// Counts an answer's bytes without keeping them: the load shares its core with the subgraphs.
function answerTo(pool: Pool, query: string): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve) => {
    let [status, bytes] = [0, 0];
    pool.dispatch(requestOf(query), {
      onRequestStart() {},
      onResponseStart: (_, code) => void (status = code),
      onResponseData: (_, chunk) => void (bytes += chunk.length),
      onResponseEnd: () => resolve({ status, bytes }),
      onResponseError: () => resolve({ status: 0, bytes }),
    });
  });
}

async function until(time: number): Promise<void> {
  const wait = time - performance.now();
  if (wait > 1) await new Promise((over) => setTimeout(over, wait));
}
