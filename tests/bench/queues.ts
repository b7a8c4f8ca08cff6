import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { migrate } from "#shared/database/migrate.ts";
import { createLog } from "#shared/log/log.ts";
import { defineCommand, handle, send } from "#shared/process/commands.ts";
import { defineEffect, request } from "#shared/process/effects.ts";
import { defineProcess } from "#shared/process/process.ts";
import { createWorker } from "#shared/process/worker.ts";
import { startEmbeddedPostgres } from "../../standalone/embeddedPostgres.ts";
import { row, type Figure } from "./figures.ts";
import type { WorkerOptions } from "#shared/process/workerOptions.ts";

const ROWS = 3_000;
const FLOOD = 20_000;
const SILENT_CALLS = 500;
const SERVED = 50;
const EVERY_MS = 100;
const [FLOODING, CALM] = [crypto.randomUUID(), crypto.randomUUID()];

const log = createLog({ service: "bench", level: "silent" });

const recordPage = defineCommand({ name: "recordPage", to: "bench", payload: z.object({ nth: z.number() }) });

/** One worker of its own on a database of its own, fsync on: what batches gain, and how a tenant is served beside another's flood. */
export async function measureQueues(): Promise<Figure[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
  chmodSync(dataFolder, 0o755);
  const server = await startEmbeddedPostgres({ dataFolder });
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  try {
    const logins = { escalations: server.urlOf("escalations") };
    await migrate({
      ownerUrl: server.ownerUrl,
      logins,
      folder: new URL("../../migrations/", import.meta.url),
      log,
    });
    await owner.connect();
    await owner.query(
      `create table public.page (tenant_id uuid not null, nth int not null); grant all on public.page to public`,
    );
    const database = await openDatabase({
      url: logins.escalations,
      service: "escalations",
      applicationName: "bench",
      log,
    });
    try {
      return [
        ...(await measureBatches(owner, database)),
        ...(await measureBesideFlood(owner, database)),
        ...(await measureBesideSilence(owner, database)),
      ];
    } finally {
      await database.close();
    }
  } finally {
    await owner.end();
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

const recording = (whenDone: (nth: number) => void = () => {}) =>
  handle(recordPage, async (tx, { nth }) => {
    await tx.sql`insert into public.page (tenant_id, nth) values (${tx.tenantId}, ${nth})`;
    tx.afterCommit(() => whenDone(nth));
  });

const looking = defineProcess<object, { nextWakeAt: null }>({
  kind: "pageLater",
  load: async () => ({}),
  lock: async () => ({}),
  tick: () => ({ nextWakeAt: null }),
  carryOut: async (tx) =>
    void (await tx.sql`insert into public.page (tenant_id, nth) values (${tx.tenantId}, 0)`),
});

const work = (database: Database, parts: Partial<WorkerOptions>) =>
  createWorker({ database, log, services: null, commands: [], processes: [], effects: [], ...parts });

async function measureBatches(owner: pg.Client, database: Database): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, table] of [
    ["pages", "command"],
    ["looks", "timer"],
  ] as const) {
    let single = NaN;
    for (const batch of [1, 20, 100]) {
      await (table === "command" ? fillCommands(owner, FLOODING, ROWS) : fillTimers(owner));
      const worker = work(database, { commands: [recording()], processes: [looking], batch });
      const since = performance.now();
      await worker.start();
      await until(owner, `select count(*)::int as left from process.${table}`, 0);
      const perSecond = (ROWS / (performance.now() - since)) * 1_000;
      await worker.stop();
      if (batch === 1) single = perSecond;
      const ratio = batch === 1 ? "" : `, ${(perSecond / single).toFixed(1)} times as many`;
      figures.push({
        what: `${what}, ${batch} a batch${ratio}`,
        value: perSecond,
        unit: "a second",
        goal: "",
      });
    }
  }
  return figures;
}

