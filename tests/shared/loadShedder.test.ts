import { describe, expect, it } from "vitest";
import { Admissions } from "#shared/http/loadShedder.ts";

describe("admissions", () => {
  it("let a few begin at once", () => {
    const admissions = new Admissions();
    expect(admissions.enter()).toBeUndefined();
    expect(admissions.enter()).toBeUndefined();
  });

  it("let everybody begin in the end, though none of those before leaves", async () => {
    const admissions = new Admissions();
    const begun: number[] = [];
    const all = Array.from({ length: 40 }, async (_, index) => {
      await admissions.enter();
      begun.push(index);
    });
    await Promise.all(all);
    expect(begun).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  it("let the next begin when one leaves", async () => {
    const admissions = new Admissions();
    while (admissions.enter() === undefined);
    const next = admissions.enter();
    admissions.leave();
    admissions.leave();
    await expect(next).resolves.toBeUndefined();
  });

  it("take turns: one of somebody else begins before the many that came first", async () => {
    const admissions = new Admissions();
    const begun: string[] = [];
    const come = (of: string, name: string) =>
      Promise.resolve(admissions.enter({ of })).then(() => begun.push(name));
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
    const admissions = new Admissions();
    const begins = (of: string) => admissions.enter({ of }) === undefined;
    expect([1, 2, 3, 4].map(() => begins("one"))).toEqual([true, true, true, false]);
    expect(begins("other")).toBe(true);
  });

  it("let one that is heavy begin at a time of each, and what is light beside it", async () => {
    const admissions = new Admissions();
    const heavy = { of: "one", isHeavy: true };
    expect(admissions.enter(heavy)).toBeUndefined();
    const second = admissions.enter(heavy);
    expect(second).toBeDefined();
    expect(admissions.enter({ of: "two", isHeavy: true })).toBeUndefined();
    expect(admissions.enter({ of: "two" })).toBeUndefined();
    admissions.leave(heavy);
    await expect(second).resolves.toBeUndefined();
  });
});
