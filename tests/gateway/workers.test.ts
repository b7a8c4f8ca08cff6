import { spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import { startProcess, type RunningProcess } from "../support/processes.ts";
import { composed } from "./support/testGraph.ts";

// A gateway of two workers, as `npm run gateway -- --workers 2` starts it.

let folder: string;
let subgraph: Server;
let held: (() => void)[];
let isHeld = false;
let database: TestDatabase;
let gateway: RunningProcess | undefined;
let url: string;
let metricsUrl: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "workers-"));
  [held, isHeld] = [[], false];
  subgraph = createServer((request, response) => {
    const answer = () => response.end('{"data":{"a":1,"b":2}}');
    request.resume().on("end", () => (isHeld ? held.push(answer) : answer()));
  });
  await new Promise<void>((ready) => subgraph.listen(0, "127.0.0.1", ready));
  await publish("a: Int");
});
afterEach(async () => {
  for (const answer of held) answer();
  await gateway?.stop();
  gateway = undefined;
  subgraph.closeAllConnections();
  subgraph.close();
  await rm(folder, { recursive: true });
});

async function publish(fields: string): Promise<void> {
  const { port } = subgraph.address() as AddressInfo;
  const text = composed([{ name: "one", typeDefs: `type Query { ${fields} }` }]);
  const file = join(folder, "supergraph.graphql");
  await writeFile(
    `${file}.new`,
    text.replace("http://one.invalid/graphql", `http://127.0.0.1:${port}/graphql`),
  );
  await rename(`${file}.new`, file);
}

async function start(env: Record<string, string> = {}): Promise<RunningProcess> {
  const settings = {
    NODE_ENV: "test",
    PORT: "0",
    SUPERGRAPH: join(folder, "supergraph.graphql"),
    SUPERGRAPH_POLL_SECONDS: "1",
    ...env,
  };
  gateway = await startProcess("gateway/main.ts", settings, /The gateway serves/, {
    args: ["--workers", "2"],
  });
  const said = /"url":"([^"]+)","metrics":"([^"]+)"/.exec(gateway.output());
  [, url = "", metricsUrl = ""] = said ?? [];
  return gateway;
}

// On a connection of its own, which may be any worker's.
async function ask(query: string): Promise<unknown> {
  const headers = { "content-type": "application/json", connection: "close" };
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function metric(line: RegExp): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return Number(new RegExp(`^${line.source} (\\S+)$`, "m").exec(text)?.[1]);
}

const answered = () => metric(/gateway_operation_duration_seconds_count\{kind="query",outcome="answered"\}/);
const workersOf = (process: RunningProcess) =>
  [...process.output().matchAll(/"worker":(\d+)/g)].map(([, worker]) => worker);

it("counts on one endpoint what all workers did, also one that is gone, and replaces it", async () => {
  const process = await start();
  for (let time = 0; time < 10; time++) expect(await ask("{ a }")).toEqual({ data: { a: 1 } });
  expect(await answered()).toBe(10);
  expect(await metric(/gateway_workers/)).toBe(2);
  const pids = workerPids(process);
  globalThis.process.kill(pids[0]!, "SIGKILL");
  await expect.poll(() => metric(/gateway_workers_ended_total/)).toBe(1);
  await expect.poll(() => workerPids(process).length).toBe(2);
  await expect.poll(() => metric(/gateway_supergraphs_total\{outcome="served"\}/)).toBe(3);
  for (let time = 0; time < 10; time++) expect(await ask("{ a }")).toEqual({ data: { a: 1 } });
  expect(await answered()).toBe(20);
  expect(workersOf(process)).toHaveLength(1);
});

it("serves a newer supergraph with all workers", async () => {
  await start();
  expect(await ask("{ b }")).toMatchObject({ errors: [{}] });
  await publish("a: Int b: Int");
  await expect.poll(() => metric(/gateway_supergraphs_total\{outcome="served"\}/)).toBe(4);
  for (let time = 0; time < 10; time++) expect(await ask("{ b }")).toEqual({ data: { b: 2 } });
});

it("stops when it is told to, once what is asked is answered", async () => {
  const process = await start();
  isHeld = true;
  const answers = Array.from({ length: 4 }, () => ask("{ a }"));
  await expect.poll(() => held.length).toBe(4);
  const pids = workerPids(process);
  const stopped = process.stop();
  await expect.poll(() => ask("{ a }").catch(() => "refused")).toBe("refused");
  for (const answer of held) answer();
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 4 }, () => ({ data: { a: 1 } })));
  await stopped;
  expect(process.child.exitCode).toBe(0);
  for (const pid of pids) expect(() => globalThis.process.kill(pid, 0)).toThrow("ESRCH");
});

it("stores what all workers were asked over one connection", async () => {
  await start({ USAGE_DATABASE_URL: database.urlOf("gateway"), USAGE_FLUSH_SECONDS: "1" });
  for (let time = 0; time < 10; time++) await ask("query Counted { a }");
  const counted = () =>
    database.query<{ sum: number }>(
      "select coalesce(sum(count), 0)::int as sum from gateway.operation_use join gateway.operation using (hash) where name = 'Counted'",
    );
  await expect.poll(async () => (await counted())[0]?.sum).toBe(10);
  const connected = await database.query(
    "select from pg_stat_activity where application_name = 'tocsin usage' and datname = current_database()",
  );
  expect(connected).toHaveLength(1);
});

it("does not start when a worker cannot, and says why", async () => {
  await expect(start({ AUTH_PROVIDER: "oidc" })).rejects.toThrow(/AUTH_ISSUER/);
  await writeFile(join(folder, "supergraph.graphql"), "type Query { a: Int }");
  await expect(start()).rejects.toThrow(/ended with 1/);
  await expect(start({ CALLBACK_URL: "http://127.0.0.1:1/callback" })).rejects.toThrow(/1 with CALLBACK_URL/);
});

// As the operating system has them.
function workerPids({ child }: RunningProcess): number[] {
  const { stdout } = spawnSync("pgrep", ["-P", String(child.pid)], { encoding: "utf8" });
  return stdout.trim().split("\n").filter(Boolean).map(Number);
}
