import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { Pool } from "undici";
import { freePort } from "../../standalone/freePort.ts";
import { createHttpSource, pageEverybodyAt, signInToDemo } from "../support/demo.ts";
import { eventually, startProcess, type RunningProcess } from "../support/processes.ts";
import { measureDearest } from "./dearest.ts";
import { measureRouting } from "./routing.ts";
import { measureQueues } from "./queues.ts";
import { row, summary, type Figure } from "./figures.ts";

// npm run bench: what one process with its embedded PostgreSQL does on this machine, fsync on. It reports; it fails nobody.

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 10);
const CONNECTIONS = 50;
const PAGES_A_SECOND = 50;
const TIMERS = 10_000;

const folder = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
chmodSync(folder, 0o755);
const arrivals = new Map<string, number>();
const pager = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const page = JSON.parse(Buffer.concat(chunks).toString()) as { incident: { title: string } };
    if (!arrivals.has(page.incident.title)) arrivals.set(page.incident.title, performance.now());
    response.end();
  });
});
await new Promise<void>((resolve) => pager.listen(0, "127.0.0.1", resolve));

const figures: Figure[] = [];
const [port, metricsPort] = [await freePort(), await freePort()];
const env = {
  PORT: String(port),
  METRICS_PORT: String(metricsPort),
  DATA_FOLDER: join(folder, "data"),
  LOG_LEVEL: "silent",
  // What is measured is how fast pages are sent, not how many are let through.
  PAGES_PER_MINUTE: "1000000",
};

say("first start: making the data folder");
await (await start()).stop();
say("second start: the data folder exists");
const startedAt = performance.now();
const tocsin = await start();
figures.push({
  what: "start to ready, data folder exists",
  value: performance.now() - startedAt,
  unit: "ms",
  goal: "< 5,000",
});

