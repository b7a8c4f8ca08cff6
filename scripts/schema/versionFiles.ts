import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { CannotRun } from "./cannotRun.ts";
import { historyFile, historyText, readHistoryEntry, textsFile, versionsIn } from "./history.ts";
import { whilePublishing } from "./publishingLock.ts";
import { shownPath } from "./shownPath.ts";
import {
  digestOf,
  type OpenStore,
  type Publication,
  type PublishedTexts,
  type StoredVersion,
  type VersionStore,
} from "./versionStore.ts";

/** The versions of a graph as files: a folder for each variant, with what is published of it and a file of history for each version. */
export function versionFiles(registry: string): VersionStore {
  const open: OpenStore = {
    placeOf: (variant, subgraph) =>
      shownPath(join(registry, variant, subgraph === undefined ? "" : subgraphFile(subgraph))),
    read: (variant, version) => readVersion(join(registry, variant), version),
    async history(variant) {
      const folder = join(registry, variant);
      return Promise.all((await versionsIn(folder)).map((version) => readHistoryEntry(folder, version)));
    },
    async write(publications) {
      for (const publication of publications)
        await writeFiles(join(registry, publication.variant), publication);
    },
  };
  return {
    ...open,
    whilePublishing: (turn, work) =>
      whilePublishing(registry, turn, async () => {
        await finishInterrupted(registry);
        return work(open);
      }),
  };
}

async function readVersion(folder: string, wanted?: number): Promise<StoredVersion | null> {
  if (existsSync(join(folder, MOVES))) {
    const what = `A publication to ${shownPath(folder)} was interrupted`;
    throw new CannotRun(`${what}: npm run schema:publish finishes it`);
  }
  const versions = await versionsIn(folder);
  const version = versions.at(-1);
  if (version === undefined || (wanted !== undefined && !versions.includes(wanted))) return null;
  if (wanted !== undefined && wanted !== version) return readOlder(folder, wanted);
  const entry = await readHistoryEntry(folder, version);
  const part = (name: string) => readPart(join(folder, name), version);
  const texts: PublishedTexts = {
    supergraphSdl: await part(SUPERGRAPH),
    apiSdl: await part(API),
    subgraphs: new Map(
      await Promise.all(entry.subgraphs.map(async (name) => [name, await part(subgraphFile(name))] as const)),
    ),
  };
  if (digestOf(texts) !== entry.digest) throw damaged(folder, version);
  return { entry, texts };
}

// The texts of all versions are kept beside their history, in one file each that nobody reads by eye.
async function readOlder(folder: string, version: number): Promise<StoredVersion> {
  const entry = await readHistoryEntry(folder, version);
  const file = join(folder, textsFile(version));
  if (!existsSync(file))
    throw new CannotRun(`The texts of version ${version} were not kept: there is no ${shownPath(file)}`);
  const texts = unpacked(await readFile(file));
  if (texts && digestOf(texts) === entry.digest) return { entry, texts };
  throw new CannotRun(`${shownPath(file)} is not what version ${version} published`);
}

const PACKED = z.object({
  supergraphSdl: z.string(),
  apiSdl: z.string(),
  subgraphs: z.record(z.string(), z.string()),
});

// null when the file is damaged, whichever layer of it shows that.
function unpacked(file: Buffer): PublishedTexts | null {
  try {
    const { subgraphs, ...rest } = PACKED.parse(JSON.parse(gunzipSync(file).toString()));
    return { ...rest, subgraphs: new Map(Object.entries(subgraphs)) };
  } catch {
    return null;
  }
}

function packed({ subgraphs, ...texts }: PublishedTexts): Buffer {
  return gzipSync(JSON.stringify({ ...texts, subgraphs: Object.fromEntries(subgraphs) }));
}

function damaged(folder: string, version: number): CannotRun {
  const shown = shownPath(folder);
  return new CannotRun(
    `${shown} is not what version ${version} published, for it was edited or merged: ` +
      `take the files of one side whole (git checkout <commit> -- ${shown}), then publish what is new again`,
  );
}

async function readPart(file: string, version: number): Promise<string> {
  if (!existsSync(file))
    throw new CannotRun(`Of version ${version}, which is published, there is no ${shownPath(file)}`);
  return readFile(file, "utf8");
}

// Everything is on disk under other names before anything is put in its place, and the supergraph, which gateways watch, comes last.
async function writeFiles(folder: string, { texts, entry }: Publication): Promise<void> {
  const files = new Map<string, string | Buffer>([
    ...[...texts.subgraphs].map(([name, sdl]) => [subgraphFile(name), sdl] as const),
    [API, texts.apiSdl],
    [textsFile(entry.version), packed(texts)],
    [historyFile(entry.version), historyText(entry)],
    [SUPERGRAPH, texts.supergraphSdl],
  ]);
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, `${name}.new`), text);
  }
  const kept = new Set([...texts.subgraphs.keys()].map(subgraphFile));
  const old = (await sdlFiles(join(folder, "subgraphs"))).map(subgraphFile).filter((name) => !kept.has(name));
  const moves: Moves = { put: [...files.keys()], remove: old };
  await writeFile(join(folder, `${MOVES}.new`), JSON.stringify(moves));
  await rename(join(folder, `${MOVES}.new`), join(folder, MOVES));
  await finishMoves(folder);
}

// A publication that was interrupted while its files were put in their places had written them all by then. One that was interrupted
// before that has changed nothing.
async function finishInterrupted(registry: string): Promise<void> {
  for (const variant of await readdir(registry)) await finishMoves(join(registry, variant));
}

async function finishMoves(folder: string): Promise<void> {
  if (!existsSync(join(folder, MOVES))) return;
  const { put, remove } = JSON.parse(await readFile(join(folder, MOVES), "utf8")) as Moves;
  for (const name of put) {
    if (existsSync(join(folder, `${name}.new`)))
      await rename(join(folder, `${name}.new`), join(folder, name));
  }
  for (const name of remove) await rm(join(folder, name), { force: true });
  await rm(join(folder, MOVES));
}

const SUPERGRAPH = "supergraph.graphql";
const API = "api.graphql";

// What is left to do of a publication, while it is being done.
const MOVES = "publishing.json";
interface Moves {
  readonly put: readonly string[];
  readonly remove: readonly string[];
}

function subgraphFile(name: string): string {
  return join("subgraphs", `${name}.graphql`);
}

async function sdlFiles(folder: string): Promise<string[]> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  return names.filter((name) => name.endsWith(".graphql")).map((name) => name.slice(0, -".graphql".length));
}
