import { createHash } from "node:crypto";

/** SHA-256 of a text, in hexadecimal: a key of one length, whatever it is made of. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

// An index of PostgreSQL takes no row of more than 2,704 bytes.
const LONGEST_KEY_BYTES = 1_500;

/** A key that can be indexed: the text itself, which people can read, or its digest when it is long. */
export function boundedKey(text: string): string {
  return Buffer.byteLength(text) > LONGEST_KEY_BYTES ? `sha256:${digestOf(text)}` : text;
}
