import { codings } from "./codings.ts";
import { http } from "./http.ts";
import type { RawAnswer } from "./rawAnswer.ts";
import { results } from "./results.ts";
import { text } from "./text.ts";

/** All ways to answer, by what is odd about them: the gateway's README lists them, and a test goes through them. */
export const answers: Readonly<Record<string, readonly RawAnswer[]>> = {
  HTTP: http,
  "content codings": codings,
  "characters and JSON": text,
  "GraphQL responses": results,
};
