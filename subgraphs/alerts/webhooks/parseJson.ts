import { exposed } from "#supergraph/errors.ts";

/** The text as JSON. Throws BODY_MALFORMED with where it stops being that. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw exposed("BODY_MALFORMED", "a body that is no JSON", { reason: (error as Error).message });
  }
}
