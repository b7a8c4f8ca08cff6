import { z } from "zod";
import { openDatabase, type Database } from "#shared/database/database.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { createTestLog } from "../support/testLog.ts";
import { defineCommand, handle, type CommandHandler } from "#shared/process/commands.ts";
import { createWorker, type Worker } from "#shared/process/worker.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import type { WorkerOptions } from "#shared/process/workerOptions.ts";

/** A database in which handlers write notes, so that it can be seen what they did and how often. */
export interface Notebook {
  readonly test: TestDatabase;
  readonly database: Database;
  /** What was written and committed, in the order of writing. */
  notes(): Promise<string[]>;
  /** How many commands, timers and effects are left; what is parked is not. */
  left(): Promise<number>;
  /** Tears out all pages, and forgets what is still to be done. */
  clear(): Promise<void>;
  worker(parts?: Partial<WorkerOptions>): Worker;
  close(): Promise<void>;
}

/** Opens a new notebook; `poolSize` is that of its database. */
export async function openNotebook({ poolSize }: { poolSize?: number } = {}): Promise<Notebook> {
  const test = await createTestDatabase();
  await test.query(`
    create table note (tenant_id uuid not null default current_setting('app.tenant_id')::uuid, place serial, text text);
    create table thing (id uuid primary key, text text not null default '');
    grant all on note, thing to tocsin; grant all on note_place_seq to tocsin`);
  const database = await openDatabase({ url: test.serviceUrl, log, applicationName: "tests", poolSize });
  return {
    test,
    database,
    async notes() {
      const rows = await test.query<{ text: string }>("select text from note order by place");
      return rows.map(({ text }) => text);
    },
    async left() {
      const [row] = await test.query<{ count: number }>(`
        select ((select count(*) from process.command where parked_at is null) + (select count(*) from process.timer)
          + (select count(*) from process.effect))::int as count`);
      return row!.count;
    },
    async clear() {
      // Emptying small tables row by row is quicker than truncating them.
      await test.query(`with note as (delete from note), thing as (delete from thing),
        command as (delete from process.command), timer as (delete from process.timer),
        effect as (delete from process.effect) delete from process.effect_cancellation`);
    },
    worker: (parts) => workerOn(database, parts),
    async close() {
      await database.close();
      await test.drop();
    },
  };
}

/** Says nothing unless a test fails. */
export const log = createTestLog();

/** The tenant of the tests. */
export const tenant = "019a0000-0000-7000-8000-000000000001";

/** A worker that does nothing but what it is told. */
export function workerOn(database: Database, parts: Partial<WorkerOptions> = {}): Worker {
  return createWorker({ database, log, services: null, commands: [], processes: [], effects: [], ...parts });
}

/** Writes a note in the transaction of whoever asks. */
export async function write(tx: TenantTransaction, text: string): Promise<void> {
  await tx.sql`insert into note (text) values (${text})`;
}

/** Asks for a note. */
export const noteDown = defineCommand({
  name: "noteDown",
  to: "tests",
  payload: z.object({ text: z.string() }),
});

/** Does what `noteDown` asks. */
export const noting: CommandHandler = handle(noteDown, (tx, { text }) => write(tx, text));
