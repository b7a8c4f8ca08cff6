import { printLocation, type SdlLocation } from "#shared/subgraph/sdl.ts";

/** Why a command on the graph could not do its work at all: one line, with the place where it is known. Exit code 2. */
export class CannotRun extends Error {
  constructor(message: string, place?: SdlLocation) {
    super(place ? `${printLocation(place)}  ${message}` : message);
    this.name = "CannotRun";
  }
}

/** What a command writes to: a line or several of text. */
export interface Writing {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** A command of the schema registry: the answer is its exit code. */
export type CommandLine = (args: readonly string[], writing: Writing) => Promise<number>;

/** Runs a command. CannotRun, and arguments it does not know, are one line of errors and the exit code 2. */
export async function runCommand(
  command: CommandLine,
  args: readonly string[] = process.argv.slice(2),
  writing: Writing = STANDARD,
): Promise<number> {
  try {
    return await command(args, writing);
  } catch (error) {
    const known = error instanceof CannotRun || isArgumentError(error);
    writing.error(`${known ? (error as Error).message : (error as Error).stack}\n`);
    return 2;
  }
}

const STANDARD: Writing = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
};

function isArgumentError(error: unknown): boolean {
  return String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS");
}
