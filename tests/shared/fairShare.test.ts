import { describe, expect, it } from "vitest";
import { createFairShare } from "#shared/runtime/fairShare.ts";

describe("the share of an owner", () => {
  it("is all there is while nobody else is there", () => {
    const share = createFairShare({ factor: 3, longestMs: 1_000 });
    share.note("one");
    share.note("one");
    expect(share.restAfter("one", 100)).toBe(0);
  });

  it("is one part of four for whoever rests three times as long as their work took, but for a longest rest", () => {
    const share = createFairShare({ factor: 3, longestMs: 1_000 });
    share.note("one");
    share.note("two");
    expect([share.restAfter("one", 100), share.restAfter("two", 200)]).toEqual([300, 600]);
    expect(share.restAfter("one", 5_000)).toBe(1_000);
  });
});
