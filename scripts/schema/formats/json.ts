import type { Report } from "../report.ts";

/** A report for programs: everything that was found, as it is. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
