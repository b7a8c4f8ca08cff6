import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { defineCommand, handle, send, sendAll, type CommandMeta } from "#shared/process/commands.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { noteDown, noting, openNotebook, tenant, write, type Notebook } from "./notebook.ts";

let notebook: Notebook;
let db: TenantDatabase;

beforeAll(async () => {
  notebook = await openNotebook();
  db = notebook.database.tenant(tenant);
});
beforeEach(() => notebook.clear());
afterAll(() => notebook.close());

const ask = (text: string, options?: { key?: string; id?: string }) =>
  db.transaction((tx) => send(tx, noteDown, { text }, options));

describe("a command", () => {
  it("is done exactly when its transaction commits", async () => {
    await ask("committed");
    const failing = db.transaction(async (tx) => {
      await send(tx, noteDown, { text: "rolled back" });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await notebook.worker({ commands: [noting] }).drain()).toBe(1);
    expect(await notebook.notes()).toEqual(["committed"]);
    expect(await notebook.left()).toBe(0);
  });

  it("is refused to its sender when it is not what it says", async () => {
    const wrong = db.transaction((tx) => send(tx, noteDown, { text: 7 } as never));
    await expect(wrong).rejects.toThrow();
  });

  it("is done for the tenant that sent it, in the name of the service that does it", async () => {
    const done: [string, CommandMeta][] = [];
    const looking = handle(noteDown, async (tx, _, meta) => void done.push([tx.tenantId, meta]));
    const id = randomUUID();
    await ask("who?", { id });
    await notebook.worker({ commands: [looking] }).drain();
    const by = { kind: "system", id: "tests", permissions: [] };
    expect(done).toMatchObject([[tenant, { commandId: id, attempt: 1, by }]]);
  });

  it("is asked once when it is asked again with the same id", async () => {
    const id = randomUUID();
    await ask("first", { id });
    await ask("again", { id });
    await notebook.worker({ commands: [noting] }).drain();
    expect(await notebook.notes()).toEqual(["first"]);
  });

  it("is done with all that follows from it, of whatever kind", async () => {
    const further = defineCommand({ name: "further", to: "tests", payload: z.object({ steps: z.int() }) });
    const going = handle(further, async (tx, { steps }) => {
      await send(tx, noteDown, { text: `${steps} to go` });
      if (steps > 0) await send(tx, further, { steps: steps - 1 });
    });
    await db.transaction((tx) => send(tx, further, { steps: 2 }));
    await notebook.worker({ commands: [noting, going] }).drain();
    expect(await notebook.notes()).toEqual(["2 to go", "1 to go", "0 to go"]);
  });

  it("waits for a worker that knows it", async () => {
    await ask("patience");
    await notebook.worker().drain();
    expect(await notebook.left()).toBe(1);
    await notebook.worker({ commands: [noting] }).drain();
    expect(await notebook.notes()).toEqual(["patience"]);
  });
});

describe("a command that fails", () => {
  it("is done again from the start, with nothing left of the first try", async () => {
    const seen: number[] = [];
    const flaky = handle(noteDown, async (tx, { text }, { attempt }) => {
      seen.push(attempt);
      await write(tx, text);
      if (attempt < 3) throw new Error("not today");
    });
    await ask("stubborn");
    const { drain } = notebook.worker({ commands: [flaky] });
    for (let round = 0; round < 3; round++) {
      await drain();
      await notebook.test.moveClock({ seconds: 1 });
    }
    expect(seen).toEqual([1, 2, 3]);
    expect(await notebook.notes()).toEqual(["stubborn"]);
    expect(await notebook.left()).toBe(0);
  });

  it("fails as well when it swallowed the error of a statement, for nothing of it would be kept", async () => {
    const careless = handle(noteDown, async (tx, { text }, { attempt }) => {
      await write(tx, text);
      if (attempt === 1) await tx.sql`select 1 / 0`.catch(() => {});
    });
    await ask("kept");
    const { drain } = notebook.worker({ commands: [careless] });
    await drain();
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(await notebook.notes()).toEqual(["kept"]);
  });

  it("or hangs is given up after its time, and what it still tries to write is refused", async () => {
    const hang = Promise.withResolvers<void>();
    const late = Promise.withResolvers<unknown>();
    const hanging = handle(noteDown, async (tx, { text }, { attempt }) => {
      if (attempt > 1) return write(tx, text);
      await write(tx, "half");
      await hang.promise;
      late.resolve(await write(tx, "too late").catch((error: unknown) => error));
    });
    await ask("in time");
    const { drain } = notebook.worker({ commands: [hanging], handlerTimeoutSeconds: 0.05 });
    await drain();
    hang.resolve();
    expect(await late.promise).toMatchObject({ message: "This transaction is over" });
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(await notebook.notes()).toEqual(["in time"]);
  });

  it("too often waits for somebody to look at it, and is counted; others go on", async () => {
    const poison = handle(noteDown, async (tx, { text }) => {
      if (text === "poison") throw new Error("poisoned");
      await write(tx, text);
    });
    const worker = notebook.worker({ commands: [poison] });
    await ask("poison", { key: "one" });
    await ask("after", { key: "one" });
    await ask("beside");
    await worker.drain();
    expect(await notebook.notes()).toEqual(["beside"]);
    for (let round = 0; round < 20; round++) {
      await notebook.test.moveClock({ minutes: 11 });
      await worker.drain();
    }
    expect(await notebook.notes()).toEqual(["beside", "after"]);
    const parked = await notebook.test.query<{ last_error: string }>(
      "select last_error from process.command where parked_at is not null",
    );
    expect(parked).toMatchObject([{ last_error: "Error: poisoned" }]);
    await worker.start();
    expect(await metricsText()).toContain('process_parked_commands{command="noteDown"} 1');
    await worker.stop();
  });
});

describe("commands of the same key", () => {
  it("are done in the order of sending, however many workers there are; each is done once", async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `${index % 3} ${String(index).padStart(2, "0")}`);
    for (const text of texts) await ask(text, { key: text[0]! });
    const workers = [1, 2, 3].map(() => notebook.worker({ commands: [noting] }));
    while ((await notebook.left()) > 0) await Promise.all(workers.map(({ drain }) => drain()));
    expect(byKey(await notebook.notes())).toEqual(byKey(texts));
  });

  it("keep their order when one of them fails at first", async () => {
    const flaky = handle(noteDown, async (tx, { text }, { attempt }) => {
      if (text === "1" && attempt === 1) throw new Error("not today");
      await write(tx, text);
    });
    const texts = ["1", "2", "3"];
    await db.transaction((tx) =>
      sendAll(
        tx,
        noteDown,
        texts.map((text) => ({ payload: { text }, key: "k" })),
      ),
    );
    const { drain } = notebook.worker({ commands: [flaky] });
    await drain();
    expect(await notebook.notes()).toEqual([]);
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(await notebook.notes()).toEqual(texts);
  });

  it("of another service or another tenant are not waited for", async () => {
    const foreign = defineCommand({ name: "foreign", to: "others", payload: z.object({}) });
    await db.transaction((tx) => send(tx, foreign, {}, { key: "k" }));
    await notebook.database
      .tenant("019a0000-0000-7000-8000-000000000002")
      .transaction((tx) => send(tx, foreign, {}, { key: "k" }));
    await ask("not held up", { key: "k" });
    await notebook.worker({ commands: [noting] }).drain();
    expect(await notebook.notes()).toEqual(["not held up"]);
  });
});

