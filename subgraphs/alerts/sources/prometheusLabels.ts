import { z } from "zod";
import { keyOfLabels, priorityOf, type AlertPriority, type AlertStatus } from "./alertSource.ts";

/** Labels and annotations, as Prometheus and whatever descends from it write them. */
export const labels = z.record(z.string(), z.string());

/** What the alerts of Prometheus and its descendants have in common. */
export interface PrometheusAlert {
  status: "firing" | "resolved";
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  fingerprint?: string | undefined;
}

/** How such alerts are read: by their fingerprint, else their labels; by the annotations and labels people agree on. */
export const prometheusReading = {
  dedupKey: (part: PrometheusAlert): string => part.fingerprint ?? keyOfLabels(part.labels),
  title: (part: PrometheusAlert): string =>
    part.annotations["summary"] ?? part.labels["alertname"] ?? "Alert without a name",
  description: (part: PrometheusAlert): string | null => part.annotations["description"] ?? null,
  status: (part: PrometheusAlert): AlertStatus => (part.status === "firing" ? "FIRING" : "RESOLVED"),
  priority: (part: PrometheusAlert): AlertPriority =>
    priorityOf(part.labels["priority"] ?? part.labels["severity"]),
  labels: (part: PrometheusAlert): Readonly<Record<string, string>> => part.labels,
};
