import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** Remembers what was made of GraphQL documents, by their text. */
export interface DocumentCache<Value extends object> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

/**
 * Remembers what was made of documents while all of it takes at most about so many bytes: what was not asked for the longest goes first.
 * `tokensOf` says of how many tokens the value is made.
 */
export function documentCache<Value extends object>(
  maximumBytes: number,
  tokensOf: (value: Value) => number,
): DocumentCache<Value> {
  const known = new LRUCache<string, Value>({
    maxSize: maximumBytes,
    // The text and its nodes are alive for as long as one another.
    sizeCalculation: (value, text) => text.length * BYTES_OF_A_CHARACTER + tokensOf(value) * BYTES_OF_A_TOKEN,
  });
  return { get: (text) => known.get(text), set: (text, value) => void known.set(text, value) };
}

/** How many tokens a document was parsed from, comments included; 0 of one that was parsed without its places. */
export function tokensIn({ loc }: DocumentNode): number {
  let count = 0;
  for (let token = loc?.startToken; token; token = token.next ?? undefined) count += 1;
  return count;
}

const BYTES_OF_A_CHARACTER = 2;

// Measured on Node 26: nodes with their places take 510 bytes a token, and what is made of them for planning about as much again.
const BYTES_OF_A_TOKEN = 1_000;
