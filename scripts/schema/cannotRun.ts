import { printPlace, type Place } from "#shared/subgraph/sdl.ts";

/** Why a command on the graph could not do its work at all: one line, with the place where it is known. Exit code 2. */
export class CannotRun extends Error {
  constructor(message: string, place?: Place) {
    super(place ? `${printPlace(place)}  ${message}` : message);
    this.name = "CannotRun";
  }
}

/** Runs a command: what it returns is the exit code, and CannotRun is one line on standard error and 2. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 2;
    const known = error instanceof CannotRun || isArgumentError(error);
    process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  }
}

function isArgumentError(error: unknown): boolean {
  return String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS");
}
