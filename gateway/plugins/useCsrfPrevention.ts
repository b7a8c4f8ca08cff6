import type { HttpPlugin } from "../context.ts";
import { exposed } from "../errors.ts";

/**
 * Takes only requests that a foreign page cannot make a browser send without asking first: POST of application/json, or GET
 * with one of these headers. Anything else that has a content type is refused, so that no odd one slips past a browser's rules.
 */
export function useCsrfPrevention({ headers }: { headers: readonly string[] }): HttpPlugin {
  return {
    onRequestParse({ request }) {
      const contentType = request.headers.get("content-type");
      if (request.method === "GET") checkGet(request.headers, contentType, headers);
      else if (request.method !== "POST") throw exposed("METHOD_NOT_ALLOWED", `a ${request.method} request`);
      else if (!isJson(contentType)) throw exposed("CONTENT_TYPE_UNSUPPORTED", `a POST of ${contentType}`);
    },
  };
}

function checkGet(sent: Headers, contentType: string | null, headers: readonly string[]): void {
  if (contentType !== null && !isJson(contentType))
    throw exposed("CONTENT_TYPE_UNSUPPORTED", `a GET of ${contentType}`);
  if (headers.some((name) => sent.get(name))) return;
  throw exposed("PREFLIGHT_REQUIRED", "a GET without a header that needs a preflight", { headers });
}

function isJson(contentType: string | null): boolean {
  return /^\s*application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i.test(contentType ?? "");
}
