import { relative, resolve } from "node:path";

/** A path as messages have it: from where the command runs, and whole when it lies elsewhere. */
export function shownPath(path: string, from: string = process.cwd()): string {
  const shown = relative(from, resolve(path));
  return shown.startsWith("..") ? resolve(path) : shown || ".";
}
