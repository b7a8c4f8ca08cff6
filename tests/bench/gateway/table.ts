import { contenders } from "./contenders.ts";
import type { Row } from "./sideBySide.ts";

/** The rows as a Markdown table, each with its CPU time in relation to the whole gateway's. */
export function tableOf(rows: readonly Row[]): string {
  const reference = referenceOf(rows);
  const lines = rows.map((row) => {
    const cells = [
      titleOf(row),
      grouped(row.requestsPerSecond),
      row.cpuMilliseconds.toFixed(2),
      (row.cpuMilliseconds / (reference?.cpuMilliseconds ?? NaN)).toFixed(2),
      row.p50.toFixed(1),
      row.p95.toFixed(1),
      row.megabytes.toFixed(0),
      row.callsPerRequest.toFixed(1),
      String(row.failed),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const heads = [
    "",
    "requests/s",
    "CPU-ms a request",
    "to ours",
    "p50 ms",
    "p95 ms",
    "memory MB",
    "subgraph calls",
    "failed",
  ];
  return [`| ${heads.join(" | ")} |`, `|${" --- |".repeat(heads.length)}`, ...lines].join("\n");
}

/** The row the others are compared with: the whole gateway, or else the executor behind Yoga. */
export function referenceOf(rows: readonly Row[]): Row | undefined {
  const now = rows.filter(({ isBefore }) => !isBefore);
  return now.find((row) => row.gateway === "product") ?? now.find((row) => row.gateway === "ours");
}

/** What a row is called. */
export function titleOf({ gateway, isBefore }: Pick<Row, "gateway" | "isBefore">): string {
  return isBefore ? `${contenders[gateway].title}, before` : contenders[gateway].title;
}

/** What the table says of the goals, a line each. */
export function verdictOf(rows: readonly Row[]): string {
  const reference = referenceOf(rows);
  if (!reference) return "";
  const lines: string[] = [];
  const cpuOf = (name: Row["gateway"]) => rows.find((row) => row.gateway === name)?.cpuMilliseconds;
  const say = (name: Row["gateway"], goal: string) => {
    const cpu = cpuOf(name);
    if (cpu)
      lines.push(
        `${contenders[name].title} takes ${(cpu / reference.cpuMilliseconds).toFixed(1)} times our CPU (${goal})`,
      );
  };
  for (const { gateway, cpuMilliseconds, callsPerRequest } of rows.filter(({ isBefore }) => isBefore)) {
    const now = rows.find((row) => row.gateway === gateway && !row.isBefore);
    if (now)
      lines.push(
        `${contenders[gateway].title} takes ${(now.cpuMilliseconds / cpuMilliseconds).toFixed(2)} of the CPU it took (goal: 0.8), and ${now.callsPerRequest.toFixed(1)} calls after ${callsPerRequest.toFixed(1)}`,
      );
  }
  say("apollo", "goal: 20");
  say("hiveRouter", "goal: 10");
  const floor = cpuOf("floor");
  if (floor)
    lines.push(
      `ours takes ${(reference.cpuMilliseconds / floor).toFixed(2)} times the floor's CPU (goal: 1.5)`,
    );
  const own: readonly Row["gateway"][] = ["product", "ours", "executorAlone", "floorBehindYoga", "floor"];
  const others = rows.filter((row) => !own.includes(row.gateway));
  const best = Math.min(...others.map((row) => row.p95));
  if (others.length)
    lines.push(`our p95 is ${(reference.p95 / best).toFixed(2)} of the best other's (goal: at most 1.3)`);
  return lines.join("\n");
}

function grouped(number: number): string {
  return Math.round(number).toLocaleString("en");
}
