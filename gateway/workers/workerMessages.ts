import type { MetricsSnapshot } from "#shared/telemetry/metrics.ts";
import type { CountedUse } from "../usage/usageStore.ts";

// What goes between the primary process of a gateway and its workers.

/** What a worker tells the primary. */
export type FromWorker =
  | { readonly kind: "serves"; readonly url: string }
  | { readonly kind: "metrics"; readonly metrics: MetricsSnapshot }
  | { readonly kind: "usage"; readonly id: number; readonly uses: readonly CountedUse[] };

/** What the primary tells a worker. */
export type ToWorker =
  | { readonly kind: "supergraph"; readonly supergraphSdl: string }
  | { readonly kind: "metrics" }
  /** How many uses found no room; null when they could not be stored. */
  | { readonly kind: "stored"; readonly id: number; readonly dropped: number | null }
  | { readonly kind: "stop" };
