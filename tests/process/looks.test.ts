import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestLog } from "../support/testLog.ts";
import { runWorkers, type RunningWorkers } from "#shared/process/runWorkers.ts";
import { NOTHING, type Lane, type Ran } from "#shared/process/lane.ts";

// How often a worker looks for work: each look is a transaction, and most of what a busy worker could do in vain.

const log = createTestLog();

let going: RunningWorkers | undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  await going?.stop(1);
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** A lane of rows of one tenant, of whom so many may be in hand at once. */
function laneOf(slots: number) {
  const seen = { looks: 0, atOnce: 0, mostAtOnce: 0, done: 0, due: 0 };
  const inHand = new Set<() => void>();
  const lane: Lane = {
    work: "command",
    kind: "thing",
    hasSlotFor: () => inHand.size < slots,
    async runSome(onTaken): Promise<Ran> {
      seen.looks += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, ++seen.atOnce);
      const { due } = seen;
      await new Promise((resolve) => setTimeout(resolve, 1));
      seen.atOnce -= 1;
      if (due === 0) return NOTHING;
      if (inHand.size >= slots) return { ...NOTHING, heldBack: [{ tenantId: "a", destination: "" }] };
      seen.due -= 1;
      await new Promise<void>((done) => {
        inHand.add(done);
        onTaken?.(seen.due > 0);
      });
      seen.done += 1;
      return { count: 1, heldBack: [], leavesMore: false };
    },
  };
  const endOne = (): void => {
    const [done] = inHand;
    inHand.delete(done!);
    done!();
  };
  const work = (most: number): RunningWorkers => {
    const lookAhead = () => Promise.resolve([seen.due > 0 ? 0 : 60_000]);
    return (going = runWorkers({ pools: [{ lanes: [lane], most }], lookAhead, log: log }));
  };
  return { seen, inHand, endOne, work };
}

const hint = { work: "command", kind: "thing", tenantId: "a" } as const;

describe("a worker", () => {
  it("looks once for each that it finds, one look at a time, however many hands it has", async () => {
    const { seen, inHand, endOne, work } = laneOf(32);
    seen.due = 10;
    const { wake } = work(32);
    await pass(15);
    expect(inHand.size).toBe(10);
    expect(seen).toMatchObject({ looks: 10, mostAtOnce: 1 });
    for (let nth = 0; nth < 20; nth++) wake(hint);
    await pass(10);
    expect(seen.looks).toBeLessThanOrEqual(12);
    while (inHand.size > 0) endOne();
    await pass(100);
    expect(seen).toMatchObject({ done: 10, mostAtOnce: 1 });
    expect(seen.looks).toBeLessThanOrEqual(24);
  });

  it("does not look for what has no slot, whoever hints at it, and looks as soon as one is free", async () => {
    const { seen, inHand, endOne, work } = laneOf(1);
    seen.due = 3;
    const { wake } = work(4);
    await pass(50);
    expect(inHand.size).toBe(1);
    const before = seen.looks;
    for (let nth = 0; nth < 20; nth++) wake(hint);
    await pass(50);
    expect(seen.looks).toBe(before);
    for (const left of [1, 1, 0]) {
      endOne();
      await pass(5);
      expect(inHand.size).toBe(left);
    }
    expect(seen).toMatchObject({ due: 0, done: 3 });
  });

  it("looks again for what a look passed over that was not over when the one before it was done", async () => {
    let [left, isInHand, endFirst] = [2, false, () => {}];
    const lane: Lane = {
      work: "command",
      kind: "thing",
      hasSlotFor: () => true,
      async runSome(onTaken): Promise<Ran> {
        const isBlocked = isInHand;
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (left === 0 || isBlocked) return NOTHING;
        [left, isInHand] = [left - 1, true];
        await new Promise<void>((done) => {
          endFirst = done;
          onTaken?.(left > 0);
        });
        isInHand = false;
        return { count: 1, heldBack: [], leavesMore: false };
      },
    };
    going = runWorkers({ pools: [{ lanes: [lane], most: 4 }], lookAhead: async () => [0], log });
    await pass(3);
    expect(left).toBe(1);
    // The second look has begun, and found the second one blocked.
    endFirst();
    await pass(6);
    expect(left).toBe(0);
    endFirst();
  });

  it.each([
    [true, 2],
    [false, 1],
  ])("looks for what is due in a moment when what it did leaves that: %s", async (leavesMore, expected) => {
    let [dueAt, looks] = [performance.now(), 0];
    const lane: Lane = {
      work: "command",
      kind: "thing",
      hasSlotFor: () => true,
      async runSome(onTaken): Promise<Ran> {
        if (dueAt > performance.now()) return NOTHING;
        [dueAt, looks] = [performance.now() + 110, looks + 1];
        onTaken?.(false);
        return { count: 1, heldBack: [], leavesMore };
      },
    };
    going = runWorkers({
      pools: [{ lanes: [lane], most: 4 }],
      lookAhead: async () => [looks === 0 ? 0 : Math.max(0, dueAt - performance.now())],
      log,
    });
    await pass(210);
    expect(looks).toBe(expected);
  });

  it("looks once more when it was woken while it looked in vain", async () => {
    const { seen, inHand, work } = laneOf(4);
    const { wake } = work(4);
    await pass(50);
    wake(hint);
    // The look has begun, and found nothing yet.
    seen.due = 1;
    wake(hint);
    await pass(5);
    expect(inHand.size).toBe(1);
  });
});
