import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { handle, sendAll } from "#shared/process/commands.ts";
import { defineProcess, wake } from "#shared/process/process.ts";
import { noteDown, noting, openNotebook, tenant, write, type Notebook } from "./notebook.ts";

let notebook: Notebook;
let db: TenantDatabase;

beforeAll(async () => {
  notebook = await openNotebook();
  db = notebook.database.tenant(tenant);
});
beforeEach(() => notebook.clear());
afterAll(() => notebook.close());

const texts = Array.from({ length: 20 }, (_, index) => String(index));
const sendTexts = (key?: string) =>
  db.transaction((tx) =>
    sendAll(
      tx,
      noteDown,
      texts.map((text) => ({ payload: { text }, key })),
    ),
  );
const byNumber = (notes: string[]) => notes.toSorted((one, other) => Number(one) - Number(other));

/** Commands of which the seventh is done as it is told at its first attempt. */
const withSeventh = (seventh: () => Promise<unknown>) => {
  const attempts: Record<string, number> = {};
  const handler = handle(noteDown, async (tx, { text }) => {
    attempts[text] = (attempts[text] ?? 0) + 1;
    await write(tx, text);
    if (text === "7" && attempts[text] === 1) await seventh();
  });
  return { handler, attempts };
};

describe("commands of a batch", () => {
  it.each([
    [undefined, [20, 1, 1, 1, 1, 1]],
    [1, Array.from({ length: 25 }, () => 1)],
  ])("are done in transactions of twenty while so many are due, by default: %s", async (batch, expected) => {
    const transactions: string[] = [];
    const looking = handle(noteDown, async (tx) => {
      const [own] = await tx.sql<{ id: string }>`select pg_current_xact_id()::text as id`;
      transactions.push(own!.id);
    });
    await sendTexts();
    await db.transaction((tx) =>
      sendAll(
        tx,
        noteDown,
        texts.slice(0, 5).map((text) => ({ payload: { text } })),
      ),
    );
    await notebook.worker({ commands: [looking], batch }).drain();
    const counts = Map.groupBy(transactions, (id) => id).values();
    expect([...counts].map(({ length }) => length)).toEqual(expected);
  });

  it.each([1, 20])(
    "are done one after another without a pause by a worker that works on, %i at a time",
    async (batch) => {
      for (let nth = 0; nth < 15; nth++) await sendTexts();
      const worker = notebook.worker({ commands: [noting], batch });
      await worker.start();
      await expect.poll(async () => (await notebook.notes()).length, { timeout: 15_000 }).toBe(300);
      await worker.stop();
    },
  );

  it.each([undefined, "the same key"])(
    "keep their order, and are done once, with a batch of one, with key %s",
    async (key) => {
      await sendTexts(key);
      await notebook.worker({ commands: [noting], batch: 1 }).drain();
      expect(await notebook.notes()).toEqual(texts);
    },
  );

  it("of which one fails are done all the same, and it is tried again by itself", async () => {
    const { handler, attempts } = withSeventh(() => Promise.reject(new Error("not today")));
    await sendTexts();
    const { drain } = notebook.worker({ commands: [handler] });
    await drain();
    expect(byNumber(await notebook.notes())).toEqual(texts.filter((text) => text !== "7"));
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(byNumber(await notebook.notes())).toEqual(texts);
    expect(Object.entries(attempts).filter(([, count]) => count > 1)).toEqual([["7", 2]]);
  });

  it("of the same key wait for the one that fails, and for no other", async () => {
    const { handler } = withSeventh(() => Promise.reject(new Error("not today")));
    await sendTexts("one");
    const { drain } = notebook.worker({ commands: [handler] });
    await drain();
    expect(await notebook.notes()).toEqual(texts.slice(0, 7));
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(await notebook.notes()).toEqual(texts);
  });

  it("of which one hangs are done all the same, and it has its whole time by itself", async () => {
    const { handler } = withSeventh(() => new Promise(() => {}));
    await sendTexts();
    await notebook.worker({ commands: [handler] }).drain();
    expect(byNumber(await notebook.notes())).toEqual(texts);
    const failed = await notebook.test.query("select from process.command where attempt > 0");
    expect(failed).toEqual([]);
  });

  it("of which one waits for what somebody else has locked are done all the same", async () => {
    const id = "019a0000-0000-7000-8000-00000000000b";
    await notebook.test.query("insert into thing (id) values ($1)", [id]);
    const locking = handle(noteDown, async (tx, { text }) => {
      if (text === "7") await tx.sql`select from thing where id = ${id} for update`;
      await write(tx, text);
    });
    await sendTexts();
    const [isLocked, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = db.transaction(async (tx) => {
      await tx.sql`select from thing where id = ${id} for update`;
      isLocked.resolve();
      await letGo.promise;
    });
    await isLocked.promise;
    const drained = notebook.worker({ commands: [locking] }).drain();
    await expect.poll(async () => (await notebook.notes()).length, { timeout: 4_000 }).toBe(19);
    letGo.resolve();
    await Promise.all([other, drained]);
    expect(byNumber(await notebook.notes())).toEqual(texts);
  });

  it("whose connection is lost are done again, each by itself", async () => {
    const broken: string[] = [];
    const breaking = handle(noteDown, async (tx, { text }) => {
      await write(tx, text);
      if (text !== "7" || broken.push(text) > 1) return;
      const [own] = await tx.sql<{ pid: number }>`select pg_backend_pid() as pid`;
      await notebook.test.query("select pg_terminate_backend($1)", [own!.pid]);
    });
    await sendTexts();
    const { drain } = notebook.worker({ commands: [breaking] });
    await drain();
    expect((await notebook.notes()).length).toBeGreaterThanOrEqual(19);
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(byNumber(await notebook.notes())).toEqual(texts);
  });
});

describe("processes of a batch", () => {
  it("of which one fails are looked at all the same, and it is looked at again by itself", async () => {
    const [bad] = await notebook.test.query<{ id: string }>(
      "insert into thing (id) select uuidv7() from generate_series(1, 20) returning id",
    );
    const rows = await notebook.test.query<{ id: string }>("select id from thing order by id");
    let failures = 1;
    const looking = defineProcess<{ id: string }, { nextWakeAt: null }>({
      kind: "looking",
      load: async (_, id) => ({ id }),
      lock: async (_, id) => ({ id }),
      tick: () => ({ nextWakeAt: null }),
      async carryOut(tx, { id }) {
        await write(tx, id);
        if (id === bad!.id && failures-- > 0) throw new Error("not today");
      },
    });
    await db.transaction(async (tx) => {
      for (const { id } of rows) await wake(tx, looking, id);
    });
    const { drain } = notebook.worker({ processes: [looking] });
    await drain();
    const all = rows.map(({ id }) => id);
    expect((await notebook.notes()).toSorted()).toEqual(all.filter((id) => id !== bad!.id));
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect((await notebook.notes()).toSorted()).toEqual(all);
  });
});
