import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

/** The project's folder. */
export const root = join(import.meta.dirname, "../..");

/** The paths of the files below a folder, from the project's folder, sorted; none when the folder is not there. */
export function filesBelow(folder: string, extension = ""): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The text of a file, by its path from the project's folder; empty when there is none. */
export function textOf(path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
}

/** The names of the subgraphs: the folders of subgraphs/. */
export function subgraphNames(): string[] {
  const entries = readdirSync(join(root, "subgraphs"), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** What a module exports, by its path from the project's folder. */
export async function exportsOf(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(root, path)).href)) as Record<string, unknown>;
}

/** The name of a file without its extension. */
export function nameOf(path: string): string {
  return basename(path).replace(/\.[^.]+$/, "");
}
