import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#shared/errors/exposed.ts";
import { defineCommand, handle, send } from "#shared/process/commands.ts";
import {
  discardParked,
  ParkedWork,
  retryParked,
  type OnParked,
  type ParkedCommand,
} from "#shared/process/parkedWork.ts";
import { defineEffect, request } from "#shared/process/effects.ts";
import { defineProcess, wake } from "#shared/process/process.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { noteDown, openNotebook, tenant, write, type Notebook } from "./notebook.ts";

let notebook: Notebook;
let db: TenantDatabase;

beforeAll(async () => {
  notebook = await openNotebook();
  db = notebook.database.tenant(tenant);
});
beforeEach(() => notebook.clear());
afterAll(() => notebook.close());

const messages = {
  NO_INK: { status: 422, message: ({ colour }: { colour: string }) => `There is no ${colour} ink.` },
};
const ask = (text: string) => db.transaction((tx) => send(tx, noteDown, { text }, { key: "k" }));
const parked = () => db.find(ParkedWork, {});

/** Fails as it is told at the text "poison", and writes down any other. */
const failing = (fail: (tx: TenantTransaction) => unknown) =>
  handle(noteDown, async (tx, { text }) => {
    if (text === "poison") await fail(tx);
    await write(tx, text);
  });

const final: Record<string, [(tx: TenantTransaction) => unknown, string]> = {
  "an error of the table": [
    () => {
      throw exposed("NO_INK", "internal", { colour: "blue" });
    },
    "There is no blue ink.",
  ],
  "a payload that cannot be read": [
    () => z.object({ size: z.int() }).parse({ size: "large" }),
    "What was asked cannot be read: size: Invalid input: expected number, received string.",
  ],
  "what the database cannot store": [
    (tx) => tx.sql`select ${"\0"}::text`,
    "The database cannot store what was asked.",
  ],
};

describe("a command that fails as no retry can mend", () => {
  it.each(Object.entries(final))("for %s is parked at once, and frees its key", async (_, [fail, reason]) => {
    await ask("poison");
    await ask("after");
    await notebook.worker({ commands: [failing(fail)], messages }).drain();
    expect(await notebook.notes()).toEqual(["after"]);
    expect(await parked()).toMatchObject([
      { work: "COMMAND", name: "noteDown", owner: "tests", attempts: 1, error: reason },
    ]);
  });

  it("for what contradicts other rows is tried twice more, since somebody may just have written the same", async () => {
    const contradicting = failing(
      (tx) =>
        tx.sql`insert into process.timer (tenant_id, kind, subject_id) values (${tenant}, 'x', ${tenant})`,
    );
    await ask("poison");
    const { drain } = notebook.worker({ commands: [contradicting], messages });
    const counts: number[] = [];
    for (let round = 0; round < 4; round++) {
      await drain();
      counts.push((await parked()).length);
      await notebook.test.moveClock({ seconds: 1 });
    }
    expect(counts).toEqual([0, 0, 1, 1]);
  });

  it.each(["SERVICE_UNAVAILABLE", "CONFLICT"])("but for %s, which passes, is tried again", async (code) => {
    let failures = 3;
    const passing = failing(() => {
      if (failures-- > 0) throw exposed(code, "not now");
    });
    await ask("poison");
    const { drain } = notebook.worker({ commands: [passing], messages });
    for (let round = 0; round < 4; round++) {
      await drain();
      await notebook.test.moveClock({ seconds: 1 });
    }
    expect([await notebook.notes(), await parked()]).toEqual([["poison"], []]);
  });

  it("is told to whom it concerns in the transaction that parks it, and parked also when they cannot be told", async () => {
    const told: ParkedCommand[] = [];
    const onParked: OnParked = async (tx, what) => {
      told.push(what);
      await write(tx, `parked: ${what.reason}`);
      if (told.length === 2) throw exposed("NO_INK", "nobody listens", { colour: "black" });
    };
    const worker = notebook.worker({
      commands: [failing(final["an error of the table"]![0])],
      messages,
      onParked,
    });
    await ask("poison");
    await worker.drain();
    await ask("poison");
    await worker.drain();
    expect(told).toMatchObject(
      [1, 2].map(() => ({ name: "noteDown", owner: "tests", payload: { text: "poison" } })),
    );
    expect(await notebook.notes()).toEqual(["parked: There is no blue ink."]);
    expect(await parked()).toHaveLength(2);
  });
});

