import { keyOfLabels, type ReadAlert } from "./alertSource.ts";
import type { Fields } from "./fields.ts";

/** The fields of which Prometheus and whatever descends from it always have one. */
export const prometheusNeeds = ["labels", "annotations", "fingerprint"];

/**
 * Reads an alert of Prometheus or a descendant: by its fingerprint, else its labels, by the annotations and labels that people
 * agree on, and with the first usable of the fields that may say where it is shown.
 */
export function readPrometheusAlert(part: Fields, whole: Fields, urls: readonly string[]): ReadAlert {
  const labels = part.labels("labels");
  const annotations = part.labels("annotations");
  return {
    dedupKey: part.text("fingerprint") ?? keyOfLabels(labels) ?? keyOfLabels(annotations),
    title: annotations["summary"] ?? null,
    description: annotations["description"] ?? null,
    status: part.status("status") ?? whole.status("status"),
    priority: part.priority(labels["priority"], labels["severity"]),
    labels,
    sourceUrl: part.url(...urls),
    startsAt: part.instant("startsAt"),
    endsAt: part.instant("endsAt"),
  };
}
