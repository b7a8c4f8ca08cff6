import { spawn, type ChildProcess } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { exposed } from "#shared/errors/exposed.ts";
import { openDatabase } from "#shared/database/database.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { defineCommand, handle, send, sendAll } from "#shared/process/commands.ts";
import { defineEffect, request } from "#shared/process/effects.ts";
import { EffectCancellation } from "#shared/process/entities/EffectCancellation.ts";
import { defineProcess, wake, type NextWake } from "#shared/process/process.ts";
import { openCuttable } from "./cuttable.ts";
import { log, noteDown, noting, openNotebook, tenant, workerOn, write, type Notebook } from "./notebook.ts";

const id = "019a0000-0000-7000-8000-00000000000a";

let notebook: Notebook;
let db: TenantDatabase;

beforeAll(async () => {
  notebook = await openNotebook();
  db = notebook.database.tenant(tenant);
});
beforeEach(() => notebook.clear());
afterAll(() => notebook.close());

let calls = 0;
const call = defineEffect({
  kind: "call",
  payload: z.object({}),
  startToCloseTimeoutSeconds: 20,
  retry: { initialIntervalSeconds: 1, backoffCoefficient: 2, maximumIntervalSeconds: 60, maximumAttempts: 3 },
  async perform(_, { effectId }) {
    calls += 1;
    return `answered ${effectId}`;
  },
  settled: (tx, { outcome }) => write(tx, outcome.status === "succeeded" ? outcome.result : outcome.status),
});

