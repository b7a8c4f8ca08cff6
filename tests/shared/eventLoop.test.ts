import { expect, it } from "vitest";
import { measureLongestHold, watchEventLoop } from "#shared/telemetry/eventLoop.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";

it("how long the event loop is held is measured while work is done, and told by metrics", async () => {
  watchEventLoop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { seconds, result } = await measureLongestHold(async () => {
    const end = performance.now() + 120;
    while (performance.now() < end);
    return "done";
  });
  expect(result).toBe("done");
  expect(seconds).toBeGreaterThan(0.1);
  const [, told] = /^process_event_loop_longest_hold_seconds (\S+)$/m.exec(await metricsText())!;
  expect(Number(told)).toBeGreaterThan(0.1);
});