describe("a worker that was started", () => {
  it("does what is asked while it runs, by several at once and each thing once", async () => {
    const workers = [1, 2].map(() => notebook.worker({ commands: [noting] }));
    await Promise.all(workers.map((worker) => worker.start()));
    const texts = Array.from(
      { length: 200 },
      (_, index) => `${index % 20} ${String(index).padStart(3, "0")}`,
    );
    for (const text of texts) await ask(text, keyOf(text) < 10 ? { key: text.split(" ")[0]! } : {});
    await expect.poll(() => notebook.left(), { timeout: 10_000 }).toBe(0);
    await Promise.all(workers.map((worker) => worker.stop()));
    const done = await notebook.notes();
    const keyed = (all: string[]) => byKey(all.filter((text) => keyOf(text) < 10));
    expect(keyed(done)).toEqual(keyed(texts));
    expect(done.toSorted()).toEqual(texts.toSorted());
  });

  it("finishes what it has in hand when it is stopped, and takes on nothing more", async () => {
    const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = handle(noteDown, async (tx, { text }) => {
      begun.resolve();
      await finish.promise;
      await write(tx, text);
    });
    const worker = notebook.worker({ commands: [slow], concurrency: 1 });
    await ask("in hand");
    await worker.start();
    await begun.promise;
    const stopped = worker.stop();
    await ask("left for others");
    finish.resolve();
    await stopped;
    expect(await notebook.notes()).toEqual(["in hand"]);
    expect(await notebook.left()).toBe(1);
  });

  it("does as much at once as it may, and no more, for several tenants", async () => {
    let [inHand, most] = [0, 0];
    const arrived = Promise.withResolvers<void>();
    const counting = handle(noteDown, async (tx: TenantTransaction, { text }) => {
      most = Math.max(most, (inHand += 1));
      if (inHand === 3) arrived.resolve();
      await arrived.promise;
      await write(tx, text);
      inHand -= 1;
    });
    const worker = notebook.worker({ commands: [counting], concurrency: 3 });
    for (let nth = 0; nth < 20; nth++) {
      const ofTenant = notebook.database.tenant(`019a0000-0000-7000-8000-00000000000${1 + (nth % 5)}`);
      await ofTenant.transaction((tx) => send(tx, noteDown, { text: String(nth) }));
    }
    await worker.start();
    await expect.poll(() => notebook.left(), { timeout: 10_000 }).toBe(0);
    await worker.stop();
    expect(most).toBe(3);
  });

  it("goes on when it has lost its connections", async () => {
    const worker = notebook.worker({ commands: [noting] });
    await worker.start();
    await ask("before");
    await expect.poll(() => notebook.notes()).toEqual(["before"]);
    await notebook.test.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tests'",
    );
    await expect
      .poll(() =>
        ask("after").then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect.poll(() => notebook.notes(), { timeout: 5_000 }).toEqual(["before", "after"]);
    await worker.stop();
  });
});

function keyOf(text: string): number {
  return Number(text.split(" ")[0]);
}

function byKey(texts: string[]): Map<number, string[]> {
  return Map.groupBy(
    texts.toSorted((one, other) => keyOf(one) - keyOf(other)),
    keyOf,
  );
}
