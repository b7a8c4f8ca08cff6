import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sql } from "#shared/database/connection.ts";
import { handle } from "#shared/process/commands.ts";
import { dueQueuesOf } from "#shared/process/dueQueues.ts";
import { defineProcess } from "#shared/process/process.ts";
import { noteDown, openNotebook, tenant, type Notebook } from "./notebook.ts";

// What a look costs is counted in rows that the server reads, which is the same on every machine.

let notebook: Notebook;

/** Ninety-nine rows of a hundred are one tenant's, half of them behind one key; the others are each of another tenant. */
const ROWS = `select n, case when n % 1000 = 0 then ('019a0000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid else '${tenant}' end
  as tenant_id from generate_series(1, 100000) n`;

beforeAll(async () => {
  notebook = await openNotebook();
  const { query } = notebook.test;
  await query(`insert into process.effect (tenant_id, kind, destination, payload, trace, requested_at, due_at)
    select tenant_id, 'call', 'host', '{}', '{}', now(), now() from (${ROWS}) as row`);
  await query(`insert into process.command (tenant_id, name, owner, key, payload, trace, sent_at, due_at)
    select tenant_id, 'noteDown', 'tests', case n % 2 when 0 then 'k' end, '{"text":""}', '{}', now(), now() from (${ROWS}) as row`);
  await query(`insert into process.timer (tenant_id, kind, subject_id, due_at)
    select tenant_id, 'looking', gen_random_uuid(), now() from (${ROWS}) as row`);
  await query("analyze process.effect, process.command, process.timer");
}, 60_000);
afterAll(() => notebook.close());

/** How many rows of a table this connection has read within the last second or so. */
async function rowsRead(sql: Sql, table: string): Promise<number> {
  const [read] = await sql<{ count: number }>`
    select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as count
    from pg_stat_xact_all_tables where schemaname = 'process' and relname = ${table}`;
  return read!.count;
}

describe("with 100,000 rows that are due of one tenant, and one of each of a hundred others", () => {
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
    const [commands, timers]: number[][] = [[], []];
    const looking = handle(noteDown, async (tx) => void commands!.push(await rowsRead(tx.sql, "command")));
    const process = defineProcess<object, { nextWakeAt: null }>({
      kind: "looking",
      load: async () => ({}),
      lock: async () => ({}),
      tick: () => ({ nextWakeAt: null }),
      carryOut: async (tx) => void timers!.push(await rowsRead(tx.sql, "timer")),
    });
    const worker = notebook.worker({ commands: [looking], processes: [process] });
    await worker.start();
    await expect
      .poll(() => Math.min(commands!.length, timers!.length), { timeout: 30_000 })
      .toBeGreaterThan(300);
    await worker.stop();
    // Of many batches together, in which one look at every row would show.
    expect(Math.max(...commands!)).toBeLessThan(50_000);
    expect(Math.max(...timers!)).toBeLessThan(50_000);
  });
});
