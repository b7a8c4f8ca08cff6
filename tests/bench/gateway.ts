import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { askOnce, load, type Seen } from "./gateway/load.ts";
import { supergraphAt } from "./gateway/workload.ts";

// npm run bench:gateway -- [--seconds 5] [--rounds 3] [--connections 50] [--only ours,floor]
// Each contender has core 0 to itself, subgraphs and load share core 1, and the contenders take turns round by round.
const option = (name: string, fallback: string) => {
  const index = process.argv.indexOf(`--${name}`);
  return index > 0 ? (process.argv[index + 1] ?? fallback) : fallback;
};
const seconds = Number(option("seconds", "5"));
const rounds = Number(option("rounds", "3"));
const connections = Number(option("connections", "50"));
const contenders = option("only", "stock,ours,product,floor").split(",");

interface Usage {
  readonly cpuMilliseconds: number;
  readonly rssBytes: number;
}

interface Measured extends Seen {
  readonly cpuPerRequest: number;
  readonly rssMegabytes: number;
  readonly callsPerRequest: number;
}

function start(core: number, file: string, ...args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(`gateway/${file}.ts`, import.meta.url));
  const command = ["-c", String(core), process.execPath, "--max-semi-space-size=32", path, ...args];
  return spawn("taskset", command, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production" },
  });
}

function told<T>(child: ChildProcess, question?: string): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    const onExit = (code: number | null) => reject(new Error(`a contender ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", () => child.off("exit", onExit));
    if (question) child.send(question);
  });
}

const subgraphs = start(1, "subgraphServers");
const { urls } = await told<{ urls: Record<string, string> }>(subgraphs);
const supergraphFile = join(mkdtempSync(join(tmpdir(), "bench-")), "supergraph.graphql");
writeFileSync(
  supergraphFile,
  supergraphAt((name) => urls[name] ?? ""),
);

const running = new Map<string, { child: ChildProcess; port: number; measured: Measured[] }>();
for (const name of contenders) {
  const child = start(0, name, supergraphFile);
  const { port } = await told<{ port: number }>(child);
  running.set(name, { child, port, measured: [] });
}

const callsSoFar = async () => (await told<{ calls: number }>(subgraphs, "calls")).calls;
let answer: string | undefined;
for (const [name, { port }] of running) {
  const pool = new Pool(`http://127.0.0.1:${port}`);
  const before = await callsSoFar();
  const text = await askOnce(pool);
  console.log(`${name}: ${text.length} bytes, ${(await callsSoFar()) - before} subgraph calls`);
  answer ??= text;
  if (text !== answer) throw new Error(`${name} answers otherwise than ${contenders[0]}`);
  await pool.destroy();
}
console.log("all answers are the same, byte by byte");

for (const { port } of running.values())
  await load(port, connections, Math.min(2, seconds), answer?.length ?? 0);
for (let round = 0; round < rounds; round++) {
  for (const entry of running.values()) {
    const calls = await callsSoFar();
    const before = await told<Usage>(entry.child, "usage");
    const seen = await load(entry.port, connections, seconds, answer?.length ?? 0);
    const after = await told<Usage>(entry.child, "usage");
    entry.measured.push({
      ...seen,
      cpuPerRequest: (after.cpuMilliseconds - before.cpuMilliseconds) / seen.requests,
      rssMegabytes: after.rssBytes / 1024 / 1024,
      callsPerRequest: ((await callsSoFar()) - calls) / seen.requests,
    });
  }
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rows = [...running].map(([name, { measured }]) => ({
  gateway: name,
  "requests/s": median(measured.map((one) => one.requests / one.seconds)).toFixed(0),
  "CPU-ms/request": median(measured.map((one) => one.cpuPerRequest)).toFixed(3),
  "p50 ms": median(measured.map((one) => one.p50Milliseconds)).toFixed(1),
  "p95 ms": median(measured.map((one) => one.p95Milliseconds)).toFixed(1),
  "memory MB": median(measured.map((one) => one.rssMegabytes)).toFixed(0),
  "calls/request": median(measured.map((one) => one.callsPerRequest)).toFixed(1),
  failed: measured.reduce((sum, one) => sum + one.failed, 0),
}));
console.table(rows);
const cpuOf = (name: string) => Number(rows.find((row) => row.gateway === name)?.["CPU-ms/request"] ?? NaN);
console.log(
  `stock / ours = ${(cpuOf("stock") / cpuOf("ours")).toFixed(1)}   ours / floor = ${(cpuOf("ours") / cpuOf("floor")).toFixed(2)}`,
);
for (const { child } of running.values()) child.disconnect();
subgraphs.disconnect();
