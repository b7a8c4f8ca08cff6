import { Pool } from "undici";
import { query } from "./workload.ts";

/** What a load saw. */
export interface Seen {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
}

let sent = 0;

/** Asks the workload's query once. */
export async function askOnce(pool: Pool): Promise<string> {
  sent += 1;
  const response = await pool.request({
    path: "/graphql",
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      authorization: `Bearer ${sent}`,
    },
    body: JSON.stringify({ query }),
  });
  return response.body.text();
}

/** Keeps so many connections busy for so long; the answer's length tells a right answer from a failure. */
export async function load(
  port: number,
  connections: number,
  seconds: number,
  expectedLength: number,
): Promise<Seen> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections, pipelining: 1 });
  const latencies: number[] = [];
  let failed = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const client = async () => {
    while (performance.now() < end) {
      const before = performance.now();
      const text = await askOnce(pool);
      latencies.push(performance.now() - before);
      if (text.length !== expectedLength) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const took = (performance.now() - start) / 1000;
  await pool.destroy();
  latencies.sort((one, other) => one - other);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    requests: latencies.length,
    failed,
    seconds: took,
    p50Milliseconds: at(0.5),
    p95Milliseconds: at(0.95),
  };
}
