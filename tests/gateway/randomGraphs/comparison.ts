import type { ExecutionResult } from "graphql";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import type { EngineResult } from "../../../gateway/executor/contract.ts";

/** An answer as a client reads it. */
export interface Answer {
  readonly data: string;
  readonly errors: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

/** What a client reads of a result of the engine, or of graphql-js. */
export function answerOf(result: EngineResult): Answer {
  const text = String(result.stringify?.(result) ?? JSON.stringify(result));
  const { data, errors = [] } = parseLossless(text) as ExecutionResult;
  return { data: JSON.stringify(data ?? null), errors: errors as unknown as Answer["errors"] };
}

/**
 * How an answer differs from the one that is right; null where it does not. Data is the same to the letter. Each null that an error explains
 * has an error, and no other has. What failed that nobody asked for but a requirement may be told too: without a path, or where `hasMore`.
 */
export function difference(right: Answer, given: Answer, hasMore: boolean): string | null {
  if (right.data !== given.data)
    return `data\n  right ${right.data}\n  given ${given.data}\n  errors ${JSON.stringify(given.errors)}`;
  const [expected, told] = [nullsOf(right), nullsOf(given)];
  const missing = [...expected].filter((place) => !told.has(place));
  const more = hasMore ? [] : [...told].filter((place) => place !== "" && !expected.has(place));
  if (!missing.length && !more.length) return null;
  return `errors: missing at ${missing.join(" ")}; unexpected at ${more.join(" ")}\n  right ${JSON.stringify(right.errors)}\n  given ${JSON.stringify(given.errors)}\n  data ${given.data}`;
}

// Where the null is that an error is about: of what must not be null, it is further up.
function nullsOf({ data, errors }: Answer): ReadonlySet<string> {
  const root: unknown = JSON.parse(data);
  return new Set(
    errors.map(({ path = [] }) => {
      let here: unknown = root;
      for (const [index, step] of path.entries()) {
        if (here === null || here === undefined) return path.slice(0, index).join(".");
        here = (here as Record<string | number, unknown>)[step];
      }
      return here === null || !path.length ? path.join(".") : `nothing missing at ${path.join(".")}`;
    }),
  );
}
