import { LRUCache } from "lru-cache";
import { z } from "zod";
import { ExposedError } from "#shared/errors/exposed.ts";
import type { Authentication, Principal } from "../../gateway/authentication/authentication.ts";
import { exposed } from "../../gateway/errors.ts";

/** Authenticates by asking the gateway that lends its subgraphs: whoever can sign in there is signed in here, as the same. */
export function remoteAuthentication(remote: string): Authentication {
  const known = new LRUCache<string, Promise<Principal>>({ max: 1_000, ttl: BELIEVED_MS });
  return {
    async authenticate(headers) {
      const credentials = credentialsOf(headers);
      if (!credentials["authorization"] && !credentials["cookie"]) return null;
      const name = JSON.stringify(credentials);
      const asked = known.get(name) ?? ask(remote, credentials);
      known.set(name, asked);
      asked.catch(() => known.delete(name));
      return asked;
    },
  };
}

/** What a caller signs in with: passed on to the gateway that lends. */
export const CREDENTIAL_HEADERS = ["authorization", "cookie", "x-tenant-id"] as const;

const BELIEVED_MS = 5_000;
const PATIENCE_MS = 5_000;

const Who = z.object({
  tenantId: z.string(),
  actor: z.object({
    kind: z.enum(["user", "apiKey", "system"]),
    id: z.string(),
    permissions: z.array(z.string()),
  }),
});

function credentialsOf(headers: Headers): Record<string, string> {
  const given = CREDENTIAL_HEADERS.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(given.filter((each): each is [(typeof each)[0], string] => each[1] !== null));
}

async function ask(remote: string, headers: Record<string, string>): Promise<Principal> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(`${remote}/subgraphs`, { headers, signal }).catch((error: unknown) => {
    throw exposed("SERVICE_UNAVAILABLE", `asking ${remote} who it is: ${String(error)}`, { service: remote });
  });
  if (!response.ok) throw await refusalOf(response, remote);
  const { actor, tenantId } = Who.parse(await response.json());
  return { actor, tenantId, granted: new Set(actor.permissions) };
}

async function refusalOf(response: Response, remote: string): Promise<Error> {
  const said = Refusal.safeParse(await response.json().catch(() => null));
  if (said.success)
    return new ExposedError(said.data.extensions.code, `refused by ${remote}`, said.data.extensions);
  return new Error(`${remote}/subgraphs answered ${response.status}: does it lend its subgraphs?`);
}

const Refusal = z.object({ extensions: z.looseObject({ code: z.string() }) });
