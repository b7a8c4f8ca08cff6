import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCallRate } from "#shared/process/callRate.ts";
import { createCallSlots, type CallSlot, type CallSlots } from "#shared/process/callSlots.ts";
import { createTenantTurns, type TenantTurn, type TenantTurns } from "#shared/process/tenantTurns.ts";

const queue = (tenantId: string, destination = "") => ({ tenantId, destination });
const queueOf = (tenantId: string) => queue(tenantId);
const namesOf = (slots: readonly CallSlot[]) =>
  slots.map(({ tenantId, destination }) => `${tenantId}${destination && ` ${destination}`}`);

/** Takes slots until there are none left. */
const takeAll = (slots: CallSlots, ...queues: Parameters<CallSlots["shareOut"]>[0]) =>
  slots.shareOut(queues, 1_000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("slots for calls", () => {
  it("are handed out to tenants in turn, and to a tenant's destinations in turn", () => {
    const slots = createCallSlots(32);
    const queues = [queue("a", "one"), queue("a", "two"), queue("b", "one")];
    expect(namesOf(slots.shareOut(queues, 3))).toEqual(["a one", "b one", "a two"]);
    expect(namesOf(slots.shareOut(queues, 3))).toEqual(["b one", "a one", "b one"]);
  });

  it("are half of a lane's for a tenant, and half of these for one of its hosts", () => {
    const slots = createCallSlots(32);
    expect(takeAll(slots, queue("a", "one"))).toHaveLength(8);
    expect(takeAll(slots, queue("a", "two"), queue("a", "three"))).toHaveLength(8);
    expect(takeAll(slots, queue("b", "one"), queue("b", "two"), queue("b", "three"))).toHaveLength(16);
    expect(takeAll(slots, queue("c", "one"))).toEqual([]);
  });

  it("for mail are there however many hosts hang that users chose", () => {
    const slots = createCallSlots(32);
    const hosts = Array.from({ length: 40 }, (_, nth) => queue(`tenant ${nth}`, "host"));
    expect(takeAll(slots, ...hosts)).toHaveLength(32);
    expect(takeAll(slots, queue("a"))).toHaveLength(16);
  });

  it("of calls that keep waiting are given back to those who answer, after 2 s", () => {
    const slots = createCallSlots(32);
    const hanging = [queue("a", "one"), queue("a", "two"), queue("b", "one"), queue("b", "two")];
    expect(takeAll(slots, ...hanging)).toHaveLength(32);
    vi.advanceTimersByTime(1_999);
    expect(takeAll(slots, queue("c", "one"))).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(takeAll(slots, queue("c", "one"))).toHaveLength(8);
    expect(takeAll(slots, ...hanging)).toEqual([]);
  });

  it("are few for a host that failed, until it answers, and for a minute at most", () => {
    const slots = createCallSlots(32);
    const [first, ...others] = takeAll(slots, queue("a", "one"));
    [first!, ...others].forEach((slot) => slot.end());
    first!.answered(false);
    const slow = takeAll(slots, queue("a", "one"));
    expect(slow).toHaveLength(4);
    expect(takeAll(slots, queue("b", "one"))).toHaveLength(8);
    slow[0]!.answered(true);
    expect(takeAll(slots, queue("a", "one"))).toHaveLength(8);
    first!.answered(false);
    vi.advanceTimersByTime(60_001);
    expect(takeAll(slots, queue("a", "two"))).toHaveLength(8);
  });

  it("are so many a minute for each tenant as the rate says; those in which no call was made do not count", () => {
    const slots = createCallSlots(32);
    const rate = createCallRate(6, () => {});
    const take = (...tenants: string[]) => slots.shareOut(tenants.map(queueOf), 1_000, rate);
    const first = take("a");
    expect(first).toHaveLength(6);
    expect(slots.hasSlotFor(queue("a"), rate)).toBe(false);
    expect(slots.hasSlotFor(queue("b"), rate)).toBe(true);
    expect(namesOf(take("a", "b"))).toEqual(Array(6).fill("b"));
    first.slice(0, 4).forEach((slot) => slot.begin());
    [...first, ...first].forEach((slot) => slot.end());
    expect(take("a")).toHaveLength(2);
    vi.advanceTimersByTime(9_999);
    expect(take("a")).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(take("a")).toHaveLength(1);
    vi.advanceTimersByTime(3_600_000);
    expect(take("a")).toHaveLength(6);
  });

  it("know of a tenant that is behind with its calls until one is left over; it is told once a minute", () => {
    const exceeded: string[] = [];
    const slots = createCallSlots(32);
    const rate = createCallRate(6, (tenantId) => void exceeded.push(tenantId));
    const take = (...tenants: string[]) => slots.shareOut(tenants.map(queueOf), 1_000, rate);
    const [first] = take("a");
    expect(first!.isLate()).toBe(false);
    take("a", "b");
    take("a", "b");
    expect(first!.isLate()).toBe(true);
    expect(exceeded).toEqual(["a", "b"]);
    vi.advanceTimersByTime(60_000);
    const later = take("a");
    expect(later.map((slot) => slot.isLate())).toEqual(Array(6).fill(true));
    later[0]!.leftOver();
    expect(later[1]!.isLate()).toBe(false);
    take("a");
    expect(exceeded).toEqual(["a", "b", "a"]);
  });

  it("of a tenant that is behind are for what is due longest, wherever it goes", () => {
    const slots = createCallSlots(32);
    const rate = createCallRate(6, () => {});
    slots.shareOut([queue("a")], 1_000, rate).forEach((slot) => slot.begin());
    const queues = [
      { ...queue("a", "one"), dueSince: [10, 20, 50] },
      { ...queue("a", "two"), dueSince: [30, 40] },
    ];
    expect(slots.shareOut(queues, 1_000, rate)).toEqual([]);
    vi.advanceTimersByTime(40_000);
    expect(namesOf(slots.shareOut(queues, 1_000, rate))).toEqual(["a one", "a one", "a two", "a two"]);
  });

  it("are free again when they end", () => {
    const slots = createCallSlots(32);
    takeAll(slots, queue("a", "one")).forEach((slot) => slot.end());
    expect(takeAll(slots, queue("a", "one"))).toHaveLength(8);
  });
});

describe("turns of tenants", () => {
  const take = (turns: TenantTurns, lane: string, ...tenants: string[]) =>
    turns.take(
      lane,
      tenants.map((tenantId) => queue(tenantId)),
      () => false,
    );
  const tenantOf = (turn: TenantTurn | null) => turn?.queue.tenantId;

  it("go round, each tenant with half of the slots over all lanes while others have work", () => {
    const turns = createTenantTurns(4);
    const names = [1, 2, 3, 4].map(() => tenantOf(take(turns, "x", "a", "b", "c")));
    expect(names).toEqual(["a", "b", "c", "a"]);
    expect(tenantOf(take(turns, "y", "a", "b", "c"))).toBe("b");
    expect(tenantOf(take(turns, "y", "a", "b"))).toBeUndefined();
  });

  it("are all but one of the slots for a tenant that is alone, until another comes", () => {
    const turns = createTenantTurns(4);
    const taken = [1, 2, 3].map(() => take(turns, "x", "a"));
    expect(taken.map(tenantOf)).toEqual(["a", "a", "a"]);
    expect(turns.withoutSlot("x")).toEqual(["a"]);
    expect(turns.hasSlotFor("x", "a")).toBe(false);
    expect(turns.hold("x", "a")).toBeNull();
    expect(tenantOf(turns.hold("x", "b"))).toBe("b");
    taken[0]!.end();
    expect(turns.hasSlotFor("x", "a")).toBe(false);
    taken[1]!.end();
    expect(turns.hasSlotFor("x", "a")).toBe(true);
  });

  it("are one for a tenant in a lane where a batch of it is in hand", () => {
    const turns = createTenantTurns(4);
    const batch = turns.take("x", [queue("a")], () => true);
    expect(take(turns, "x", "a")).toBeNull();
    expect(turns.withoutSlot("x")).toEqual(["a"]);
    expect(tenantOf(take(turns, "x", "a", "b"))).toBe("b");
    expect(tenantOf(take(turns, "y", "a"))).toBe("a");
    batch!.end();
    expect(turns.hasSlotFor("x", "a")).toBe(true);
  });

  it("are rested in after a backlog, five times as long as it took and two seconds at most, while others have work", async () => {
    const turns = createTenantTurns(4);
    const isOver = async (turn: TenantTurn | null, milliseconds: number) => {
      let over = false;
      const resting = turn!.rest().then(() => (over = true));
      await vi.advanceTimersByTimeAsync(milliseconds - 1);
      const before = over;
      await vi.advanceTimersByTimeAsync(1);
      await resting;
      return before ? "before" : "then";
    };
    const first = take(turns, "x", "a");
    await first!.rest();
    first!.end();
    take(turns, "x", "b")!.end();
    const second = take(turns, "x", "a");
    vi.advanceTimersByTime(100);
    expect(await isOver(second, 500)).toBe("then");
    const third = take(turns, "x", "a");
    vi.advanceTimersByTime(5_000);
    expect(await isOver(third, 2_000)).toBe("then");
  });
});
