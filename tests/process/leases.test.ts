import { spawn, type ChildProcess } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { handle, send } from "#shared/process/commands.ts";
import { defineEffect, request, type Attempt } from "#shared/process/effects.ts";
import { defineProcess, wake } from "#shared/process/process.ts";
import type { Worker } from "#shared/process/worker.ts";
import { noteDown, noting, openNotebook, tenant, write, type Notebook } from "./notebook.ts";

// The clock is not moved here: how long others wait is what these are about, and tests wait as long.

const id = "019a0000-0000-7000-8000-00000000000a";

let notebook: Notebook;
let db: TenantDatabase;
const children: ChildProcess[] = [];
const started: Worker[] = [];

beforeAll(async () => {
  notebook = await openNotebook();
  db = notebook.database.tenant(tenant);
});
beforeEach(() => notebook.clear());
afterEach(async () => {
  children.splice(0).forEach((child) => child.kill("SIGKILL"));
  await Promise.all(started.splice(0).map((worker) => worker.stop()));
});
afterAll(() => notebook.close());

/** Starts a worker in a process of its own, which stops for ever at a place. */
async function startProcess(stopsAt: string): Promise<{ child: ChildProcess; lines: Interface }> {
  const script = fileURLToPath(new URL("./workerProcess.ts", import.meta.url));
  const child = spawn(process.execPath, [script, notebook.test.serviceUrl, stopsAt], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const lines = createInterface(child.stdout);
  await says(lines, "started");
  return { child, lines };
}

function says(lines: Interface, what: string): Promise<void> {
  return new Promise((resolve) => lines.on("line", (line) => line === what && resolve()));
}

const makeCall = (perform: (attempt: Attempt<unknown>) => Promise<string>) =>
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
    perform: (_, attempt) => perform(attempt),
    settled: (tx, { outcome }) =>
      write(tx, outcome.status === "succeeded" ? `${outcome.attempt} ${outcome.result}` : outcome.status),
  });
const call = makeCall(async () => "answered");

const startWorker = async (parts: Parameters<Notebook["worker"]>[0]): Promise<Worker> => {
  const worker = notebook.worker(parts);
  started.push(worker);
  await worker.start();
  return worker;
};
const askForCall = () => db.transaction((tx) => request(tx, call, {}, { id }));
const notes = () => notebook.notes();

describe("what a worker had in hand", { timeout: 30_000 }, () => {
  it("when it was killed is taken over within seconds: its calls", async () => {
    const { child, lines } = await startProcess("after a call");
    const called = says(lines, "after a call");
    await askForCall();
    await called;
    await startWorker({ effects: [call] });
    child.kill("SIGKILL");
    await expect.poll(notes, { timeout: 4_000 }).toEqual([`called by ${id}`, "2 answered"]);
  });

  it.each([
    ["its calls", "after a call", [`called by ${id}`, "2 answered"]],
    ["its commands", "in the middle of a command", ["once"]],
  ])("when it was stopped, or hangs, is taken over within seconds: %s", async (_, place, expected) => {
    const { child, lines } = await startProcess(place);
    const arrived = says(lines, place);
    if (place === "after a call") await askForCall();
    else await db.transaction((tx) => send(tx, noteDown, { text: "once" }));
    await arrived;
    await startWorker({ effects: [call], commands: [noting] });
    child.kill("SIGSTOP");
    await expect.poll(notes, { timeout: 9_000 }).toEqual(expected);
  });

  it("stays its own for as long as it works on it, also when it has lost the connection it listens on", async () => {
    const answer = Promise.withResolvers<string>();
    const calls: number[] = [];
    const slow = makeCall(({ attempt }) => {
      calls.push(attempt);
      return answer.promise;
    });
    await startWorker({ effects: [slow] });
    await askForCall();
    await expect.poll(() => calls).toEqual([1]);
    await startWorker({ effects: [slow] });
    await notebook.test.query(
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2",
    );
    await wait(7_000);
    answer.resolve("at last");
    await expect.poll(notes).toEqual(["1 at last"]);
    expect(calls).toEqual([1]);
  });

  it("is called off when another worker has its lease, and what comes of it is not heard", async () => {
    const hasStopped = Promise.withResolvers<void>();
    const slow = makeCall(({ signal, attempt }) => {
      if (attempt > 1) return Promise.resolve("taken over");
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          hasStopped.resolve();
          reject(signal.reason as Error);
        });
      });
    });
    await askForCall();
    const first = notebook.worker({ effects: [slow] }).drain();
    await expect
      .poll(async () => (await notebook.test.query("select from process.effect where attempt = 1")).length)
      .toBe(1);
    await notebook.test.moveClock({ seconds: 6 });
    await notebook.worker({ effects: [slow] }).drain();
    await hasStopped.promise;
    await first;
    expect(await notes()).toEqual(["2 taken over"]);
  });
});

describe("a worker that is stopped while its work hangs", { timeout: 30_000 }, () => {
  it("ends within seconds, and others do it at once: calls, as the attempts that they were", async () => {
    let hangs = true;
    const hanging = makeCall(({ signal }) => {
      if (!hangs) return Promise.resolve("answered");
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    });
    const worker = await startWorker({ effects: [hanging] });
    await askForCall();
    await expect
      .poll(async () => (await notebook.test.query("select from process.effect where attempt = 1")).length)
      .toBe(1);
    await worker.stop();
    hangs = false;
    await notebook.worker({ effects: [hanging] }).drain();
    expect(await notes()).toEqual(["1 answered"]);
  });

  it("ends within seconds, and others do it at once: commands and looks at processes", async () => {
    const hung: string[] = [];
    const hanging = handle(noteDown, async (tx) => {
      await write(tx, "half");
      hung.push("command");
      await new Promise(() => {});
    });
    const asking = (ask: () => Promise<string>) =>
      defineProcess<object, { nextWakeAt: null }, string>({
        kind: "asking",
        load: async () => ({}),
        lock: async () => ({}),
        ask,
        tick: () => ({ nextWakeAt: null }),
        carryOut: (tx) => write(tx, "looked at"),
      });
    const silent = asking(() => {
      hung.push("process");
      return new Promise(() => {});
    });
    const worker = await startWorker({ commands: [hanging], processes: [silent] });
    await db.transaction(async (tx) => {
      await send(tx, noteDown, { text: "done" });
      await wake(tx, silent, id);
    });
    await expect.poll(() => hung.toSorted()).toEqual(["command", "process"]);
    await worker.stop();
    await notebook.worker({ commands: [noting], processes: [asking(async () => "asked")] }).drain();
    expect((await notes()).toSorted()).toEqual(["done", "looked at"]);
    const failed = await notebook.test.query("select from process.command where attempt > 0");
    expect(failed).toEqual([]);
  });
});
