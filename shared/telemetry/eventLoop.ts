import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Gauge } from "@prometheus-io/client";
import { gauge } from "./metrics.ts";

/** How often it is looked, in milliseconds; what is shorter than that is not seen. */
const RESOLUTION_MS = 10;

type Delays = ReturnType<typeof monitorEventLoopDelay>;

let watched: Delays | undefined;

/** Has metrics tell how long the event loop of this process was held at the longest, since they were last asked for. */
export function watchEventLoop(): void {
  if (watched) return;
  const delays = (watched = monitorEventLoopDelay({ resolution: RESOLUTION_MS }));
  delays.enable();
  const help = "For how long nothing else was done in this process, at the longest since this was last asked";
  const look = function (this: Gauge) {
    this.set(longestHold(delays));
    delays.reset();
  };
  gauge("process_event_loop_longest_hold_seconds", help, [], look, "max");
}

/** The longest time in seconds that the event loop was held while the work was done, and what came of the work. */
export async function measureLongestHold<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  // The first interval is not measured, and the last ends with a look after the work; where others have the processor, both take longer.
  const look = async (): Promise<void> => {
    const { count } = delays;
    do await new Promise((resolve) => setTimeout(resolve, RESOLUTION_MS));
    while (delays.count === count);
  };
  await look();
  const result = await work();
  await look();
  delays.disable();
  return { seconds: longestHold(delays), result };
}

function longestHold(delays: Delays): number {
  return Math.max(0, delays.max / 1e9 - RESOLUTION_MS / 1e3);
}
