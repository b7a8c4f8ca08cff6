import { CannotRun, type Writing } from "./cannotRun.ts";
import { publishedBy } from "./publisher.ts";
import type { PublishingTurn } from "./versionStore.ts";

/** The arguments of a command that publishes: how many seconds it waits for others. */
export const TURN_OPTIONS = { wait: { type: "string", default: "60" } } as const;

/** The turn of a command that publishes. Throws CannotRun for what is no number of seconds. */
export async function publishingTurn(wait: string, error: Writing["error"]): Promise<PublishingTurn> {
  const waitSeconds = Number(wait);
  if (wait.trim() === "" || !(waitSeconds >= 0 && waitSeconds <= 3_600))
    throw new CannotRun(`--wait ${wait} is not a number of seconds from 0 to 3600`);
  return {
    by: await publishedBy(process.env, process.cwd()),
    waitSeconds,
    say: (line) => error(`${line}\n`),
  };
}
