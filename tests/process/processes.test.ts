import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { cancelWake, defineProcess, wake, type NextWake, type Process } from "#shared/process/process.ts";
import { openNotebook, tenant, workerOn, write, type Notebook } from "./notebook.ts";

const id = "019a0000-0000-7000-8000-00000000000a";

let notebook: Notebook;
let db: TenantDatabase;

beforeAll(async () => {
  notebook = await openNotebook({ poolSize: 4 });
  db = notebook.database.tenant(tenant);
});
beforeEach(async () => {
  await notebook.clear();
  await notebook.test.query("insert into thing (id, text) values ($1, 'new')", [id]);
});
afterAll(() => notebook.close());

/** A thing whose process notes down what it is whenever it is looked at. */
interface Thing {
  id: string;
  text: string;
}

async function readThing(reader: TenantDatabase, thingId: string): Promise<Thing | null> {
  return (await reader.sql<Thing>`select id, text from thing where id = ${thingId}`)[0] ?? null;
}

async function lockThing(tx: TenantTransaction, thingId: string): Promise<Thing | null> {
  return (await tx.sql<Thing>`select id, text from thing where id = ${thingId} for update`)[0] ?? null;
}

const looking = defineProcess<Thing, NextWake>({
  kind: "looking",
  load: readThing,
  lock: lockThing,
  tick: (_, now) => ({ nextWakeAt: now.add({ minutes: 5 }) }),
  carryOut: (tx, thing) => write(tx, thing.text),
});

/** The same, done once each time it is woken. */
const onceEach = (kind: string, parts: Partial<Process> = {}) =>
  defineProcess({
    kind,
    load: readThing,
    lock: lockThing,
    tick: () => ({ nextWakeAt: null }),
    carryOut: (tx, thing) => write(tx, thing.text),
    ...(parts as object),
  });

const wakeUp = (process: Process, at?: Temporal.DurationLike) =>
  db.transaction(async (tx) => wake(tx, process, id, at ? (await tx.now()).add(at) : undefined));
const change = (tx: TenantTransaction, text: string) =>
  tx.sql`update thing set text = ${text} where id = ${id}`;

describe("a process", () => {
  it("is looked at when its time has come, and not before; then at the time it says next", async () => {
    const { drain } = notebook.worker({ processes: [looking] });
    await wakeUp(looking, { minutes: 1 });
    await drain();
    expect(await notebook.notes()).toEqual([]);
    await notebook.test.moveClock({ seconds: 61 });
    await drain();
    expect(await notebook.notes()).toEqual(["new"]);
    await notebook.test.moveClock({ minutes: 6 });
    await drain();
    expect(await notebook.notes()).toEqual(["new", "new"]);
  });

  it("has one appointment, the last one made", async () => {
    const { drain } = notebook.worker({ processes: [looking] });
    await wakeUp(looking, { hours: 9 });
    await wakeUp(looking);
    await drain();
    expect(await notebook.notes()).toEqual(["new"]);
    await wakeUp(looking);
    await wakeUp(looking, { hours: 9 });
    await drain();
    expect(await notebook.notes()).toEqual(["new"]);
  });

  it("is left alone once its appointment is cancelled", async () => {
    await wakeUp(looking);
    await db.transaction((tx) => cancelWake(tx, looking, id));
    await notebook.worker({ processes: [looking] }).drain();
    expect([await notebook.notes(), await notebook.left()]).toEqual([[], 0]);
  });

  it("whose thing is gone is forgotten", async () => {
    await wakeUp(looking);
    await notebook.test.query("delete from thing");
    await notebook.worker({ processes: [looking] }).drain();
    expect([await notebook.notes(), await notebook.left()]).toEqual([[], 0]);
  });

  it("that fails is looked at again soon, and for ever, with nothing left of the failure", async () => {
    let failures = 12;
    const failing = onceEach("failing", {
      async carryOut(tx) {
        await write(tx, "tried");
        if (failures-- > 0) throw new Error("not today");
      },
    });
    const { drain } = notebook.worker({ processes: [failing] });
    await wakeUp(failing);
    for (let round = 0; round < 13; round++) {
      await drain();
      await notebook.test.moveClock({ seconds: 16 });
    }
    expect(await notebook.notes()).toEqual(["tried"]);
  });

  it("can give itself another time while it carries out what it decided", async () => {
    const twice = onceEach("twice", {
      async carryOut(tx, thing) {
        await write(tx, (thing as Thing).text);
        if ((thing as Thing).text === "new") await wake(tx, twice, id);
        await change(tx, "old");
      },
    });
    await wakeUp(twice);
    await notebook.worker({ processes: [twice] }).drain();
    expect(await notebook.notes()).toEqual(["new", "old"]);
  });
});