describe("parked work", () => {
  it("says what it is about when it has a title, and is seen by its tenant only", async () => {
    const titled = defineCommand({ name: "titled", to: "tests", payload: z.object({ title: z.string() }) });
    const refusing = handle(titled, () => Promise.reject(exposed("NO_INK", "internal", { colour: "red" })));
    await db.transaction((tx) => send(tx, titled, { title: "The disk is full" }));
    await notebook.worker({ commands: [refusing], messages }).drain();
    expect(await parked()).toMatchObject([{ about: "The disk is full" }]);
    expect(await notebook.database.tenant(crypto.randomUUID()).find(ParkedWork, {})).toEqual([]);
  });

  it("is done once what kept it is mended and somebody has it tried again", async () => {
    let isMended = false;
    const mendable = failing(() => {
      if (!isMended) throw exposed("NO_INK", "internal", { colour: "blue" });
    });
    await ask("poison");
    const { drain } = notebook.worker({ commands: [mendable], messages });
    await drain();
    const [work] = await parked();
    isMended = true;
    expect(await db.transaction((tx) => retryParked(tx, work!.id))).toEqual(work);
    await drain();
    expect([await notebook.notes(), await parked(), await notebook.left()]).toEqual([["poison"], [], 0]);
    expect(await db.transaction((tx) => retryParked(tx, work!.id))).toBeNull();
  });

  it("is never done once somebody discards it", async () => {
    await ask("poison");
    const { drain } = notebook.worker({ commands: [failing(final["an error of the table"]![0])], messages });
    await drain();
    const [work] = await parked();
    expect(await db.transaction((tx) => discardParked(tx, work!.id))).toEqual(work);
    expect(await db.transaction((tx) => discardParked(tx, work!.id))).toBeNull();
    expect([await parked(), await notebook.left()]).toEqual([[], 0]);
  });

  it("is a call too whose consequences cannot be written down; it is made once, and goes on by itself", async () => {
    let calls = 0;
    let isMended = false;
    const call = defineEffect({
      kind: "call",
      payload: z.object({ title: z.string() }),
      startToCloseTimeoutSeconds: 20,
      retry: {
        initialIntervalSeconds: 1,
        backoffCoefficient: 2,
        maximumIntervalSeconds: 60,
        maximumAttempts: 3,
      },
      perform: async () => void (calls += 1),
      async settled(tx) {
        if (!isMended) throw new Error("no ink");
        await write(tx, "written down");
      },
    });
    await db.transaction((tx) => request(tx, call, { title: "Ring" }, { id: tenant }));
    const { drain } = notebook.worker({ effects: [call] });
    for (let round = 0; round < 21; round++) {
      await drain();
      await notebook.test.moveClock({ seconds: 16 });
    }
    expect(await parked()).toMatchObject([{ work: "CALL", name: "call", attempts: 21, about: "Ring" }]);
    isMended = true;
    await db.transaction((tx) => retryParked(tx, tenant));
    await drain();
    expect([calls, await notebook.notes(), await parked()]).toEqual([1, ["written down"], []]);
  });

  it("is a process too whose looks keep failing; it is counted, goes on by itself and cannot be discarded", async () => {
    let isMended = false;
    const stubborn = defineProcess<object, { nextWakeAt: null }>({
      kind: "stubborn",
      load: async () => ({}),
      lock: async () => ({}),
      tick: () => ({ nextWakeAt: null }),
      async carryOut(tx) {
        if (!isMended) throw new Error("not today");
        await write(tx, "at last");
      },
    });
    await db.transaction((tx) => wake(tx, stubborn, tenant));
    const worker = notebook.worker({ processes: [stubborn] });
    for (let round = 0; round < 21; round++) {
      await worker.drain();
      await notebook.test.moveClock({ seconds: 16 });
    }
    const [work] = await parked();
    expect(work).toMatchObject({ work: "PROCESS", name: "stubborn", owner: null, attempts: 21 });
    expect(await db.transaction((tx) => discardParked(tx, work!.id))).toBeNull();
    await worker.start();
    expect(await metricsText()).toContain('process_failing_timers{kind="stubborn"} 1');
    await worker.stop();
    isMended = true;
    await db.transaction((tx) => retryParked(tx, work!.id));
    await worker.drain();
    expect([await notebook.notes(), await parked()]).toEqual([["at last"], []]);
  });
});
