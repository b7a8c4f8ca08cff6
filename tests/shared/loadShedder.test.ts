import { describe, expect, it } from "vitest";
import { LoadShedder } from "#shared/http/loadShedder.ts";

describe("the load shedder", () => {
  it("let a few begin at once", () => {
    const loadShedder = new LoadShedder();
    expect(loadShedder.acquire()).toBeUndefined();
    expect(loadShedder.acquire()).toBeUndefined();
  });

  it("let everybody begin in the end, though none of those before leaves", async () => {
    const loadShedder = new LoadShedder();
    const begun: number[] = [];
    const all = Array.from({ length: 40 }, async (_, index) => {
      await loadShedder.acquire();
      begun.push(index);
    });
    await Promise.all(all);
    expect(begun).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  it("let the next begin when one leaves", async () => {
    const loadShedder = new LoadShedder();
    while (loadShedder.acquire() === undefined);
    const next = loadShedder.acquire();
    loadShedder.release();
    loadShedder.release();
    await expect(next).resolves.toBeUndefined();
  });

  it("take turns: one of somebody else begins before the many that came first", async () => {
    const loadShedder = new LoadShedder();
    const begun: string[] = [];
    const come = (of: string, name: string) =>
      Promise.resolve(loadShedder.acquire({ owner: of })).then(() => begun.push(name));
    const flood = Array.from({ length: 30 }, (_, nth) => come("flood", `flood ${nth}`));
    const calm = [1, 2, 3].map((nth) => come("calm", `calm ${nth}`));
    await Promise.all(calm);
    // One of each in turn, but for the few that had begun before there was anybody else.
    expect(begun.indexOf("calm 1")).toBe(3);
    expect(begun.indexOf("calm 2")).toBeLessThanOrEqual(5);
    expect(begun.indexOf("calm 3")).toBeLessThanOrEqual(7);
    await Promise.all(flood);
    expect(begun.filter((name) => name.startsWith("flood"))).toEqual(flood.map((_, nth) => `flood ${nth}`));
  });

  it("let whoever is alone have all places but one", () => {
    const loadShedder = new LoadShedder();
    const begins = (of: string) => loadShedder.acquire({ owner: of }) === undefined;
    expect([1, 2, 3, 4].map(() => begins("one"))).toEqual([true, true, true, false]);
    expect(begins("other")).toBe(true);
  });

  it("let one that is heavy begin at a time of each, and what is light beside it", async () => {
    const loadShedder = new LoadShedder();
    const heavy = { owner: "one", isHeavy: true };
    expect(loadShedder.acquire(heavy)).toBeUndefined();
    const second = loadShedder.acquire(heavy);
    expect(second).toBeDefined();
    expect(loadShedder.acquire({ owner: "two", isHeavy: true })).toBeUndefined();
    expect(loadShedder.acquire({ owner: "two" })).toBeUndefined();
    loadShedder.release(heavy);
    await expect(second).resolves.toBeUndefined();
  });

  it("let the next heavy one begin at once for whoever is alone, and after a while where others are there", async () => {
    const loadShedder = new LoadShedder();
    const heavy = { owner: "one", isHeavy: true };
    expect(loadShedder.acquire(heavy)).toBeUndefined();
    loadShedder.release(heavy);
    expect(loadShedder.acquire(heavy)).toBeUndefined();
    expect(loadShedder.acquire({ owner: "two" })).toBeUndefined();
    loadShedder.release({ owner: "two" });
    loadShedder.release(heavy);
    const next = loadShedder.acquire(heavy);
    expect(next).toBeDefined();
    expect(loadShedder.acquire({ owner: "one" })).toBeDefined();
    await expect(next).resolves.toBeUndefined();
  });
});
