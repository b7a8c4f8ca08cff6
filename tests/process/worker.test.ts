import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { createLog } from "#shared/log/log.ts";
import { defineCommand, handle, send } from "#shared/process/commands.ts";
import { cancel, defineEffect, request, type Effect } from "#shared/process/effects.ts";
import { defineProcess, wake } from "#shared/process/process.ts";
import { createWorker, type WorkerOptions } from "#shared/process/worker.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

const log = createLog({ service: "tests", level: "silent" });
const tenant = "019a0000-0000-7000-8000-000000000001";
const thing = "019a0000-0000-7000-8000-00000000000a";
const noteDown = defineCommand({ name: "noteDown", to: "tests", payload: z.object({ text: z.string() }) });

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.query(`
    create table note (tenant_id uuid not null default current_setting('app.tenant_id')::uuid, place serial, text text);
    grant all on note to tocsin_service; grant all on note_place_seq to tocsin_service`);
  database = await openDatabase({ url: test.serviceUrl, log, applicationName: "tests" });
});

beforeEach(() => test.query("delete from note; delete from process.command; delete from process.timer; delete from process.effect"));

afterAll(async () => {
  await database.close();
  await test.drop();
});

describe("a command", () => {
  it("is done exactly when its transaction commits", async () => {
    const db = database.tenant(tenant);
    await db.transaction((tx) => send(tx, noteDown, { text: "committed" }));
    const failing = db.transaction(async (tx) => {
      await send(tx, noteDown, { text: "rolled back" });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await worker({ commands: [noting] }).drain()).toBe(1);
    expect(await notes()).toEqual(["committed"]);
  });

  it("is done again from the start when it failed, with nothing left of the first try", async () => {
    let failures = 2;
    const flaky = handle(noteDown, async (tx, { text }) => {
      await tx.sql`insert into note (text) values (${text})`;
      if (failures-- > 0) throw new Error("not today");
    });
    await database.tenant(tenant).transaction((tx) => send(tx, noteDown, { text: "stubborn" }));
    const patient = worker({ commands: [flaky] });
    for (let round = 0; round < 3; round++) {
      await patient.drain();
      await test.moveClock({ seconds: 1 });
    }
    expect(await notes()).toEqual(["stubborn"]);
    expect(await test.query("select * from process.command")).toEqual([]);
  });

  it("waits for somebody to look at it when it keeps failing, and others go on", async () => {
    const poison = handle(noteDown, async (tx, { text }) => {
      if (text === "poison") throw new Error("poisoned");
      await tx.sql`insert into note (text) values (${text})`;
    });
    const { drain } = worker({ commands: [poison] });
    await database.tenant(tenant).transaction((tx) => send(tx, noteDown, { text: "poison" }, { key: "one" }));
    await database.tenant(tenant).transaction((tx) => send(tx, noteDown, { text: "after" }, { key: "one" }));
    await database.tenant(tenant).transaction((tx) => send(tx, noteDown, { text: "beside" }));
    await drain();
    expect(await notes()).toEqual(["beside"]);
    for (let round = 0; round < 20; round++) {
      await test.moveClock({ minutes: 11 });
      await drain();
    }
    expect(await notes()).toEqual(["beside", "after"]);
    const [parked] = await test.query<{ last_error: string }>("select last_error from process.command where parked_at is not null");
    expect(parked?.last_error).toContain("poisoned");
  });

  it("is done once however many workers there are, those of one key in the order of sending", async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `${index % 3} ${String(index).padStart(2, "0")}`);
    for (const text of texts) {
      await database.tenant(tenant).transaction((tx) => send(tx, noteDown, { text }, { key: text[0]! }));
    }
    const workers = [worker({ commands: [noting] }), worker({ commands: [noting] }), worker({ commands: [noting] })];
    while ((await test.query("select from process.command")).length > 0) {
      await Promise.all(workers.map(({ drain }) => drain()));
    }
    const done = await notes();
    expect([...done].sort()).toEqual([...texts].sort());
    for (const key of ["0", "1", "2"]) {
      const ofKey = done.filter((text) => text.startsWith(key));
      expect(ofKey).toEqual([...ofKey].sort());
    }
  });
});

