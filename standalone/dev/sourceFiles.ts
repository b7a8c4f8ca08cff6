import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, watch } from "node:fs";
import { join, relative } from "node:path";

/**
 * Reports the source files of a project that differ from what they were, by their paths in it, soon after they do; none of them when files were
 * only saved as they were. Until told to stop.
 */
export function watchSources(root: string, onChange: (paths: readonly string[]) => void): () => void {
  const known = new Map<string, Known>();
  changed(root, known);
  let soon: NodeJS.Timeout | undefined;
  const look = () => {
    const { paths, isSaved } = changed(root, known);
    if (isSaved) onChange(paths);
  };
  const watchers = FOLDERS.map((folder) =>
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(soon);
      soon = setTimeout(look, SETTLED_MS);
    }),
  );
  // Not every file system tells of every change, least of all in folders that are new.
  const nowAndThen = setInterval(look, LOOK_MS);
  return () => {
    clearTimeout(soon);
    clearInterval(nowAndThen);
    for (const watcher of watchers) watcher.close();
  };
}

interface Known {
  readonly stamp: string;
  readonly hash: string;
}

const FOLDERS = ["gateway", "migrations", "shared", "standalone", "subgraphs", "supergraph"];
const SETTLED_MS = 40;
const LOOK_MS = 1_000;

const SOURCE = /\.(ts|graphql|sql|yml|proto)$/;
// Types alone, and what composing and publishing write: nothing that runs reads them.
const WRITTEN = /\.generated\.ts$|^supergraph\/(supergraph\.graphql|registry\/.*\.(graphql|yml))$/;

// Editors save what is as it was, and tools write what they read: a change is one of content.
function changed(
  root: string,
  known: Map<string, Known>,
): { readonly paths: readonly string[]; readonly isSaved: boolean } {
  const found = new Set<string>();
  const different: string[] = [];
  let isSaved = false;
  for (const path of FOLDERS.flatMap((folder) => sourcesIn(root, folder))) {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (!stat) continue;
    found.add(path);
    const stamp = `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
    const before = known.get(path);
    if (before?.stamp === stamp) continue;
    isSaved = true;
    const hash = createHash("sha256")
      .update(readFileSync(join(root, path)))
      .digest("base64");
    known.set(path, { stamp, hash });
    if (before?.hash !== hash) different.push(path);
  }
  for (const path of known.keys()) {
    if (found.has(path)) continue;
    known.delete(path);
    isSaved = true;
    different.push(path);
  }
  return { paths: different.sort(), isSaved };
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !WRITTEN.test(path));
}
