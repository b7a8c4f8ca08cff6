import type { Finding } from "./finding.ts";

/** What one section of a check came to. */
export interface Section {
  readonly title: string;
  readonly status: "PASSED" | "FAILED" | "NOT RUN";
  /** What was looked at, or why nothing was. */
  readonly summary: string;
  readonly findings: readonly Finding[];
}

/** What a check came to. */
export interface Report {
  /** What was checked, as people call it. */
  readonly subject: string;
  readonly sections: readonly Section[];
  readonly passed: boolean;
  readonly milliseconds: number;
}

/** A section that was run. Errors fail it; warnings do when the check is strict. */
export function sectionOf(
  title: string,
  summary: string,
  findings: readonly Finding[],
  strict: boolean,
): Section {
  const failed = findings.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
  return { title, summary, findings: [...findings].sort(gravest), status: failed ? "FAILED" : "PASSED" };
}

/** A section that could not be run because another one failed. */
export function notRun(title: string, reason: string): Section {
  return { title, summary: reason, findings: [], status: "NOT RUN" };
}

const GRAVITY = { error: 0, warning: 1, note: 2 };

function gravest(a: Finding, b: Finding): number {
  return GRAVITY[a.severity] - GRAVITY[b.severity];
}
