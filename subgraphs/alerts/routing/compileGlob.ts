import { LRUCache } from "lru-cache";
import { counter } from "#shared/telemetry/metrics.ts";

/** A pattern made ready for many texts, which have to be in lower case. */
export interface Glob {
  matches(lowerText: string): boolean;
  /** How long the pattern is, in UTF-16 code units: with the text's length, what a comparison costs at most. */
  readonly length: number;
}

/**
 * A pattern in which * stands for anything, whatever the case. Compiled once, however many routes and requests have it. There
 * are no regular expressions to be slow: each piece of a pattern is looked for once.
 */
export function compileGlob(pattern: string): Glob {
  const known = compiled.get(pattern);
  if (known) return known;
  const glob = { matches: matcherOf(pattern.toLowerCase().split("*")), length: pattern.length };
  compilations.inc();
  compiled.set(pattern, glob);
  return glob;
}

const compilations = counter(
  "alert_pattern_compilations_total",
  "Patterns of alert routes that were compiled",
);

const MOST_BYTES = 32 * 1_048_576;
const BYTES_OF_A_GLOB = 300;
const compiled = new LRUCache<string, Glob>({
  maxSize: MOST_BYTES,
  // The pattern, and its pieces.
  sizeCalculation: (_glob, pattern) => pattern.length * 4 + BYTES_OF_A_GLOB,
});

function matcherOf([first = "", ...rest]: readonly string[]): (lowerText: string) => boolean {
  const last = rest.pop();
  if (last === undefined) return (text) => first === text;
  return (text) => {
    if (!text.startsWith(first) || text.length < first.length + last.length) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found === -1 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return text.endsWith(last) && at <= end;
  };
}
