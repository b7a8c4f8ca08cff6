import { metricsSnapshot } from "#shared/telemetry/metrics.ts";
import type { SupergraphLoader } from "../supergraphLoader.ts";
import type { UsageStore } from "../usage/usageStore.ts";
import type { FromWorker, ToWorker } from "./workerMessages.ts";

/** What a worker has of the process that started it. */
export interface PrimaryLink {
  /** The supergraph that the primary looked at last, the same for all workers. */
  readonly loader: SupergraphLoader;
  /** Has the primary store which operations were sent. */
  readonly usage: UsageStore;
  serves(url: string): void;
  /** Calls back once when the primary wants this worker to stop, or is gone. */
  onStop(stop: () => void): void;
}

/** Listens to the primary, and answers it. */
export function openPrimaryLink(): PrimaryLink {
  const stopped = Promise.withResolvers<void>();
  const { loader, take } = openLoader();
  const { usage, settle } = openUsage();
  process.on("message", (message: ToWorker) => {
    if (message.kind === "supergraph") take(message.supergraphSdl);
    else if (message.kind === "stored") settle(message.id, message.dropped);
    else if (message.kind === "stop") stopped.resolve();
    else void metricsSnapshot().then((metrics) => tell({ kind: "metrics", metrics }));
  });
  process.once("disconnect", () => stopped.resolve());
  return {
    loader,
    usage,
    serves: (url) => tell({ kind: "serves", url }),
    onStop: (stop) => void stopped.promise.then(stop),
  };
}

function openLoader(): { readonly loader: SupergraphLoader; take(supergraphSdl: string): void } {
  const first = Promise.withResolvers<string>();
  let onChange: ((supergraphSdl: string) => Promise<void>) | null = null;
  let latest: string | null = null;
  return {
    take(supergraphSdl) {
      if (latest === null) first.resolve(supergraphSdl);
      latest = supergraphSdl;
      void onChange?.(supergraphSdl);
    },
    loader: {
      load: () => first.promise,
      watch(told) {
        onChange = told;
        // One that came while the first was opened.
        void first.promise.then((opened) => {
          if (latest !== null && latest !== opened) void onChange?.(latest);
        });
        return () => void (onChange = null);
      },
    },
  };
}

function openUsage(): { readonly usage: UsageStore; settle(id: number, dropped: number | null): void } {
  const stores = new Map<number, PromiseWithResolvers<number>>();
  let sent = 0;
  return {
    settle(id, dropped) {
      if (dropped === null) stores.get(id)?.reject(new Error("The primary could not store usage."));
      else stores.get(id)?.resolve(dropped);
      stores.delete(id);
    },
    usage: {
      add(uses) {
        const stored = Promise.withResolvers<number>();
        const id = (sent += 1);
        stores.set(id, stored);
        tell({ kind: "usage", id, uses });
        return stored.promise;
      },
      close: async () => undefined,
    },
  };
}

function tell(message: FromWorker): void {
  // A primary that is gone is not told; the worker stops then.
  if (process.connected) process.send?.(message);
}
