import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { serveMetrics } from "#shared/http/metricsServer.ts";
import { createLog, type Log } from "#shared/log/log.ts";
import { counter, gauge } from "#shared/telemetry/metrics.ts";
import type { GatewayConfig } from "../config.ts";
import type { SupergraphLoader } from "../supergraphLoader.ts";
import { supergraphSource } from "../supergraphSource.ts";
import type { UsageStore } from "../usage/usageStore.ts";
import type { FromWorker, ToWorker } from "./workerMessages.ts";
import { openWorkerMetrics, type WorkerMetrics } from "./workerMetrics.ts";

/**
 * Starts so many workers, each a gateway on the same port, and resolves once all of them serve; the answer stops them. Rejects when one of
 * them cannot start; one that ends later is replaced. What workers have in common is here: the supergraph, so that all see the
 * same, metrics, and the store of usage.
 */
export async function startWorkers(config: GatewayConfig, count: number): Promise<() => Promise<void>> {
  const log = createLog({ service: "gateway", level: config.LOG_LEVEL });
  const loader = await supergraphSource(config, log);
  const usage = await usageStoreOf(config);
  const exec = fileURLToPath(new URL("../main.ts", import.meta.url));
  cluster.setupPrimary({ exec, args: process.argv.slice(2) });
  const pool = new WorkerPool({ loader, first: await loader.load(), usage, log });
  const { METRICS_PORT: port, METRICS_HOST: host } = config;
  try {
    const metrics = await serveMetrics({ port, host, log, text: () => pool.metrics.text() });
    const [url] = await Promise.all(Array.from({ length: count }, () => pool.start()));
    log.info({ url, metrics: `${metrics.url}/metrics`, workers: count }, "The gateway serves");
    return async () => {
      await pool.stop();
      await metrics.close();
      await usage?.close();
    };
  } catch (error) {
    await pool.stop();
    throw error;
  }
}

// What is still running by then is not waited for; see serveGateway.ts.
const STOP_MILLISECONDS = 4_000;
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

const running = new Map<number, Worker>();
const ended = counter("gateway_workers_ended_total", "Workers that ended by themselves and were replaced");
gauge("gateway_workers", "Workers that run", [], function () {
  this.set(running.size);
});

async function usageStoreOf({ USAGE_DATABASE_URL: url }: GatewayConfig): Promise<UsageStore | null> {
  return url ? (await import("../usage/usageStore.ts")).openUsageStore(url) : null;
}

interface Shared {
  readonly loader: SupergraphLoader;
  readonly first: string;
  readonly usage: UsageStore | null;
  readonly log: Log;
}

/** The workers, and what each of them has of the others. */
class WorkerPool {
  readonly #usage: UsageStore | null;
  readonly #log: Log;
  readonly #stopWatching: () => void;
  readonly metrics: WorkerMetrics;
  #supergraphSdl: string;
  #isStopping = false;
  #failures = 0;

  constructor({ loader, first, usage, log }: Shared) {
    this.#usage = usage;
    this.#log = log;
    this.#supergraphSdl = first;
    this.metrics = openWorkerMetrics(
      () => [...running.keys()],
      (id) => tell(running.get(id), { kind: "metrics" }),
    );
    this.#stopWatching = loader.watch(async (supergraphSdl) => {
      this.#supergraphSdl = supergraphSdl;
      for (const worker of running.values()) tell(worker, { kind: "supergraph", supergraphSdl });
    });
  }

  /** Starts a worker; resolves with its address once it serves, rejects when it ends before. One that has served is replaced when it ends. */
  start({ isReplacement = false } = {}): Promise<string> {
    const worker = cluster.fork();
    const serving = Promise.withResolvers<string>();
    let isToBeReplaced = isReplacement;
    running.set(worker.id, worker);
    worker.on("message", (message: FromWorker) => {
      if (message.kind === "metrics") this.metrics.take(worker.id, message.metrics);
      else if (message.kind === "usage") void this.#store(worker, message);
      else {
        isToBeReplaced = true;
        serving.resolve(message.url);
      }
    });
    worker.on("exit", (code, signal) => {
      running.delete(worker.id);
      this.metrics.forget(worker.id);
      serving.reject(new Error("A worker could not start."));
      if (this.#isStopping || !isToBeReplaced) return;
      ended.inc();
      this.#log.error({ code, signal, worker: worker.id }, "A worker ended, and is replaced");
      this.#replaceLater();
    });
    tell(worker, { kind: "supergraph", supergraphSdl: this.#supergraphSdl });
    return serving.promise;
  }

  /** Has all workers stop, and ends those that do not. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopWatching();
    const workers = [...running.values()];
    const over = Promise.all(workers.map((worker) => once(worker, "exit")));
    for (const worker of workers) tell(worker, { kind: "stop" });
    const kill = setTimeout(() => {
      for (const worker of workers) worker.process.kill("SIGKILL");
    }, STOP_MILLISECONDS);
    await over;
    clearTimeout(kill);
  }

  #replaceLater(): void {
    const pause = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** this.#failures, LONGEST_PAUSE_MILLISECONDS);
    this.#failures += 1;
    const replace = () => {
      if (this.#isStopping) return;
      this.start({ isReplacement: true }).then(
        () => (this.#failures = 0),
        () => undefined,
      );
    };
    setTimeout(replace, pause);
  }

  async #store(worker: Worker, { id, uses }: Extract<FromWorker, { kind: "usage" }>): Promise<void> {
    try {
      tell(worker, { kind: "stored", id, dropped: (await this.#usage?.add(uses)) ?? 0 });
    } catch (error) {
      this.#log.warn({ err: error }, "Which operations clients sent could not be stored, and waits");
      tell(worker, { kind: "stored", id, dropped: null });
    }
  }
}

function tell(worker: Worker | undefined, message: ToWorker): void {
  if (worker?.isConnected()) worker.send(message);
}