// Of a tenant that is calm: from the commit of what is asked to that of what is done.
async function measureBesideFlood(owner: pg.Client, database: Database): Promise<Figure[]> {
  const askedAt: number[] = [];
  const delays: number[] = [];
  const commands = [
    recording((nth) => {
      if (nth < 0) delays.push(performance.now() - askedAt[-nth]!);
    }),
  ];
  const worker = work(database, { commands });
  await worker.start();
  const serve = async () => {
    askedAt.length = delays.length = 0;
    for (let nth = 1; nth <= SERVED; nth++) {
      await database.tenant(CALM).transaction((tx) => send(tx, recordPage, { nth: -nth }));
      askedAt[nth] = performance.now();
      await wait(EVERY_MS);
    }
    while (delays.length < SERVED) await wait(5);
    return [...delays];
  };
  const calm = await serve();
  await fillCommands(owner, FLOODING, FLOOD);
  const flooded = await serve();
  const { rows } = await owner.query<{ left: number }>("select count(*)::int as left from process.command");
  if (rows[0]!.left === 0) throw new Error("The flood was over before whoever is beside it was served");
  await worker.stop();
  await owner.query("truncate process.command");
  return [
    ...row("a command beside nothing", calm, ""),
    ...row(`a command beside ${FLOOD.toLocaleString("en")} of another tenant`, flooded, "p99 < 2,000"),
  ];
}

// Of a tenant whose receiver answers at once: from the commit of what is asked to the call.
async function measureBesideSilence(owner: pg.Client, database: Database): Promise<Figure[]> {
  const askedAt: number[] = [];
  const delays: number[] = [];
  const silence = new AbortController();
  const call = defineEffect({
    kind: "callReceiver",
    payload: z.object({ host: z.string(), nth: z.number() }),
    startToCloseTimeoutSeconds: 20,
    retry: {
      initialIntervalSeconds: 1,
      backoffCoefficient: 2,
      maximumIntervalSeconds: 60,
      maximumAttempts: 3,
    },
    destinationOf: ({ host }) => host,
    async perform({ host, nth }, { signal }) {
      if (host === "answers") delays.push(performance.now() - askedAt[nth]!);
      else await wait(20_000, undefined, { signal: AbortSignal.any([signal, silence.signal]) });
    },
    settled: async () => {},
  });
  const ask = (tenantId: string, host: string, nth: number) =>
    database
      .tenant(tenantId)
      .transaction((tx) => request(tx, call, { host, nth }, { id: crypto.randomUUID() }));
  const worker = work(database, { effects: [call] });
  await worker.start();
  for (let nth = 0; nth < SILENT_CALLS; nth++) await ask(FLOODING, "never answers", nth);
  for (let nth = 0; nth < SERVED; nth++) {
    askedAt[nth] = performance.now();
    await ask(CALM, "answers", nth);
    await wait(EVERY_MS);
  }
  while (delays.length < SERVED) await wait(5);
  silence.abort();
  await worker.stop();
  await owner.query("truncate process.effect");
  return row(`a call beside ${SILENT_CALLS} to a receiver that never answers`, delays, "p99 < 1,000");
}

async function fillCommands(owner: pg.Client, tenantId: string, count: number): Promise<void> {
  await owner.query(
    `insert into process.command (tenant_id, name, owner, payload, trace, sent_at, due_at)
     select $1, 'recordPage', 'bench', jsonb_build_object('nth', n), '{}', process.now(), process.now() from generate_series(1, $2) n`,
    [tenantId, count],
  );
}

async function fillTimers(owner: pg.Client): Promise<void> {
  await owner.query(
    `insert into process.timer (tenant_id, kind, subject_id, due_at)
     select $1, 'pageLater', gen_random_uuid(), process.now() from generate_series(1, $2) n`,
    [FLOODING, ROWS],
  );
}

async function until(owner: pg.Client, query: string, left: number): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ left: number }>(query);
    if (rows[0]!.left <= left) return;
    await wait(10);
  }
}
