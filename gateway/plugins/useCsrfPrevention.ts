import type { HttpPlugin } from "../context.ts";
import { exposed } from "../errors.ts";
import { isForm } from "./useUploads.ts";

/**
 * Takes only requests that a foreign page cannot make a browser send without asking first: POST of application/json, or GET
 * with one of these headers, or with `uploads` a POST of multipart/form-data with one of them. Anything else that has a content type is refused, so that no odd one slips past a browser's rules.
 */
export function useCsrfPrevention({ headers, uploads = false }: CsrfOptions): HttpPlugin {
  return {
    onRequestParse({ request }) {
      const contentType = request.headers.get("content-type");
      if (request.method === "GET") checkGet(request.headers, contentType, headers);
      else if (request.method !== "POST") throw exposed("METHOD_NOT_ALLOWED", `a ${request.method} request`);
      else if (uploads && isForm(contentType)) checkSimple(request.headers, headers);
      else if (!isJson(contentType)) throw exposed("CONTENT_TYPE_UNSUPPORTED", `a POST of ${contentType}`);
    },
  };
}

/** Which headers prove that no foreign page sent a request, and whether forms are taken with one. */
export interface CsrfOptions {
  readonly headers: readonly string[];
  readonly uploads?: boolean;
}

function checkGet(sent: Headers, contentType: string | null, headers: readonly string[]): void {
  if (contentType !== null && !isJson(contentType))
    throw exposed("CONTENT_TYPE_UNSUPPORTED", `a GET of ${contentType}`);
  checkSimple(sent, headers);
}

// What a foreign page can have a browser send, with cookies, unless there is a header of which the browser asks first.
function checkSimple(sent: Headers, headers: readonly string[]): void {
  if (headers.some((name) => sent.get(name))) return;
  throw exposed("PREFLIGHT_REQUIRED", "a request without a header that needs a preflight", { headers });
}

function isJson(contentType: string | null): boolean {
  return /^\s*application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i.test(contentType ?? "");
}
