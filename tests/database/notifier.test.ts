import type pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openNotifier } from "#shared/database/notifier.ts";
import { createTestLog } from "../support/testLog.ts";

const log = createTestLog();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("notifications", () => {
  it("that are told while others are on their way follow them, and are sent before the end", async () => {
    const { send, sent, arrive } = slowDatabase();
    const notifier = openNotifier(send, log);
    notifier.notify("events", "first");
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(1);
    notifier.notify("events", "second");
    notifier.notify("events", "third");
    notifier.notify("events", "second");
    const closed = notifier.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([["first"]]);
    arrive();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(2);
    arrive();
    await closed;
    expect(sent).toEqual([["first"], ["second", "third"]]);
  });

  it("that could not be sent do not hold up those that follow", async () => {
    const { send, sent, arrive } = slowDatabase();
    const notifier = openNotifier(send, log);
    notifier.notify("events", "first");
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(1);
    arrive(new Error("the connection is gone"));
    notifier.notify("events", "second");
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toHaveLength(2);
    arrive();
    await notifier.close();
    expect(sent).toEqual([["first"], ["second"]]);
  });
});

// Answers each statement when it is told to, with an error if there is one.
function slowDatabase() {
  const sent: string[][] = [];
  let answer = Promise.withResolvers<void>();
  return {
    sent,
    async send({ values }: pg.QueryConfig) {
      sent.push((values as [string[], string[]])[1]);
      await answer.promise;
    },
    arrive(failure?: Error) {
      const { resolve, reject } = answer;
      answer = Promise.withResolvers();
      if (failure) reject(failure);
      else resolve();
    },
  };
}
