import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Sql } from "#shared/database/connection.ts";
import { handle, sendAll } from "#shared/process/commands.ts";
import { dueQueuesOf } from "#shared/process/dueQueues.ts";
import { defineEffect, request } from "#shared/process/effects.ts";
import { defineProcess, wake } from "#shared/process/process.ts";
import { noteDown, openNotebook, tenant, type Notebook } from "./notebook.ts";

// What a look costs is counted in rows that the server reads, which is the same on every machine.

let notebook: Notebook;

/** Ninety-nine rows of a hundred are one tenant's, half of them behind one key; the others are each of another tenant. */
const ROWS = `select n, case when n % 1000 = 0 then ('019a0000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid else '${tenant}' end
  as tenant_id from generate_series(1, 100000) n`;

const looking = (timers: number[]) =>
  defineProcess<object, { nextWakeAt: null }>({
    kind: "looking",
    load: async () => ({}),
    lock: async () => ({}),
    tick: () => ({ nextWakeAt: null }),
    carryOut: async (tx) => void timers.push(await rowsRead(tx.sql, "timer")),
  });

const noting = (commands: number[]) =>
  handle(noteDown, async (tx) => void commands.push(await rowsRead(tx.sql, "command")));

const calling = (calls: number[]) =>
  defineEffect({
    kind: "call",
    payload: z.object({}),
    startToCloseTimeoutSeconds: 20,
    retry: {
      initialIntervalSeconds: 1,
      backoffCoefficient: 2,
      maximumIntervalSeconds: 60,
      maximumAttempts: 3,
    },
    destinationOf: () => "host",
    perform: () => Promise.resolve(""),
    settled: async (tx) => void calls.push(await rowsRead(tx.sql, "effect")),
  });

async function fill(): Promise<void> {
  const { query } = notebook.test;
  await query(`insert into process.effect (tenant_id, kind, destination, payload, trace, requested_at, due_at)
    select tenant_id, 'call', 'host', '{}', '{}', now(), now() from (${ROWS}) as row`);
  await query(`insert into process.command (tenant_id, name, owner, key, payload, trace, sent_at, due_at)
    select tenant_id, 'noteDown', 'tests', case n % 2 when 0 then 'k' end, '{"text":""}', '{}', now(), now() from (${ROWS}) as row`);
  await query(`insert into process.timer (tenant_id, kind, subject_id, due_at)
    select tenant_id, 'looking', gen_random_uuid(), now() from (${ROWS}) as row`);
}

// PostgreSQL keeps the plan of a prepared statement after its fifth execution: here that of a worker that had next to nothing to do.
async function workOnFew(): Promise<void> {
  const db = notebook.database.tenant(tenant);
  const worker = notebook.worker({
    commands: [noting([])],
    processes: [looking([])],
    effects: [calling([])],
    batch: 2,
  });
  for (let nth = 0; nth < 12; nth++) {
    const id = `019a0000-0000-7000-8000-${String(nth).padStart(12, "0")}`;
    await db.transaction((tx) => request(tx, calling([]), {}, { id }));
    await db.transaction((tx) => wake(tx, looking([]), id));
    await db.transaction((tx) =>
      sendAll(
        tx,
        noteDown,
        [1, 2, 3].map(() => ({ payload: { text: "" } })),
      ),
    );
    await worker.drain();
  }
}

/** How many rows of a table this connection has read within the last second or so. */
async function rowsRead(sql: Sql, table: string): Promise<number> {
  const [read] = await sql<{ count: number }>`
    select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as count
    from pg_stat_xact_all_tables where schemaname = 'process' and relname = ${table}`;
  return read!.count;
}

describe("with 20,000 calls of one tenant that are due, each to a host of its own", () => {
  beforeAll(async () => {
    notebook = await openNotebook();
    await notebook.test
      .query(`insert into process.effect (tenant_id, kind, destination, payload, trace, requested_at, due_at)
      select '${tenant}', 'call', 'host ' || n, '{}', '{}', now(), now() from generate_series(1, 20000) n`);
    await notebook.test
      .query(`insert into process.effect (tenant_id, kind, destination, payload, trace, requested_at, due_at)
      select ('019a0000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 'call', 'host', '{}', '{}', now(), now()
      from generate_series(1, 10) n`);
  });
  afterAll(() => notebook.close());

  it("one look finds every other tenant, and each look other hosts of the one", async () => {
    const dueQueues = dueQueuesOf({ work: "effect", kind: "call" });
    const look = () =>
      notebook.database.acrossTenants("tests", async ({ sql }) => ({
        queues: await dueQueues(sql),
        read: await rowsRead(sql, "effect"),
      }));
    const looks = [await look(), await look(), await look()];
    for (const { queues, read } of looks) {
      expect(new Set(queues.map(({ tenantId }) => tenantId)).size).toBe(11);
      expect(read).toBeLessThan(1_000);
    }
    const oldest = 100;
    const hosts = new Set(
      looks.flatMap(({ queues }) =>
        queues.filter(({ tenantId }) => tenantId === tenant).map(({ destination }) => destination),
      ),
    );
    expect(hosts.size).toBeGreaterThan(oldest + 5);
  });
});

describe.each([
  ["planned when there were few", workOnFew],
  [
    "planned with the statistics of now",
    () => notebook.test.query("analyze process.effect, process.command, process.timer"),
  ],
] as const)(
  "with 100,000 rows that are due of one tenant, and one of each of a hundred others, %s",
  (when, plan) => {
    beforeAll(async () => {
      notebook = await openNotebook();
      for (const table of ["effect", "command", "timer"])
        await notebook.test.query(`alter table process.${table} set (autovacuum_enabled = off)`);
      if (when.includes("few")) await plan();
      await fill();
      if (!when.includes("few")) await plan();
    }, 60_000);
    afterAll(() => notebook.close());

    it.each([
      ["command", "noteDown"],
      ["timer", "looking"],
      ["effect", "call"],
    ] as const)("a look at what is due finds all tenants, and reads few rows: %s", async (work, kind) => {
      const dueQueues = dueQueuesOf({ work, kind });
      const { queues, read } = await notebook.database.acrossTenants("tests", async ({ sql }) => ({
        queues: await dueQueues(sql),
        read: await rowsRead(sql, work),
      }));
      expect(queues).toHaveLength(101);
      expect(read).toBeLessThan(1_000);
    });

    it("a batch is claimed by reading few rows", { timeout: 60_000 }, async () => {
      const [commands, timers, calls]: number[][] = [[], [], []];
      const worker = notebook.worker({
        commands: [noting(commands!)],
        processes: [looking(timers!)],
        effects: [calling(calls!)],
      });
      await worker.start();
      await expect
        .poll(() => Math.min(commands!.length, timers!.length, calls!.length), { timeout: 30_000 })
        .toBeGreaterThan(300);
      await worker.stop();
      // Of many batches together, in which one look at every row would show.
      expect(Math.max(...commands!)).toBeLessThan(50_000);
      expect(Math.max(...timers!)).toBeLessThan(50_000);
      expect(Math.max(...calls!)).toBeLessThan(50_000);
    });
  },
);