describe("a process that is woken while it is looked at", () => {
  it("is looked at again, by whoever changed the thing before", async () => {
    const [hasTicked, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = onceEach("slow", {
      async carryOut(tx, thing) {
        hasTicked.resolve();
        await mayGoOn.promise;
        await write(tx, (thing as Thing).text);
      },
    });
    const { drain } = notebook.worker({ processes: [slow] });
    await wakeUp(slow);
    const drained = drain();
    await hasTicked.promise;
    const changed = db.transaction(async (tx) => {
      await change(tx, "changed");
      await wake(tx, slow, id);
    });
    await somebodyWaitsForALock();
    mayGoOn.resolve();
    await Promise.all([drained, changed]);
    await drain();
    expect(await notebook.notes()).toEqual(["new", "changed"]);
  });

  it("is seen as it became, when the worker had to wait for the thing; nobody waits for each other", async () => {
    const process = onceEach("patient");
    const { drain } = notebook.worker({ processes: [process] });
    await wakeUp(process);
    const hasLocked = Promise.withResolvers<void>();
    const changed = db.transaction(async (tx) => {
      await lockThing(tx, id);
      hasLocked.resolve();
      await somebodyWaitsForALock();
      await change(tx, "changed");
      await wake(tx, process, id);
    });
    await hasLocked.promise;
    await Promise.all([drain(), changed]);
    await drain();
    expect(await notebook.notes()).toEqual(["changed"]);
  });
});

describe("a process that asks", () => {
  /** Asks what `answer` says, and notes it down with the thing. */
  const asking = (answer: (thing: Thing) => Promise<string>) =>
    defineProcess<Thing, NextWake & { answer: string }, string>({
      kind: "asking",
      load: readThing,
      ask: (_, thing) => answer(thing),
      lock: lockThing,
      tick: (_, now, said) => ({ answer: said, nextWakeAt: null }),
      carryOut: (tx, thing, decision) => write(tx, `${thing.text}: ${decision.answer}`),
    });

  it("holds no connection and no lock meanwhile", async () => {
    const narrow = await openNotebook({ poolSize: 1 });
    const theirs = narrow.database.tenant(tenant);
    await narrow.test.query("insert into thing (id, text) values ($1, 'new')", [id]);
    const process = asking(async () => {
      await theirs.transaction((tx) => change(tx, "changed"));
      return "free";
    });
    await theirs.transaction((tx) => wake(tx, process, id));
    await workerOn(narrow.database, { processes: [process] }).drain();
    expect(await narrow.notes()).toEqual(["changed: free"]);
    await narrow.close();
  });

  it("does not use answers from before it was woken", async () => {
    let times = 0;
    const process = asking(async ({ text }) => {
      times += 1;
      if (times === 1) {
        await db.transaction(async (tx) => {
          await change(tx, "changed");
          await wake(tx, process, id);
        });
      }
      return `asked about ${text}`;
    });
    await wakeUp(process);
    await notebook.worker({ processes: [process] }).drain();
    expect([times, await notebook.notes()]).toEqual([2, ["changed: asked about changed"]]);
  });

  it("asks again when the answer did not come", async () => {
    let times = 0;
    const process = asking(async () => {
      if (++times === 1) throw new Error("nobody answered");
      return "yes";
    });
    const { drain } = notebook.worker({ processes: [process] });
    await wakeUp(process);
    await drain();
    expect(await notebook.notes()).toEqual([]);
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(await notebook.notes()).toEqual(["new: yes"]);
  });

  it(
    "is told to give up when nobody answers for seconds, and looked at again later",
    { timeout: 20_000 },
    async () => {
      let times = 0;
      const process = defineProcess<Thing, NextWake, string>({
        kind: "giving up",
        load: readThing,
        lock: lockThing,
        tick: () => ({ nextWakeAt: null }),
        carryOut: (tx, thing) => write(tx, thing.text),
        ask: (_, __, { signal }) =>
          ++times > 1
            ? Promise.resolve("answered")
            : new Promise((_resolve, reject) =>
                signal.addEventListener("abort", () => reject(signal.reason as Error)),
              ),
      });
      await wakeUp(process);
      const { drain } = notebook.worker({ processes: [process] });
      await drain();
      expect([times, await notebook.notes()]).toEqual([1, []]);
      await notebook.test.moveClock({ seconds: 1 });
      await drain();
      expect([times, await notebook.notes()]).toEqual([2, ["new"]]);
    },
  );

  it("is not asked about by two workers at once, and taken over when the first died", async () => {
    const answer = Promise.withResolvers<string>();
    const asked = Promise.withResolvers<void>();
    let times = 0;
    const process = asking(() => {
      times += 1;
      asked.resolve();
      return times === 1 ? answer.promise : Promise.resolve("second");
    });
    await wakeUp(process);
    const first = notebook.worker({ processes: [process] }).drain();
    await asked.promise;
    const { drain } = notebook.worker({ processes: [process] });
    await drain();
    expect(times).toBe(1);
    await notebook.test.moveClock({ seconds: 3 });
    await drain();
    answer.resolve("first");
    await first;
    expect([times, await notebook.notes()]).toEqual([2, ["new: second"]]);
  });
});

describe("many processes", () => {
  it("are each looked at once, by workers that run side by side", async () => {
    const process = onceEach("many", { carryOut: (tx, thing) => write(tx, (thing as Thing).id) });
    const rows = await notebook.test.query<{ id: string }>(
      "insert into thing (id) select uuidv7() from generate_series(1, 300) returning id",
    );
    const workers = [1, 2, 3].map(() => notebook.worker({ processes: [process], concurrency: 2 }));
    await Promise.all(workers.map((worker) => worker.start()));
    await db.transaction(async (tx) => {
      for (const row of rows) await wake(tx, process, row.id);
    });
    await expect.poll(() => notebook.left(), { timeout: 10_000 }).toBe(0);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect((await notebook.notes()).toSorted()).toEqual(rows.map((row) => row.id).toSorted());
  });

  it("are looked at when they are due, also when nobody says so", async () => {
    const process = onceEach("alarm");
    const worker = notebook.worker({ processes: [process] });
    await worker.start();
    await wakeUp(process, { milliseconds: 300 });
    await expect.poll(() => notebook.notes(), { timeout: 5_000 }).toEqual(["new"]);
    await wakeUp(process, { hours: 3 });
    await notebook.test.moveClock({ hours: 3 });
    await expect.poll(() => notebook.notes(), { timeout: 5_000 }).toEqual(["new", "new"]);
    await worker.stop();
  });
});

async function somebodyWaitsForALock(): Promise<void> {
  const waiting =
    "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
  await expect.poll(async () => (await notebook.test.query(waiting)).length).toBeGreaterThan(0);
}
