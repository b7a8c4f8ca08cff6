import type { ExecutionResult } from "graphql";
import { isData } from "#shared/graphql/data.ts";

/** Where two answers to one operation differ: paths alone, nothing of what is there. */
export interface Differences {
  /** Of values, in the client's names and with places in lists. */
  readonly paths: readonly string[];
  /** Of errors that only one of them has, or that have another code. */
  readonly errorPaths: readonly string[];
}

/** An answer as a client reads it. */
export type PlainAnswer = Pick<ExecutionResult, "data"> & {
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: unknown };
  }[];
};

/** How many paths are told of each kind. */
const MOST_PATHS = 20;

/**
 * Compares data, and errors by path and code; null when there is no difference. Paths are told as far as they consist of names that
 * the operation itself has: what is further in, keys of a scalar's own object for example, is a value.
 */
export function differencesOf(
  one: PlainAnswer,
  other: PlainAnswer,
  names: ReadonlySet<string>,
): Differences | null {
  const found: Path[] = [];
  compare(one.data ?? null, other.data ?? null, [], found);
  const [ours, theirs] = [errorsOf(one), errorsOf(other)];
  const unlike = [...ours.keys(), ...theirs.keys()].filter((key) => ours.has(key) !== theirs.has(key));
  if (found.length === 0 && unlike.length === 0) return null;
  const errors = unlike.slice(0, MOST_PATHS).map((key) => ours.get(key) ?? theirs.get(key) ?? []);
  return { paths: told(found, names), errorPaths: told(errors, names) };
}

type Path = readonly (string | number)[];

function told(paths: readonly Path[], names: ReadonlySet<string>): string[] {
  const known = paths.map((path) => {
    const end = path.findIndex((step) => typeof step === "string" && !names.has(step));
    return path.slice(0, end < 0 ? path.length : end).join(".");
  });
  return [...new Set(known)];
}

function compare(one: unknown, other: unknown, path: Path, found: Path[]): void {
  if (one === other || found.length >= MOST_PATHS) return;
  const [left, right] = [entriesOf(one), entriesOf(other)];
  if (!left || !right || left.size !== right.size || Array.isArray(one) !== Array.isArray(other)) {
    found.push(path);
    return;
  }
  for (const [key, value] of left) compare(value, right.get(key), [...path, key], found);
}

function entriesOf(value: unknown): ReadonlyMap<string | number, unknown> | null {
  if (Array.isArray(value)) return new Map(value.entries());
  return isData(value) ? new Map(Object.entries(value)) : null;
}

// By what makes them the same error, with their path.
function errorsOf({ errors = [] }: PlainAnswer): ReadonlyMap<string, Path> {
  return new Map(
    errors.map(({ path = [], extensions }) => [JSON.stringify([extensions?.code, ...path]), path]),
  );
}
