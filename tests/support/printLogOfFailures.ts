import { afterAll, beforeEach, type RunnerTask as Task } from "vitest";
import { takeLoggedLines } from "./testLog.ts";

// A caller of the graph is told nothing of an error that is not theirs to know: what the database said is in the log alone. What was
// logged before the first test, or between two, belongs to the one that follows.
beforeEach(({ task, onTestFinished }) => onTestFinished(() => tellOf(task.result?.state === "fail")));

// No test runs where preparing for them failed.
// oxlint-disable-next-line no-empty-pattern -- vitest reads from this pattern what a hook needs, and gives the file second
afterAll(({}, file) => tellOf(isPreparationFailed(file)));

function tellOf(isFailed: boolean): void {
  const lines = takeLoggedLines();
  if (isFailed && lines.length > 0) console.error(`Logged meanwhile:\n${lines.join("")}`);
}

function isPreparationFailed(task: Task): boolean {
  if (task.type === "test") return false;
  return (task.result?.errors?.length ?? 0) > 0 || task.tasks.some(isPreparationFailed);
}
