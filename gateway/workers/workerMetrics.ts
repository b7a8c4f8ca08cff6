import {
  metricsSnapshot,
  summedMetrics,
  summedSnapshot,
  type MetricsSnapshot,
} from "#shared/telemetry/metrics.ts";

/** The metrics of all workers, as one. */
export interface WorkerMetrics {
  /** Takes what a worker answered. */
  take(worker: number, metrics: MetricsSnapshot): void;
  /** Keeps what a worker that is gone has counted, so that no sum ever becomes smaller. */
  forget(worker: number): void;
  /** In the text form Prometheus scrapes: sums over the workers and this process, of some gauges the largest. */
  text(): Promise<string>;
}

/**
 * Adds up what workers count. `ask` has a worker answer to `take`; one that does not within a second counts with what it answered last.
 */
export function openWorkerMetrics(
  workers: () => readonly number[],
  ask: (worker: number) => void,
): WorkerMetrics {
  const last = new Map<number, MetricsSnapshot>();
  let gone: Promise<MetricsSnapshot> = Promise.resolve([]);
  let heard = Promise.withResolvers<void>();
  let missing = new Set<number>();
  return {
    take(worker, metrics) {
      last.set(worker, metrics);
      missing.delete(worker);
      if (missing.size === 0) heard.resolve();
    },
    forget(worker) {
      const counted = (last.get(worker) ?? []).filter(({ type }) => type !== "gauge");
      last.delete(worker);
      missing.delete(worker);
      if (missing.size === 0) heard.resolve();
      gone = gone.then((sum) => summedSnapshot([sum, counted]));
    },
    async text() {
      heard = Promise.withResolvers<void>();
      missing = new Set(workers());
      if (missing.size === 0) heard.resolve();
      for (const worker of missing) ask(worker);
      await Promise.race([heard.promise, aSecond()]);
      return summedMetrics([await metricsSnapshot(), await gone, ...last.values()]);
    },
  };
}

function aSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000).unref());
}
