import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#shared/database/database.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { ExposedError } from "#shared/errors/exposed.ts";
import { retryConflicts, TransitionConflict } from "#shared/machine/conflicts.ts";
import { draw } from "#shared/machine/draw.ts";
import {
  currentState,
  history,
  move,
  start,
  startAll,
  statesOf,
  tryMove,
  type MoveName,
  type Transition,
} from "#shared/machine/machine.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { Door, doorMachine, DoorTransition, openDoors } from "./support.ts";

const by = { kind: "user", id: "019a0000-0000-7000-8000-00000000000b" } as const;

let doors: Awaited<ReturnType<typeof openDoors>>;
let database: Database;
let db: TenantDatabase;

beforeAll(async () => {
  doors = await openDoors();
  ({ database } = doors);
  db = database.tenant("019a0000-0000-7000-8000-000000000001");
});

afterAll(() => doors.close());

const newDoor = () =>
  db.transaction(async (tx) => {
    const door = await tx.insert(Door, { name: "front" });
    await start(tx, doorMachine, door.id, { by });
    return door.id;
  });
const moveAlone = (id: string, name: MoveName<typeof doorMachine>) =>
  db.transaction((tx) => move(tx, doorMachine, id, name, { by }));

describe("things that are started at once", () => {
  it("are where their moves lead, as if each had been moved by itself, in one statement", async () => {
    const [ids, statements] = await db.transaction(async (tx) => {
      const made = await tx.insertMany(
        Door,
        ["front", "back", "side"].map((name) => ({ name })),
      );
      const all = made.map(({ id }) => id);
      const before = database.statements();
      await startAll(tx, doorMachine, all, ["open", "close", "lock"], { by, data: { key: 7 } });
      await startAll(tx, doorMachine, [], ["open"], { by });
      return [all, database.statements() - before] as const;
    });
    expect(statements).toBe(1);
    expect([...(await statesOf(db, doorMachine, ids)).values()]).toEqual(["locked", "locked", "locked"]);
    const alone = await newDoor();
    for (const name of ["open", "close", "lock"] as const) await moveAlone(alone, name);
    const movesOf = async (id: string) =>
      (await history(db, doorMachine, [id])).map((row) => [
        row.sortKey,
        row.move,
        row.fromState,
        row.toState,
        row.mostRecent,
      ]);
    for (const id of ids) expect(await movesOf(id)).toEqual(await movesOf(alone));
    await moveAlone(ids[0]!, "unlock");
    expect((await history(db, doorMachine, ids))[0]).toMatchObject({ by, data: { key: 7 } });
  });

  it("are refused a move that does not follow, and nothing is written", async () => {
    const id = await db.transaction(async (tx) => {
      const door = await tx.insert(Door, { name: "front" });
      await expect(startAll(tx, doorMachine, [door.id], ["open", "lock"], { by })).rejects.toMatchObject({
        code: "MOVE_NOT_ALLOWED",
        args: { thing: "door", move: "lock", state: "open" },
      });
      return door.id;
    });
    expect(await currentState(db, doorMachine, id)).toBeNull();
  });
});

