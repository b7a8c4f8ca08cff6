import { ConfigError } from "#shared/config/config.ts";

/** Takes note of how to stop what was just started. */
export type Started = (stop: () => Promise<void>) => void;

/**
 * Starts something that runs until SIGINT or SIGTERM; then, or when starting fails, stops what was started, the last first, and
 * ends the process: with 0, or with 1 and the reason printed.
 */
export async function untilStopped(start: (started: Started) => Promise<void>): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll(stops));
  // Heard from the beginning, so that whoever stops a start leaves nothing running.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => void stop().then(() => process.exit(0)));
  try {
    await start((one) => void stops.push(one));
  } catch (error) {
    process.stderr.write(`${whatWentWrong(error)}\n`);
    await stop();
    process.exit(1);
  }
}

async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  for (const stopOne of stops.reverse()) {
    await stopOne().catch((error: unknown) => process.stderr.write(`${whatWentWrong(error)}\n`));
  }
}

/** Keeps something from starting for a reason that is the user's to change: told without a stack. */
export class CannotStart extends Error {}

function whatWentWrong(error: unknown): string {
  if (error instanceof ConfigError || error instanceof CannotStart) return error.message;
  const { code, port } = ((error as Error).cause ?? error) as { code?: string; port?: number };
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Stop what listens there, or choose another PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
