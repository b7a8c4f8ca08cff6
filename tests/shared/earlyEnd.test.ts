import { expect, it } from "vitest";
import { openEarlyEnd } from "#shared/process/earlyEnd.ts";
import { liveBytes } from "../support/memory.ts";

it("brings what comes, until the end comes first", async () => {
  const early = openEarlyEnd<"left">();
  expect(await early.orEnd(Promise.resolve(1))).toBe(1);
  await expect(early.orEnd(Promise.reject(new Error("lost")))).rejects.toThrow("lost");
  const never = early.orEnd(new Promise<number>(() => undefined));
  early.end("left");
  expect(await never).toBe("left");
  expect(await early.orEnd(new Promise<number>(() => undefined))).toBe("left");
});

it("keeps nothing of what came alive", async () => {
  const early = openEarlyEnd<"left">();
  const events: WeakRef<object>[] = [];
  for (let count = 0; count < 1_000; count++) {
    const event = { count };
    events.push(new WeakRef(event));
    await early.orEnd(Promise.resolve(event));
  }
  // What a WeakRef was made of stays until this turn of the event loop is over.
  await new Promise((resolve) => setImmediate(resolve));
  expect(liveBytes()).toBeGreaterThan(0);
  expect(events.filter((event) => event.deref()).length).toBeLessThan(10);
  early.end("left");
});
