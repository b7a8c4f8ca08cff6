import { relative, resolve } from "node:path";

/** A path as messages have it: from where the command runs, and whole when it lies elsewhere. */
export function shownPath(path: string, from: string = process.cwd()): string {
  const shown = relative(from, resolve(path));
  return shown.startsWith("..") ? resolve(path) : shown || ".";
}

/** A shown path as one from a folder; what is an address stays one. */
export function placeFrom(folder: string, place: string): string {
  return /^\w+:\/\//.test(place) ? place : relative(folder, resolve(place));
}
