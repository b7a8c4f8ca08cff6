import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { CannotRun } from "./cannotRun.ts";
import { shownPath } from "./shownPath.ts";

const text = z.string().min(1);
const HISTORY_CHANGE = z.object({
  id: text,
  type: text,
  coordinate: text,
  message: z.string(),
  /** Where it broke something on purpose: who meant it and why. */
  approval: z.object({ owner: text, reason: text }).optional(),
});

/** One thing that a version changed. */
export type HistoryChange = z.output<typeof HISTORY_CHANGE>;

const HISTORY_ENTRY = z.object({
  version: z.int().min(1),
  /** When it was published: ISO 8601. */
  publishedAt: z.iso.datetime(),
  /** Who published it; absent in versions from before that was recorded. */
  publishedBy: text.optional(),
  /** The version whose texts were published again, where this was a way back. */
  restores: z.int().min(1).optional(),
  subgraphs: z.array(text),
  /** The SHA-256 of everything that was published, in hex: so that an edit by hand, or half of a version, is noticed. */
  digest: z.string().regex(/^[0-9a-f]{64}$/, "is no SHA-256 in hex"),
  changes: z.array(HISTORY_CHANGE),
});

/** What is remembered of one version of a variant: who published it, when, and what it changed. */
export type HistoryEntry = z.output<typeof HISTORY_ENTRY>;

/** The file of one version, from the folder of its variant: a file each, so that two branches that publish are seen to meet. */
export function historyFile(version: number): string {
  return join(FOLDER, `${String(version).padStart(4, "0")}.json`);
}

/** The file of the texts of one version, from the folder of its variant. */
export function textsFile(version: number): string {
  return `${historyFile(version)}.gz`.replace(".json", ".sdl");
}

/** The text of the file of one version. */
export function historyText(entry: HistoryEntry): string {
  return `${JSON.stringify(entry, null, 2)}\n`;
}

/** The numbers of the versions in the folder of a variant, the first one first. */
export async function versionsIn(folder: string): Promise<number[]> {
  const from = join(folder, FOLDER);
  const names = existsSync(from) ? await readdir(from) : [];
  const versions = names.flatMap((name) => /^(\d{4,})\.json$/.exec(name)?.[1] ?? []).map(Number);
  return versions.sort((a, b) => a - b);
}

/** Reads what is remembered of one version. Throws CannotRun, with the place, for a file that is not what it should be. */
export async function readHistoryEntry(folder: string, version: number): Promise<HistoryEntry> {
  const file = join(folder, historyFile(version));
  const at = (line = 1, column = 1) => ({ file: shownPath(file), line, column });
  if (!existsSync(file)) throw new CannotRun(`There is no version ${version}: ${shownPath(file)} is missing`);
  const parsed = HISTORY_ENTRY.safeParse(readJson(await readFile(file, "utf8"), at));
  const [issue] = parsed.error?.issues ?? [];
  if (!parsed.success) throw new CannotRun(`${issue?.path.join(".")}: ${issue?.message}`, at());
  if (parsed.data.version === version) return parsed.data;
  throw new CannotRun(`This is version ${parsed.data.version}, under the name of ${version}`, at());
}

const FOLDER = "history";

// Half of a merge, most often.
function readJson(
  source: string,
  at: (line?: number, column?: number) => { file: string; line: number; column: number },
): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const { message } = error as SyntaxError;
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? [];
    throw new CannotRun(message, at(Number(line ?? 1), Number(column ?? 1)));
  }
}
