import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/**
 * How files that are told from `folder` are called from the root of the repository that the folder is in, as hosts of repositories want to
 * have them. What is no file, such as the address of a subgraph, stays as it is; and so does what lies elsewhere.
 */
export function pathInRepository(folder: string): (file: string) => string {
  const root = rootOf(resolve(folder));
  return (file) => {
    if (root === null || /^\w+:\/\//.test(file)) return file;
    const path = relative(root, resolve(folder, file));
    return path.startsWith("..") ? file : path;
  };
}

function rootOf(folder: string): string | null {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? null : rootOf(dirname(folder));
}
