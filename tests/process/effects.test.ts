import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { cancel, defineEffect, request, type Attempt, type EffectOf } from "#shared/process/effects.ts";
import { openNotebook, tenant, write, type Notebook } from "./notebook.ts";

const id = "019a0000-0000-7000-8000-00000000000a";
const payload = z.object({ to: z.string() });
type Call = EffectOf<"call", typeof payload, string, unknown>;

let notebook: Notebook;
let db: TenantDatabase;

beforeAll(async () => {
  notebook = await openNotebook();
  db = notebook.database.tenant(tenant);
});
afterAll(() => notebook.close());

describe("a call to the outside world", () => {
  let calls: Attempt<unknown>[];
  let answer: (attempt: Attempt<unknown>) => Promise<string>;
  let settle: () => Promise<void>;
  const makeCall = (parts: Partial<Call> = {}): Call =>
    defineEffect({
      kind: "call",
      payload,
      startToCloseTimeoutSeconds: 20,
      retry: {
        initialIntervalSeconds: 1,
        backoffCoefficient: 2,
        maximumIntervalSeconds: 60,
        maximumAttempts: 3,
      },
      perform(_, attempt) {
        calls.push(attempt);
        return answer(attempt);
      },
      async settled(tx, { outcome }) {
        await write(
          tx,
          outcome.status === "succeeded" ? outcome.result : `${outcome.status}: ${outcome.error}`,
        );
        await settle();
      },
      ...parts,
    });
  const call = makeCall();

  beforeEach(async () => {
    await notebook.clear();
    calls = [];
    answer = async () => "fine";
    settle = async () => {};
  });

  const ask = (notBefore?: Temporal.Instant) =>
    db.transaction((tx) => request(tx, call, { to: "you" }, { id, notBefore }));
  const takeBack = () => db.transaction((tx) => cancel(tx, call, id));
  const attempts = () => calls.map(({ attempt }) => attempt);

  it("is made once however often it is asked for, and its outcome written down", async () => {
    await ask();
    await ask();
    await notebook.worker({ effects: [call] }).drain();
    expect(calls).toMatchObject([{ effectId: id, attempt: 1, tenantId: tenant }]);
    expect([await notebook.notes(), await notebook.left()]).toEqual([["fine"], 0]);
  });

  it("is made in no transaction, and only when the one that asked for it was committed", async () => {
    const failed = db.transaction(async (tx) => {
      await request(tx, call, { to: "nobody" }, { id });
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow("changed my mind");
    await notebook.worker({ effects: [call] }).drain();
    expect(calls).toEqual([]);
    answer = async () => {
      const open = "select from pg_stat_activity where state like 'idle in%' and application_name = 'tests'";
      return `${(await notebook.test.query(open)).length} open`;
    };
    await ask();
    await notebook.worker({ effects: [call] }).drain();
    expect(await notebook.notes()).toEqual(["0 open"]);
  });

  it("is made no sooner than it is asked to", async () => {
    await ask((await db.now()).add({ minutes: 2 }));
    const { drain } = notebook.worker({ effects: [call] });
    await drain();
    expect(calls).toEqual([]);
    await notebook.test.moveClock({ minutes: 3 });
    await drain();
    expect(attempts()).toEqual([1]);
  });

  it("is refused to whoever asks for it with the wrong payload", async () => {
    await expect(db.transaction((tx) => request(tx, call, {} as never, { id }))).rejects.toThrow();
  });

  it("is tried again with growing pauses, tells of each attempt, and finally fails", async () => {
    answer = ({ attempt }) => Promise.reject(new Error(`busy ${attempt}`));
    const telling = makeCall({
      attempted: (tx, { outcome }) => write(tx, `attempt ${outcome.attempt} ${outcome.status}`),
    });
    await ask();
    const { drain } = notebook.worker({ effects: [telling] });
    await drain();
    await notebook.test.moveClock({ milliseconds: 800 });
    await drain();
    expect(attempts()).toEqual([1]);
    await notebook.test.moveClock({ seconds: 1 });
    await drain();
    await notebook.test.moveClock({ seconds: 2 });
    await drain();
    expect(attempts()).toEqual([1, 2, 3]);
    expect(await notebook.notes()).toEqual(["attempt 1 failed", "attempt 2 failed", "failed: busy 3"]);
  });

  it("is not tried again when no further attempt would mend it", async () => {
    class NoSuchNumber extends Error {
      override name = "NoSuchNumber";
    }
    answer = () => Promise.reject(new NoSuchNumber("no such number"));
    const final = makeCall({ retry: { ...call.retry, nonRetryableErrors: ["NoSuchNumber"] } });
    await ask();
    await notebook.worker({ effects: [final] }).drain();
    expect([attempts(), await notebook.notes()]).toEqual([[1], ["failed: no such number"]]);
  });

  it("that takes too long is told to stop, and fails", async () => {
    answer = ({ signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve("stopped"), { once: true }));
    const impatient = makeCall({
      startToCloseTimeoutSeconds: 0.05,
      retry: { ...call.retry, maximumAttempts: 1 },
    });
    await ask();
    await notebook.worker({ effects: [impatient] }).drain();
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(await notebook.notes()).toEqual(["failed: The call call took longer than 0.05 s"]);
  });

  it("is made again when whoever made it is not heard of, and a late answer is not heard", async () => {
    const late = Promise.withResolvers<string>();
    const made = Promise.withResolvers<void>();
    answer = ({ attempt }) => {
      made.resolve();
      return attempt === 1 ? late.promise : Promise.resolve("second");
    };
    await ask();
    const slow = notebook.worker({ effects: [call] }).drain();
    await made.promise;
    const { drain } = notebook.worker({ effects: [call] });
    await drain();
    expect(attempts()).toEqual([1]);
    await notebook.test.moveClock({ seconds: 26 });
    await drain();
    late.resolve("too late");
    await slow;
    expect(attempts()).toEqual([1, 2]);
    expect(new Set(calls.map(({ attemptId }) => attemptId)).size).toBe(2);
    expect(await notebook.notes()).toEqual(["second"]);
  });

  it("that was answered is not made again when what follows cannot be written down at first", async () => {
    let failures = 2;
    settle = async () => {
      if (failures-- > 0) throw new Error("no ink");
    };
    await ask();
    const { drain } = notebook.worker({ effects: [call] });
    const cancelled: string[] = [];
    for (let round = 0; round < 3; round++) {
      await drain();
      cancelled.push(await takeBack());
      await notebook.test.moveClock({ seconds: 2 });
    }
    expect([attempts(), await notebook.notes(), await notebook.left()]).toEqual([[1], ["fine"], 0]);
    expect(cancelled).toEqual(["in flight", "in flight", "gone"]);
  });

  it("that is cancelled before it is made is not made, and nothing is settled", async () => {
    await ask();
    expect(await takeBack()).toBe("stopped");
    expect(await takeBack()).toBe("gone");
    await notebook.worker({ effects: [call] }).drain();
    expect([attempts(), await notebook.notes(), await notebook.left()]).toEqual([[], [], 0]);
  });

  it("that is cancelled between two attempts is not made again", async () => {
    answer = () => Promise.reject(new Error("busy"));
    await ask();
    const { drain } = notebook.worker({ effects: [call] });
    await drain();
    expect(await takeBack()).toBe("stopped");
    await notebook.test.moveClock({ minutes: 1 });
    await drain();
    expect([attempts(), await notebook.notes()]).toEqual([[1], []]);
  });

  it("that is cancelled while an attempt is made, which then fails, is settled as cancelled and not made again", async () => {
    const told: unknown[] = [];
    answer = async () => {
      told.push(await takeBack());
      throw new Error("busy");
    };
    await ask();
    const { drain } = notebook.worker({ effects: [call] });
    await drain();
    await notebook.test.moveClock({ minutes: 1 });
    await drain();
    expect([told, attempts()]).toEqual([["in flight"], [1]]);
    expect([await notebook.notes(), await notebook.left()]).toEqual([["cancelled: busy"], 0]);
  });

  it("that is cancelled while an attempt is made, which succeeds all the same, has succeeded", async () => {
    answer = async () => `${await takeBack()}, and fine`;
    await ask();
    await notebook.worker({ effects: [call] }).drain();
    expect([await notebook.notes(), await notebook.left()]).toEqual([["in flight, and fine"], 0]);
  });

  it("that hangs is told to stop when it is cancelled, whether workers are told of it or look by themselves", async () => {
    answer = async ({ signal }) => {
      await takeBack();
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    };
    await ask();
    await notebook.worker({ effects: [call] }).drain();
    await ask();
    const worker = notebook.worker({ effects: [call] });
    await worker.start();
    await expect.poll(() => notebook.left(), { timeout: 10_000 }).toBe(0);
    await worker.stop();
    expect(await notebook.notes()).toEqual(Array(2).fill("cancelled: The call call was called off"));
  });

  it("that does not heed being told to stop is not waited for", async () => {
    answer = async () => {
      await takeBack();
      return new Promise(() => {});
    };
    await ask();
    await notebook.worker({ effects: [call] }).drain();
    expect(await notebook.notes()).toEqual(["cancelled: The call call was called off"]);
  });

  it("that was cancelled and is asked for anew is made", async () => {
    answer = async () => {
      await takeBack();
      throw new Error("busy");
    };
    await ask();
    const { drain } = notebook.worker({ effects: [call] });
    await drain();
    answer = async () => "fine";
    await ask();
    await drain();
    expect(await notebook.notes()).toEqual(["cancelled: busy", "fine"]);
  });

  it("is looked at again before each attempt, and made with what holds then", async () => {
    const made: string[] = [];
    let present = "you";
    const rechecked = makeCall({
      recheck: async (_, asked) => ({ to: `${asked.payload.to} or rather ${present}` }),
      async perform({ to }, { attempt }) {
        made.push(to);
        if (attempt === 1) throw new Error("busy");
        return to;
      },
      settled: (tx, settled) => write(tx, settled.payload.to),
    });
    await ask();
    const { drain } = notebook.worker({ effects: [rechecked] });
    await drain();
    present = "her";
    await notebook.test.moveClock({ minutes: 1 });
    await drain();
    expect(made).toEqual(["you or rather you", "you or rather you or rather her"]);
    expect(await notebook.notes()).toEqual(made.slice(1));
  });

  it("is put off, which is no attempt, while it cannot be looked at whether it is still to be made", async () => {
    let isAway = true;
    const away = Object.assign(new Error("no connection was free"), { code: "SERVICE_UNAVAILABLE" });
    const rechecked = makeCall({
      recheck: async (_, asked) => (isAway ? Promise.reject(away) : asked.payload),
    });
    const { drain } = notebook.worker({ effects: [rechecked] });
    await ask();
    for (let nth = 0; nth < 8; nth++) {
      await drain();
      await notebook.test.moveClock({ seconds: 2 });
    }
    expect(calls).toEqual([]);
    isAway = false;
    await drain();
    expect(attempts()).toEqual([1]);
    expect(await notebook.notes()).toEqual(["fine"]);
  });

  it("that is not wanted any more when it is looked at again is not made, and settled as cancelled", async () => {
    let isWanted = true;
    answer = () => Promise.reject(new Error("busy"));
    const rechecked = makeCall({ recheck: async (_, asked) => (isWanted ? asked.payload : null) });
    await ask();
    const { drain } = notebook.worker({ effects: [rechecked] });
    await drain();
    isWanted = false;
    await notebook.test.moveClock({ minutes: 1 });
    await drain();
    expect([attempts(), await notebook.notes(), await notebook.left()]).toEqual([
      [1],
      ["cancelled: null"],
      0,
    ]);
  });

  it("that cannot be looked at again is tried again like one that failed", async () => {
    let isBroken = true;
    const rechecked = makeCall({
      async recheck(_, asked) {
        if (isBroken) throw new Error("who knows");
        return asked.payload;
      },
    });
    await ask();
    const { drain } = notebook.worker({ effects: [rechecked] });
    await drain();
    isBroken = false;
    await notebook.test.moveClock({ minutes: 1 });
    await drain();
    expect([attempts(), await notebook.notes()]).toEqual([[2], ["fine"]]);
  });

  it("is one of many made at once, more of them than commands", async () => {
    let inHand = 0;
    const all = Promise.withResolvers<string>();
    answer = () => {
      if (++inHand === 16) all.resolve("together");
      return all.promise;
    };
    await db.transaction(async (tx) => {
      for (let n = 0; n < 16; n++) await request(tx, call, { to: "you" }, { id: crypto.randomUUID() });
    });
    const worker = notebook.worker({ effects: [call] });
    await worker.start();
    await expect.poll(() => notebook.left(), { timeout: 10_000 }).toBe(0);
    await worker.stop();
    expect(await notebook.notes()).toEqual(Array.from({ length: 16 }, () => "together"));
  });
});
