import type { Authentication } from "../authentication/authentication.ts";
import type { HttpPlugin } from "../context.ts";

/** Authenticates before the body is even read. Bad credentials refuse the request; none at all make it an anonymous one. */
export function useAuthentication(authentication: Authentication): HttpPlugin {
  return {
    async onRequestParse({ request, serverContext }) {
      const principal = await authentication.authenticate(request.headers);
      if (principal) serverContext.principal = principal;
    },
  };
}