describe("a thing", () => {
  it("is in the first state when it is started, and where its last move led from then on", async () => {
    const id = await newDoor();
    expect(await currentState(db, doorMachine, id)).toBe("closed");
    await moveAlone(id, "open");
    expect(await currentState(db, doorMachine, id)).toBe("open");
  });

  it("remembers each move: what, who, when, and what was said about it", async () => {
    const id = await newDoor();
    const made = await db.transaction((tx) =>
      move(tx, doorMachine, id, "lock", {
        by: { ...by, permissions: ["Everything"] } as never,
        data: { key: 7 },
      }),
    );
    const past = await history(db, doorMachine, [id]);
    expect(past.map(({ move: name, fromState, toState }) => [name, fromState, toState])).toEqual([
      ["start", null, "closed"],
      ["lock", "closed", "locked"],
    ]);
    expect(past[1]).toMatchObject({
      by,
      data: { key: 7 },
      sortKey: 2,
      mostRecent: true,
      doorId: id,
      id: made.id,
    });
    expect(past[1]!.by).not.toHaveProperty("permissions");
    expect(past[1]!.at.toString()).toBe(made.at.round("microsecond").toString());
  });

  it("refuses a move that its state has not, says which, and lets the transaction go on", async () => {
    const id = await newDoor();
    const refused = await db.transaction(async (tx) => {
      const error = await move(tx, doorMachine, id, "unlock", { by }).catch((reason: unknown) => reason);
      await move(tx, doorMachine, id, "open", { by });
      return error as ExposedError;
    });
    expect(refused).toBeInstanceOf(ExposedError);
    expect([refused.code, refused.args]).toEqual([
      "MOVE_NOT_ALLOWED",
      { thing: "door", move: "unlock", state: "closed" },
    ]);
    expect(await currentState(db, doorMachine, id)).toBe("open");
  });

  it("that was never started has no state, and cannot move", async () => {
    const id = randomUUID();
    expect(await currentState(db, doorMachine, id)).toBeNull();
    await expect(moveAlone(id, "open")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of another tenant is as one that does not exist", async () => {
    const id = await newDoor();
    const others = database.tenant("019a0000-0000-7000-8000-000000000002");
    expect(await currentState(others, doorMachine, id)).toBeNull();
    await expect(others.transaction((tx) => move(tx, doorMachine, id, "open", { by }))).rejects.toMatchObject(
      { code: "NOT_FOUND" },
    );
  });

  it("that is already where a move leads can be left there", async () => {
    const id = await newDoor();
    const tried = await db.transaction(async (tx) => [
      await tryMove(tx, doorMachine, id, "close", { by }),
      await tryMove(tx, doorMachine, id, "open", { by }),
    ]);
    expect(tried).toMatchObject([null, { toState: "open" }]);
  });

  it("tells its state along with those of many others, with one statement", async () => {
    const ids = [await newDoor(), await newDoor(), await newDoor()];
    await moveAlone(ids[1]!, "open");
    const before = database.statements();
    const states = await db.reading((reading) => statesOf(reading, doorMachine, ids));
    expect(database.statements() - before).toBe(3); // begin, the question, commit
    expect(ids.map((id) => states.get(id))).toEqual(["closed", "open", "closed"]);
  });
});

describe("of two moves that race", () => {
  it("one is made, and the other hears of a conflict and can go on", async () => {
    const id = await newDoor();
    const bothHaveLooked = Promise.withResolvers<void>();
    const slow = db.transaction(async (tx) => {
      const stale = {
        ...tx,
        findOne: async (...asked: Parameters<typeof tx.findOne>) => {
          const newest = await tx.findOne(...asked);
          await bothHaveLooked.promise;
          return newest;
        },
      } as typeof tx;
      const error = await move(stale, doorMachine, id, "lock", { by }).catch((reason: unknown) => reason);
      return [error, await currentState(tx, doorMachine, id)];
    });
    await moveAlone(id, "open");
    bothHaveLooked.resolve();
    const [error, seen] = await slow;
    expect(error).toBeInstanceOf(TransitionConflict);
    expect(error).toMatchObject({ code: "CONFLICT" });
    expect(seen).toBe("open");
    expect((await history(db, doorMachine, [id])).map((row) => row.toState)).toEqual(["closed", "open"]);
  });

  it("the second waits for the first to commit, and then hears of the conflict", async () => {
    const id = await newDoor();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => moveAlone(id, "open")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = outcomes.flatMap((one) =>
      one.status === "rejected" ? [one.reason as ExposedError] : [],
    );
    expect(new Set(reasons.map(({ code }) => code))).toSatisfy((codes: Set<string>) =>
      [...codes].every((code) => code === "CONFLICT" || code === "MOVE_NOT_ALLOWED"),
    );
    expect(await history(db, doorMachine, [id])).toHaveLength(2);
  });

  it("both succeed when they want the same and try again: one transition exists", async () => {
    const id = await newDoor();
    const open = () =>
      retryConflicts(db, (tx) => tryMove(tx, doorMachine, id, "open", { by }), { attempts: 20 });
    const made = await Promise.all(Array.from({ length: 8 }, open));
    expect(made.filter((transition) => transition !== null)).toHaveLength(1);
    expect(await history(db, doorMachine, [id])).toHaveLength(2);
  });

  it("one starts the thing when both would", async () => {
    const door = await db.transaction((tx) => tx.insert(Door, { name: "back" }));
    const begin = () => db.transaction((tx) => start(tx, doorMachine, door.id, { by }));
    const outcomes = await Promise.allSettled([begin(), begin(), begin()]);
    const lost = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    expect(lost).toHaveLength(2);
    for (const reason of lost) expect(reason).toBeInstanceOf(TransitionConflict);
  });

  it("the database itself refuses the second, whoever writes it", async () => {
    const id = await newDoor();
    const forged = { doorId: id, move: "open", fromState: "closed", toState: "open", by, data: {} };
    const at = await db.now();
    const write = (row: object) =>
      db.transaction((tx) => tx.insert(DoorTransition, { ...forged, at, ...row }));
    await expect(write({ sortKey: 1, mostRecent: false })).rejects.toMatchObject({ code: "23505" });
    await expect(write({ sortKey: 2, mostRecent: true })).rejects.toMatchObject({ code: "23505" });
  });
});

describe("work that lost a race", () => {
  it("is tried again as a whole, and given up after so many times", async () => {
    let times = 0;
    const always = retryConflicts(
      db,
      async () => {
        times += 1;
        throw new TransitionConflict("door", "one", "open");
      },
      { attempts: 3 },
    );
    await expect(always).rejects.toBeInstanceOf(TransitionConflict);
    expect(times).toBe(3);
  });

  it("is not tried again inside a transaction, of which it would only be a part", async () => {
    let times = 0;
    const nested = db.transaction((tx) =>
      retryConflicts(tx, async () => {
        times += 1;
        throw new TransitionConflict("door", "one", "open");
      }),
    );
    await expect(nested).rejects.toBeInstanceOf(TransitionConflict);
    expect(times).toBe(1);
  });

  it("is tried again after a deadlock", async () => {
    const [one, other] = [await newDoor(), await newDoor()];
    const bothHold = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const lockBoth = (ids: string[], me: number) => {
      let isFirst = true;
      return retryConflicts(db, async (tx) => {
        await tx.lock(Door, { id: ids[0]! });
        bothHold[me]!.resolve();
        if (isFirst) await bothHold[1 - me]!.promise;
        isFirst = false;
        await tx.lock(Door, { id: ids[1]! });
      });
    };
    const done = Promise.all([lockBoth([one, other], 0), lockBoth([other, one], 1)]);
    await expect(done).resolves.toHaveLength(2);
  });
});

describe("whatever moves are tried, by several at once", () => {
  const names = Object.keys(doorMachine.moves) as MoveName<typeof doorMachine>[];
  const attempts = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 25 });

  it("the history is a legal path, and exactly one row of it is the newest", async () => {
    await fc.assert(
      fc.asyncProperty(attempts, fc.integer({ min: 1, max: 4 }), async (tried, atOnce) => {
        const id = await newDoor();
        for (let next = 0; next < tried.length; next += atOnce) {
          await Promise.allSettled(tried.slice(next, next + atOnce).map((name) => moveAlone(id, name)));
        }
        const past = await history(db, doorMachine, [id]);
        expect(past.filter(({ mostRecent }) => mostRecent)).toEqual([past.at(-1)]);
        expect(past.map(({ sortKey }) => sortKey)).toEqual(past.map((_, index) => index + 1));
        expect(past[0]).toMatchObject({ move: "start", fromState: null, toState: "closed" });
        for (const [index, made] of past.slice(1).entries()) expectLegal(made, past[index]!.toState);
      }),
      { numRuns: 40 },
    );
  });
});