describe("a process", () => {
  const ticking = defineProcess<{ id: string }, { nextWakeAt: Temporal.Instant | null; now: Temporal.Instant }>({
    kind: "ticking",
    load: async (_, id) => ({ id }),
    lock: async (_, id) => ({ id }),
    tick: (_, now) => ({ now, nextWakeAt: now.add({ minutes: 5 }) }),
    carryOut: async (tx) => void (await tx.sql`insert into note (text) values ('tick')`),
  });

  it("is looked at when its time has come, and not before", async () => {
    const { drain } = worker({ processes: [ticking] });
    const db = database.tenant(tenant);
    await db.transaction(async (tx) => wake(tx, ticking, thing, (await tx.now()).add({ minutes: 1 })));
    await drain();
    expect(await notes()).toEqual([]);
    await test.moveClock({ seconds: 61 });
    await drain();
    expect(await notes()).toEqual(["tick"]);
    await test.moveClock({ minutes: 6 });
    await drain();
    expect(await notes()).toEqual(["tick", "tick"]);
  });

  it("keeps one appointment, the last one made", async () => {
    const { drain } = worker({ processes: [ticking] });
    const db = database.tenant(tenant);
    await db.transaction(async (tx) => wake(tx, ticking, thing, (await tx.now()).add({ hours: 9 })));
    await db.transaction((tx) => wake(tx, ticking, thing));
    await drain();
    expect(await notes()).toEqual(["tick"]);
  });
});

describe("an effect", () => {
  let calls: number[];
  let answer: (attempt: number) => Promise<string>;
  const call = defineEffect<"call", z.ZodObject, string>({
    kind: "call",
    payload: z.object({}),
    startToCloseTimeoutSeconds: 20,
    retry: { initialIntervalSeconds: 1, backoffCoefficient: 2, maximumIntervalSeconds: 60, maximumAttempts: 3 },
    perform(_, { attempt }) {
      calls.push(attempt);
      return answer(attempt);
    },
    settled: async (tx, { outcome }) => void (await tx.sql`insert into note (text) values (${outcome.status})`),
  }) as unknown as Effect;

  beforeEach(() => {
    calls = [];
    answer = async () => "fine";
  });

  const ask = () => database.tenant(tenant).transaction((tx) => request(tx, call, {}, { id: thing }));

  it("is called once, and its outcome written down", async () => {
    await ask();
    await ask();
    await worker({ effects: [call] }).drain();
    expect(calls).toEqual([1]);
    expect(await notes()).toEqual(["succeeded"]);
  });

  it("is tried again with growing pauses, and finally fails", async () => {
    answer = () => Promise.reject(new Error("busy"));
    await ask();
    const { drain } = worker({ effects: [call] });
    await drain();
    await test.moveClock({ milliseconds: 900 });
    await drain();
    expect(calls).toEqual([1]);
    await test.moveClock({ seconds: 1 });
    await drain();
    await test.moveClock({ seconds: 2 });
    await drain();
    expect(calls).toEqual([1, 2, 3]);
    expect(await notes()).toEqual(["failed"]);
  });

  it("is made again when whoever made it died, and a late answer is not heard", async () => {
    const late = Promise.withResolvers<string>();
    answer = (attempt) => (attempt === 1 ? late.promise : Promise.resolve("fine"));
    await ask();
    const slow = worker({ effects: [call] }).drain();
    while (calls.length === 0) await new Promise(setImmediate);
    await test.moveClock({ seconds: 26 });
    await worker({ effects: [call] }).drain();
    late.resolve("too late");
    await slow;
    expect(calls).toEqual([1, 2]);
    expect(await notes()).toEqual(["succeeded"]);
  });

  it("can be taken back until it is being made", async () => {
    await ask();
    const taken = await database.tenant(tenant).transaction((tx) => cancel(tx, call, thing));
    await worker({ effects: [call] }).drain();
    expect([taken, calls]).toEqual([true, []]);
  });
});

const noting = handle(noteDown, (tx, { text }) => tx.sql`insert into note (text) values (${text})`);

function worker(parts: Partial<WorkerOptions>) {
  return createWorker({ database, log, services: null, commands: [], processes: [], effects: [], ...parts });
}

async function notes(): Promise<string[]> {
  return (await test.query<{ text: string }>("select text from note order by place")).map((row) => row.text);
}