describe("a worker that is killed", () => {
  const children: ChildProcess[] = [];
  const startWorker = async (stopsAt: string): Promise<{ lines: Interface; kill(): Promise<void> }> => {
    const script = fileURLToPath(new URL("./workerProcess.ts", import.meta.url));
    const child = spawn(process.execPath, [script, notebook.test.serviceUrl, stopsAt], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    const lines = createInterface(child.stdout);
    await says(lines, "started");
    return {
      lines,
      kill: () =>
        new Promise((resolve) => {
          child.once("exit", () => resolve());
          child.kill("SIGKILL");
        }),
    };
  };
  afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

  it("in the middle of a command has done nothing of it, and another takes over at once", async () => {
    const { lines, kill } = await startWorker("in the middle of a command");
    const stopped = says(lines, "in the middle of a command");
    await db.transaction((tx) => send(tx, noteDown, { text: "once" }));
    await stopped;
    const other = notebook.worker({ commands: [noting] });
    await other.drain();
    expect(await notebook.notes()).toEqual([]);
    await kill();
    await expect.poll(() => other.drain()).toBe(1);
    expect([await notebook.notes(), await notebook.left()]).toEqual([["once"], 0]);
  });

  it("between a call and writing down its outcome leaves a call that is made again, with the same id", async () => {
    const { lines, kill } = await startWorker("after a call");
    const stopped = says(lines, "after a call");
    await db.transaction((tx) => request(tx, call, {}, { id }));
    await stopped;
    await kill();
    const other = notebook.worker({ effects: [call] });
    await other.drain();
    expect(await notebook.notes()).toEqual([`called by ${id}`]);
    await notebook.test.moveClock({ seconds: 26 });
    await other.drain();
    expect(await notebook.notes()).toEqual([`called by ${id}`, `answered ${id}`]);
    expect(await notebook.left()).toBe(0);
  });

  it("among others loses nothing and leaves nothing done twice", async () => {
    const workers = [await startWorker("never"), await startWorker("never"), await startWorker("never")];
    const texts = Array.from({ length: 600 }, (_, index) => String(index).padStart(3, "0"));
    for (let first = 0; first < texts.length; first += 50) {
      const messages = texts.slice(first, first + 50).map((text) => ({ payload: { text } }));
      await db.transaction((tx) => sendAll(tx, noteDown, messages));
      if (first === 200) await workers[0]!.kill();
      if (first === 400) await workers[1]!.kill();
    }
    await expect.poll(() => notebook.left(), { timeout: 20_000 }).toBe(0);
    expect((await notebook.notes()).toSorted()).toEqual(texts);
  });
});

describe("a database connection that dies in the middle of a command", () => {
  it("takes with it what the command did, and it is done again", async () => {
    const dying = handle(noteDown, async (tx, { text }, { attempt }) => {
      await write(tx, text);
      if (attempt > 1) return;
      const [own] = await tx.sql<{ pid: number }>`select pg_backend_pid() as pid`;
      await notebook.test.query("select pg_terminate_backend($1)", [own!.pid]);
      await write(tx, text);
    });
    await db.transaction((tx) => send(tx, noteDown, { text: "once" }));
    const { drain } = notebook.worker({ commands: [dying] });
    await drain();
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    expect(await notebook.notes()).toEqual(["once"]);
  });
});

describe("whichever message to the database is the last one that gets there", () => {
  const ticking = defineProcess<{ text: string }, NextWake, string>({
    kind: "ticking",
    load: async () => ({ text: "tick" }),
    ask: async () => "asked",
    lock: async () => ({ text: "tick" }),
    tick: () => ({ nextWakeAt: null }),
    carryOut: (tx, thing) => write(tx, thing.text),
  });
  const looking = defineProcess<{ text: string }, NextWake>({
    kind: "looking",
    load: async () => ({ text: "look" }),
    lock: async () => ({ text: "look" }),
    tick: () => ({ nextWakeAt: null }),
    carryOut: (tx, thing) => write(tx, thing.text),
  });
  const looked = defineEffect({
    ...call,
    kind: "looked",
    recheck: async (_, { payload }) => ({ ...payload }),
  });
  const unwanted = defineEffect({ ...call, kind: "unwanted", recheck: async () => null });
  const refused = defineCommand({ name: "refused", to: "tests", payload: z.object({}) });
  const parts = {
    commands: [noting, handle(refused, () => Promise.reject(exposed("NO_INK", "internal")))],
    processes: [ticking, looking],
    effects: [call, looked, unwanted],
    onParked: (tx: TenantTransaction) => write(tx, "told"),
  };
  const due = {
    command: () => db.transaction((tx) => send(tx, noteDown, { text: "done" })),
    process: () => db.transaction((tx) => wake(tx, looking, id)),
    "process that asks": () => db.transaction((tx) => wake(tx, ticking, id)),
    call: () => db.transaction((tx) => request(tx, call, {}, { id })),
    "call that is looked at again": () => db.transaction((tx) => request(tx, looked, {}, { id })),
    "call that is not wanted any more": () => db.transaction((tx) => request(tx, unwanted, {}, { id })),
    "call that was cancelled": () =>
      db.transaction(async (tx) => {
        await request(tx, call, {}, { id });
        await tx.insert(EffectCancellation, { id, cancelledAt: await tx.now() });
      }),
    "command that no retry can mend": () => db.transaction((tx) => send(tx, refused, {})),
  };
  const noted = {
    command: "done",
    process: "look",
    "process that asks": "tick",
    call: `answered ${id}`,
    "call that is looked at again": `answered ${id}`,
    "call that is not wanted any more": "cancelled",
    "call that was cancelled": "cancelled",
    "command that no retry can mend": "told",
  };

  it.each(Object.keys(due) as (keyof typeof due)[])(
    "a %s is done once",
    { timeout: 120_000 },
    async (what) => {
      for (const when of ["before", "after"] as const) {
        for (let message = 1, goesOn = true; goesOn; message++) {
          await notebook.clear();
          calls = 0;
          await due[what]();
          goesOn = await drainUntilCut(message, when);
          await drainAll();
          expect([message, when, await notebook.notes()]).toEqual([message, when, [noted[what]]]);
          expect(calls).toBeLessThanOrEqual(2);
        }
      }
    },
  );

  async function drainUntilCut(message: number, when: "before" | "after"): Promise<boolean> {
    const way = await openCuttable(notebook.test.serviceUrl);
    const database = await openDatabase({ url: way.url, log, applicationName: "cut off", poolSize: 2 });
    way.cutAt(message, when);
    await workerOn(database, parts)
      .drain()
      .catch(() => {});
    const wasCut = way.wasCut();
    await database.close();
    await way.close();
    return wasCut;
  }

  async function drainAll(): Promise<void> {
    const { drain } = notebook.worker(parts);
    await expect
      .poll(async () => {
        await notebook.test.moveClock({ seconds: 30 });
        await drain();
        return notebook.left();
      })
      .toBe(0);
  }
});

function says(lines: Interface, what: string): Promise<void> {
  return new Promise((resolve) => lines.on("line", (line) => line === what && resolve()));
}