function expectLegal({ move: name, fromState, toState }: Transition, before: string): void {
  const { from, to } = doorMachine.moves[name as MoveName<typeof doorMachine>];
  expect(from).toContain(before);
  expect([fromState, toState]).toEqual([before, to]);
}

describe("a machine", () => {
  it("is drawn with its states, its moves, its beginning and its end", () => {
    expect(draw(doorMachine)).toBe(
      [
        "stateDiagram-v2",
        "  closed: closed<br>Shut, a hand opens it.",
        "  open: open<br>Wide.",
        "  locked: locked<br>Needs a key, ask.",
        "  gone: gone<br>Only a hole.",
        "  [*] --> closed",
        "  closed --> open: open",
        "  open --> closed: close",
        "  closed --> locked: lock",
        "  locked --> closed: unlock",
        "  closed --> gone: tearOut",
        "  open --> gone: tearOut",
        "  gone --> [*]",
      ].join("\n"),
    );
  });

  it("knows at compile time which states and moves it has", () => {
    const never = async () => {
      // @ts-expect-error -- there is no such move
      await moveAlone("", "explode");
      // @ts-expect-error -- there is no such state
      if ((await currentState(db, doorMachine, "")) === "ajar") return;
    };
    expect(never).toBeTypeOf("function");
  });

  it("measures its moves: those that were committed, refused, or lost to another", async () => {
    const id = await newDoor();
    await moveAlone(id, "tearOut");
    await moveAlone(id, "lock").catch(() => {});
    const undone = db.transaction(async (tx) => {
      await start(tx, doorMachine, (await tx.insert(Door, { name: "never" })).id, { by });
      throw new Error("changed my mind");
    });
    await undone.catch(() => {});
    const told = await metricsText();
    const count = (labels: string) =>
      told.includes(`machine_transition_duration_seconds_count{machine="door",${labels}}`);
    expect(count(`from_state="closed",to_state="gone",outcome="committed"`)).toBe(true);
    expect(count(`from_state="gone",to_state="locked",outcome="refused"`)).toBe(true);
    expect(count(`from_state="closed",to_state="locked",outcome="conflict"`)).toBe(true);
  });
});
