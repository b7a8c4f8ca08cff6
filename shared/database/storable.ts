/** Why a database could not store a text, or null when it can: it has no NUL, and half a surrogate pair is no character. */
export function problemWithText(text: string): string | null {
  if (text.includes("\u0000")) return "must not contain the character NUL";
  return text.isWellFormed() ? null : "must not contain half of a surrogate pair";
}

/** What is wrong with a value, and where in it: `items[3].title`, or the place it was given. */
export interface Unstorable {
  readonly place: string;
  readonly reason: string;
}

/**
 * The first text within a JSON value, names of properties included, that a database could not store, or the first place
 * that is nested deeper than `MOST_NESTING`; null when all of it can be stored. `place` is where the value itself is.
 */
export function problemWithin(value: unknown, place: string, depth = 0): Unstorable | null {
  if (typeof value === "string") {
    const reason = problemWithText(value);
    return reason === null ? null : { place, reason };
  }
  if (typeof value !== "object" || value === null) return null;
  if (depth >= MOST_NESTING) return { place, reason: `must not nest deeper than ${MOST_NESTING}` };
  for (const [name, inner] of Object.entries(value)) {
    const reason = Array.isArray(value) ? null : problemWithText(name);
    if (reason !== null) return { place, reason: `a name in it ${reason}` };
    const found = problemWithin(
      inner,
      Array.isArray(value) ? `${place}[${name}]` : `${place}.${name}`,
      depth + 1,
    );
    if (found) return found;
  }
  return null;
}

/** How deep arrays and objects may lie in one another. */
export const MOST_NESTING = 100;
