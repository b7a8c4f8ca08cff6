import { rateLimited, type Log } from "#shared/log/log.ts";
import type { Worker } from "./worker.ts";

/** What watches from outside, and which workers it watches. */
export interface HeartbeatOptions {
  /** Fetched by GET; none is watched from outside without it. */
  readonly url: string | undefined;
  readonly everySeconds: number;
  readonly workers: readonly Pick<Worker, "ready">[];
  readonly log: Log;
}

/**
 * Tells whoever watches from outside that work goes on, at once and then every so many seconds, until the answer is called: only
 * while every worker has looked for work lately. Whoever hears nothing for a while knows that something is wrong here
 * (a dead man's switch).
 */
export function startHeartbeat({ url, everySeconds, workers, log }: HeartbeatOptions): () => void {
  if (!url) return () => {};
  const complaints = rateLimited(log, { perSeconds: 300 });
  const beat = async (): Promise<void> => {
    const problems = workers.map((worker) => worker.ready()).filter((ready) => ready !== true);
    if (problems.length > 0)
      return complaints.error({ problems }, "No heartbeat is sent: a worker does not work");
    const response = await fetch(url, { signal: AbortSignal.timeout(LONGEST_MS) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
  };
  const tick = (): void =>
    void beat().catch((error: unknown) =>
      complaints.warn({ err: error }, "Whoever watches the heartbeat could not be reached"),
    );
  const timer = setInterval(tick, everySeconds * 1_000);
  timer.unref();
  tick();
  return () => clearInterval(timer);
}

const LONGEST_MS = 5_000;
