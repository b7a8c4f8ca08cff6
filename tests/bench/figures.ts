/** One figure of a benchmark, beside what we want it to be. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  goal: string;
}

/** The median and the 99th percentile of durations in milliseconds. */
export function row(what: string, durations: readonly number[], goalOfP99: string): Figure[] {
  const sorted = [...durations].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return [
    { what: `${what}, p50`, value: at(0.5), unit: "ms", goal: "" },
    { what: `${what}, p99`, value: at(0.99), unit: "ms", goal: goalOfP99 },
  ];
}

/** A table of figures, as Markdown. */
export function summary(figures: readonly Figure[], cores: number): string {
  const lines = figures.map(({ what, value, unit, goal }) => {
    const shown = value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
    return `| ${what} | ${shown} ${unit} | ${goal} |`;
  });
  return [
    `On ${cores} cores, fsync on:`,
    "",
    "| what | measured | goal |",
    "| --- | --- | --- |",
    ...lines,
  ].join("\n");
}