try {
  const { storm, single } = await prepare(tocsin);
  await measureAccepting(storm);
  await measurePages(single);
  await measureTimers();
  measureMemory(tocsin);
  const ask = await signInToDemo(tocsin, port);
  const url = `http://127.0.0.1:${port}`;
  say("asking the dearest operation that is let through");
  figures.push(...(await measureDearest({ ask, url, pid: tocsin.child.pid! })));
  say("routing many alerts by many patterns");
  figures.push(
    ...(await measureRouting(ask, { url, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics` })),
  );
} finally {
  await tocsin.stop();
  pager.close();
  pager.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
say("measuring batches, and a tenant beside another's flood");
figures.push(...(await measureQueues()));
process.stdout.write(`\n${summary(figures, availableParallelism())}\n`);

function start(): Promise<RunningProcess> {
  return startProcess("standalone/main.ts", env, /Tocsin is ready/);
}

async function measureAccepting(webhook: string): Promise<void> {
  say(`accepting alerts over ${CONNECTIONS} connections for ${SECONDS} s`);
  const client = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const latencies: number[] = [];
  const refusals: number[] = [];
  const end = performance.now() + SECONDS * 1_000;
  let count = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const body = JSON.stringify({
        title: `Storm ${count}`,
        dedupKey: `storm ${count++}`,
        labels: { cluster: "eu" },
      });
      const before = performance.now();
      const { statusCode, body: answer } = await client.request({ method: "POST", path: webhook, body });
      await answer.dump();
      if (statusCode === 202) latencies.push(performance.now() - before);
      else refusals.push(statusCode);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  await client.close();
  figures.push({
    what: "alerts accepted",
    value: latencies.length / SECONDS,
    unit: "a second",
    goal: "1,000, at least 300",
  });
  figures.push(...row("accepting an alert", latencies, "p99 < 250"));
  if (refusals.length)
    figures.push({ what: "alerts refused", value: refusals.length, unit: "in all", goal: "0" });
  say("waiting until the storm is worked off");
  const worked = performance.now();
  await withDatabase((database) =>
    eventually(
      async () =>
        (await database.query<{ left: number }>("select count(*)::int as left from process.command")).rows[0]!
          .left,
      (left) => left === 0,
      300,
    ),
  );
  figures.push({
    what: "working off what was accepted, afterwards",
    value: performance.now() - worked,
    unit: "ms",
    goal: "",
  });
}

async function measurePages(webhook: string): Promise<void> {
  say(`paging about ${PAGES_A_SECOND} alerts a second for ${SECONDS} s`);
  const client = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const acceptedAt = new Map<string, number>();
  const posting: Promise<void>[] = [];
  for (let index = 0; index < PAGES_A_SECOND * SECONDS; index++) {
    const title = `Page ${index}`;
    posting.push(
      client
        .request({ method: "POST", path: webhook, body: JSON.stringify({ title }) })
        .then(async ({ body }) => {
          await body.dump();
          acceptedAt.set(title, performance.now());
        }),
    );
    await wait(1_000 / PAGES_A_SECOND);
  }
  await Promise.all(posting);
  await eventually(
    () => [...acceptedAt.keys()].filter((title) => !arrivals.has(title)).length,
    (left) => left === 0,
    60,
  );
  await client.close();
  const delays = [...acceptedAt].map(([title, at]) => arrivals.get(title)! - at);
  figures.push(...row("accepted to page handed over", delays, "p99 < 1,000"));
}

// Timers of pages that do not exist: each is claimed, looked at and done with as any other.
async function measureTimers(): Promise<void> {
  say(`waking ${TIMERS} timers, spread over ${SECONDS} s`);
  await withDatabase(async (database) => {
    const before = await lateness();
    await database.query(
      `insert into process.timer (tenant_id, kind, subject_id, due_at)
       select (select id from identity.tenant limit 1), 'page', gen_random_uuid(), process.now() + make_interval(secs => 1 + random() * $1)
       from generate_series(1, $2)`,
      [SECONDS, TIMERS],
    );
    await eventually(
      async () =>
        (
          await database.query<{ left: number }>(
            "select count(*)::int as left from process.timer where kind = 'page'",
          )
        ).rows[0]!.left,
      (left) => left === 0,
      120,
    );
    const after = await lateness();
    for (const share of [0.5, 0.99]) {
      const value = quantile(before, after, share) * 1_000;
      const goal = share === 0.99 ? "p99 < 1,000" : "";
      figures.push({
        what: `lateness of timers, ${TIMERS.toLocaleString("en")} pending, p${share * 100} (bucket)`,
        value,
        unit: "ms",
        goal,
      });
    }
  });
}

function measureMemory({ child }: RunningProcess): void {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024;
  figures.push({
    what: "memory of the process after the run",
    value: megabytes("VmRSS"),
    unit: "MB",
    goal: "< 400",
  });
  figures.push({
    what: "memory of the process at its most",
    value: megabytes("VmHWM"),
    unit: "MB",
    goal: "",
  });
}

/** How many timers were at most so late, by the bucket's upper bound in seconds. */
async function lateness(): Promise<Map<number, number>> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const lines = [...text.matchAll(/^process_timer_lateness_seconds_bucket\{([^}]*)\} (\d+)/gm)];
  const ofPages = lines.filter(([, labels]) => labels!.includes('kind="page"'));
  return new Map(
    ofPages.map(([, labels, count]) => {
      const bound = /le="([^"]+)"/.exec(labels!)![1]!;
      return [bound === "+Inf" ? Infinity : Number(bound), Number(count)];
    }),
  );
}

function quantile(before: Map<number, number>, after: Map<number, number>, share: number): number {
  const counts = [...after].map(([bound, count]) => [bound, count - (before.get(bound) ?? 0)] as const);
  const total = Math.max(...counts.map(([, count]) => count));
  return counts.sort(([one], [other]) => one - other).find(([, count]) => count >= total * share)?.[0] ?? NaN;
}

async function withDatabase<T>(work: (database: pg.Client) => Promise<T>): Promise<T> {
  const home = join(folder, "data", "postgres");
  const password = readFileSync(join(home, "password"), "utf8");
  const serverPort = readFileSync(join(home, "data", "postmaster.pid"), "utf8").split("\n")[3];
  const client = new pg.Client({
    connectionString: `postgres://postgres:${password}@127.0.0.1:${serverPort}/tocsin`,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Two sources: one whose alerts are all one incident, one whose alerts each page somebody. */
async function prepare(running: RunningProcess): Promise<{ storm: string; single: string }> {
  const ask = await signInToDemo(running, port);
  await pageEverybodyAt(ask, `http://127.0.0.1:${(pager.address() as AddressInfo).port}/`);
  const { escalationPaths, alertRoutes } = await ask<{
    escalationPaths: { nodes: { id: string }[] };
    alertRoutes: { nodes: { id: string }[] };
  }>("{ escalationPaths { nodes { id } } alertRoutes { nodes { id } } }");
  await ask("mutation ($id: ID!) { deleteAlertRoute(input: { id: $id }) { alertRoutes { id } } }", {
    id: alertRoutes.nodes[0]!.id,
  });
  const made = [await createHttpSource(ask, "Storm"), await createHttpSource(ask, "Single")] as const;
  for (const [index, groupByLabels] of [["cluster"], null].entries()) {
    const conditions = [{ source: { oneOf: [made[index]!.id] } }];
    const action = { groupByLabels, escalationPathId: escalationPaths.nodes[0]!.id };
    await ask(
      "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
      {
        input: { name: `Route ${index}`, conditions, action },
      },
    );
  }
  return { storm: made[0].webhook, single: made[1].webhook };
}

function say(text: string): void {
  process.stdout.write(`… ${text}\n`);
}
