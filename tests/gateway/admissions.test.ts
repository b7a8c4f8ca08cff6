import { describe, expect, it } from "vitest";
import { Admissions } from "../../gateway/executor/admissions.ts";

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
});
