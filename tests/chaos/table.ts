import type { Accepted } from "./flow.ts";
import type { Arrival } from "./receiver.ts";

/** A time in which something was done to the product, and all that followed from it. */
export interface Episode {
  readonly fault: string;
  readonly from: number;
  readonly to: number;
  /** From 202 to the receiver, at most, for 99 of 100 alerts: in milliseconds. */
  readonly goalMs: number;
  /** Whether only alerts to people whom a path names are promised it. */
  readonly isForNamedOnly?: boolean;
}

/** What a kind of fault did to the alerts that were accepted during it. */
export interface Row {
  readonly fault: string;
  /** How often it was done. */
  readonly number: number;
  readonly alerts: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly goalMs: number;
  /** Accepted, and never paged about. */
  readonly lost: number;
  /** Paged about under two ids. */
  readonly doubled: number;
  /** Paged about after more than the goal. */
  readonly late: number;
}

/** What became of the alerts, by the fault during which they were accepted; times in milliseconds. */
export function rowsOf(
  episodes: readonly Episode[],
  accepted: readonly Accepted[],
  arrivals: ReadonlyMap<string, readonly Arrival[]>,
): Row[] {
  return [...Map.groupBy(episodes, ({ fault }) => fault)].map(([fault, times]) => {
    const { goalMs, isForNamedOnly } = times.reduce((one, other) =>
      other.goalMs > one.goalMs ? other : one,
    );
    const alerts = accepted.filter(
      ({ at, isNamed }) =>
        (isNamed || !isForNamedOnly) && times.some(({ from, to }) => at >= from && at < to),
    );
    const taken = alerts.map(({ title, at }) => ({ at, pages: arrivals.get(title) ?? [] }));
    const delays = taken
      .filter(({ pages }) => pages.length > 0)
      // A page may arrive before whoever posted the alert hears of the 202.
      .map(({ at, pages }) => Math.max(0, pages[0]!.at - at))
      .sort((one, other) => one - other);
    const quantile = (share: number) =>
      delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? NaN;
    return {
      fault,
      number: times.length,
      alerts: alerts.length,
      p50: quantile(0.5),
      p99: quantile(0.99),
      max: delays.at(-1) ?? NaN,
      goalMs,
      lost: taken.filter(({ pages }) => pages.length === 0).length,
      doubled: taken.filter(({ pages }) => new Set(pages.map(({ id }) => id)).size > 1).length,
      late: delays.filter((delay) => delay > goalMs).length,
    };
  });
}

/** The rows as a Markdown table, seconds with one decimal. */
export function printTable(rows: readonly Row[]): string {
  const seconds = (ms: number) => (Number.isNaN(ms) ? "–" : `${(ms / 1_000).toFixed(ms < 995 ? 2 : 1)} s`);
  const lines = rows.map(
    ({ fault, number, alerts, p50, p99, max, goalMs, lost, doubled, late }) =>
      `| ${[fault, number, alerts, seconds(p50), seconds(p99), seconds(max), seconds(goalMs), lost, doubled, late].join(" | ")} |`,
  );
  return [
    "| fault | number | alerts | p50 | p99 | max | goal, p99 | lost | doubled | late |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
