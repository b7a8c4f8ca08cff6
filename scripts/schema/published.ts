import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { CannotRun } from "./cannotRun.ts";
import { shownPath } from "./shownPath.ts";

/** What is published of one variant of a graph. */
export interface Published {
  readonly version: number;
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  /** Of a contract there are none: it is made of the graph it is a variant of. */
  readonly subgraphs: readonly SubgraphSdl[];
}

/** One line of a variant's history. */
export interface HistoryEntry {
  readonly version: number;
  /** When it was published: ISO 8601. */
  readonly publishedAt: string;
  readonly subgraphs: readonly string[];
  /** The SHA-256 of everything that was published, in hex: so that an edit by hand, or half of a version, is noticed. */
  readonly digest: string;
  readonly changes: readonly HistoryChange[];
}

/** What one version changed; and, where it broke something on purpose, who meant it and why. */
export interface HistoryChange {
  readonly id: string;
  readonly type: string;
  readonly coordinate: string;
  readonly message: string;
  readonly approval?: { readonly owner: string; readonly reason: string } | undefined;
}

/**
 * Reads what is published of a variant; null when nothing is. Throws CannotRun when a part of it is missing, or is not what its version
 * published: an edit by hand, or two publications that were merged. Nothing is ever compared with it, or published over it.
 */
export async function readPublished(registry: string, variant: string): Promise<Published | null> {
  const folder = join(registry, variant);
  if (existsSync(join(folder, MOVES))) {
    const what = `A publication to ${shownPath(folder)} was interrupted`;
    throw new CannotRun(`${what}: npm run schema:publish finishes it`);
  }
  const last = (await readHistory(registry, variant)).at(-1);
  if (!last) return null;
  const { version } = last;
  const part = (name: string) => readPart(join(folder, name), version);
  const texts: PublishedTexts = {
    supergraphSdl: await part("supergraph.graphql"),
    apiSdl: await part("api.graphql"),
    subgraphs: new Map(
      await Promise.all(last.subgraphs.map(async (name) => [name, await part(subgraphFile(name))] as const)),
    ),
  };
  if (digestOf(texts) !== last.digest) throw damaged(folder, version);
  const subgraphs = [...texts.subgraphs].map(([name, sdl]) => {
    return { name, document: parseSdl(sdl, shownPath(join(folder, subgraphFile(name)))) };
  });
  return { version, ...texts, subgraphs };
}

function damaged(folder: string, version: number): CannotRun {
  const shown = shownPath(folder);
  return new CannotRun(
    `${shown} is not what version ${version} published, for it was edited or merged: ` +
      `take the files of one side whole (git checkout <commit> -- ${shown}), then publish what is new again`,
  );
}

/** The texts of one version. */
export interface PublishedTexts {
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  readonly subgraphs: ReadonlyMap<string, string>;
}

/** The digest of a version's texts, whatever order they come in. */
export function digestOf({ supergraphSdl, apiSdl, subgraphs }: PublishedTexts): string {
  const parts = [supergraphSdl, apiSdl, ...[...subgraphs].sort(([a], [b]) => (a < b ? -1 : 1)).flat()];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** The versions of a variant, the first one first. Throws CannotRun for a line that is none. */
export async function readHistory(registry: string, variant: string): Promise<readonly HistoryEntry[]> {
  const file = join(registry, variant, "history.jsonl");
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as HistoryEntry];
    } catch (error) {
      throw new CannotRun((error as Error).message, { file, line: index + 1, column: 1 });
    }
  });
}

/** What is to be published: the files' texts, and the line of history. */
export interface Publication extends PublishedTexts {
  readonly variant: string;
  readonly entry: HistoryEntry;
}

/**
 * Writes a version. Everything is on disk under other names before anything is put in its place, and the supergraph, which gateways
 * watch, comes last: whoever reads meanwhile reads the old version or the new one.
 */
export async function writePublication(registry: string, publication: Publication): Promise<void> {
  const { entry, variant } = publication;
  const folder = join(registry, variant);
  const history = [...(await readHistory(registry, variant)), entry];
  const files = new Map([
    ...[...publication.subgraphs].map(([name, sdl]) => [subgraphFile(name), sdl] as const),
    ["api.graphql", publication.apiSdl],
    ["history.jsonl", history.map((each) => `${JSON.stringify(each)}\n`).join("")],
    ["supergraph.graphql", publication.supergraphSdl],
  ]);
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, `${name}.new`), text);
  }
  const kept = new Set([...publication.subgraphs.keys()].map(subgraphFile));
  const old = (await sdlFiles(join(folder, "subgraphs"))).map(subgraphFile).filter((name) => !kept.has(name));
  const moves: Moves = { put: [...files.keys()], remove: old };
  await writeFile(join(folder, `${MOVES}.new`), JSON.stringify(moves));
  await rename(join(folder, `${MOVES}.new`), join(folder, MOVES));
  await finishPublication(registry, variant);
}

/**
 * Finishes a publication that was interrupted while its files were put in their places, which were all written by then; does nothing
 * when there is none. What was interrupted before that has changed nothing.
 */
export async function finishPublication(registry: string, variant: string): Promise<void> {
  const folder = join(registry, variant);
  if (!existsSync(join(folder, MOVES))) return;
  const { put, remove } = JSON.parse(await readFile(join(folder, MOVES), "utf8")) as Moves;
  for (const name of put) {
    if (existsSync(join(folder, `${name}.new`)))
      await rename(join(folder, `${name}.new`), join(folder, name));
  }
  for (const name of remove) await rm(join(folder, name), { force: true });
  await rm(join(folder, MOVES));
}

// What is left to do of a publication, while it is being done.
const MOVES = "publishing.json";
interface Moves {
  readonly put: readonly string[];
  readonly remove: readonly string[];
}

function subgraphFile(name: string): string {
  return join("subgraphs", `${name}.graphql`);
}

async function readPart(file: string, version: number): Promise<string> {
  if (!existsSync(file))
    throw new CannotRun(`Of version ${version}, which is published, there is no ${file}`);
  return readFile(file, "utf8");
}

async function sdlFiles(folder: string): Promise<string[]> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  return names.filter((name) => name.endsWith(".graphql")).map((name) => name.slice(0, -".graphql".length));
}
