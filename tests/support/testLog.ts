import { createLog, type Log } from "#shared/log/log.ts";

const MOST_LINES = 20;

const lines: string[] = [];

/** A log that prints nothing: it keeps its last warnings and errors until the test is over, which prints them if it failed. */
export function createTestLog(): Log {
  return createLog({ service: "tests", level: "warn", destination: { write: keep } });
}

/** The warnings and errors that were logged since it was last asked, as JSON lines, the oldest first: the last 20 of them. */
export function takeLoggedLines(): string[] {
  return lines.splice(0);
}

function keep(line: string): void {
  if (lines.length === MOST_LINES) lines.shift();
  lines.push(line);
}
