import { Counter, Gauge, Histogram, Registry, type Metric } from "@prometheus-io/client";

const registry = new Registry();

/** The counter of this name, made at its first mention: it only ever goes up. */
export function counter<const Label extends string = never>(
  name: string,
  help: string,
  labels: readonly Label[] = [],
): Counter<Label> {
  return getOrCreate(name, Counter<Label>, () => {
    return new Counter({ name, help, labelNames: labels, registers: [registry] });
  });
}

/** The histogram of this name, made at its first mention; `buckets` are upper bounds, in seconds unless the name says otherwise. */
export function histogram<const Label extends string = never>(
  name: string,
  help: string,
  labels: readonly Label[] = [],
  buckets: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
): Histogram<Label> {
  return getOrCreate(name, Histogram<Label>, () => {
    return new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [registry] });
  });
}

/**
 * The gauge of this name, made at its first mention; `collect` reads the value when metrics are asked for. Over several processes it is their
 * sum, or the largest.
 */
export function gauge<const Label extends string = never>(
  name: string,
  help: string,
  labels: readonly Label[] = [],
  collect?: (this: Gauge<Label>) => void | Promise<void>,
  aggregator: "sum" | "max" = "sum",
): Gauge<Label> {
  return getOrCreate(name, Gauge<Label>, () => {
    const how = { aggregator, ...(collect && { collect }) };
    return new Gauge({ name, help, labelNames: labels, registers: [registry], ...how });
  });
}

/** Everything counted in this process, in the text form Prometheus scrapes. */
export function metricsText(): Promise<string> {
  return registry.metrics();
}

/** What one process counted, as it goes to another. */
export type MetricsSnapshot = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

/** Everything counted in this process, fit to be sent to another. */
export function metricsSnapshot(): Promise<MetricsSnapshot> {
  return registry.getMetricsAsJSON();
}

/** What several processes counted, added up, in the text form Prometheus scrapes. */
export function summedMetrics(snapshots: readonly MetricsSnapshot[]): Promise<string> {
  return Registry.aggregate([...snapshots]).metrics();
}

/** What several processes counted, added up. */
export function summedSnapshot(snapshots: readonly MetricsSnapshot[]): Promise<MetricsSnapshot> {
  return Registry.aggregate([...snapshots]).getMetricsAsJSON();
}

/** The content type of `metricsText`. */
export const metricsContentType: string = registry.contentType;

function getOrCreate<M>(name: string, kind: new (...args: never[]) => M, create: () => M): M {
  const existing: Metric<string> | undefined = registry.getSingleMetric(name);
  if (!existing) return create();
  if (existing instanceof kind) return existing;
  throw new Error(`The metric ${name} exists already as another kind`);
}
