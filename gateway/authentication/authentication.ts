import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { systemActor, type Actor } from "#shared/subgraph/actor.ts";
import type { InternalIdentity } from "#shared/subgraph/internalToken.ts";
import type { RpcClient } from "#shared/rpc/rpcClient.ts";
import type { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { exposed } from "../errors.ts";
import { shareFreshAnswers } from "./shareFreshAnswers.ts";
import type { Person } from "./claims.ts";
import type { BearerTokenVerifier } from "./tokens.ts";

/** Finds out who sends a request from its credentials: a person's token, in a header or a cookie, or an API key. */
export function openAuthentication(options: AuthenticationOptions): Authentication {
  const people = rememberAnswers(options, ({ tenantId, person }: { tenantId: string; person: Person }) => {
    return resolvePerson(tenantId, person, options.identity);
  });
  const keys = rememberAnswers(options, (key: string) => resolveKey(key, options.identity));
  const asPerson = async (token: string, wanted: string | null): Promise<Principal> => {
    const person = await options.tokens.verify(token);
    const tenantId = tenantOf(person, wanted);
    const name = JSON.stringify([tenantId, person.subject, person.email, person.tenants.get(tenantId)]);
    return people(name, { tenantId, person });
  };
  const asKey = async (key: string, wanted: string | null): Promise<Principal> => {
    const found = await keys(createHash("sha256").update(key).digest("base64"), key);
    if (wanted !== null && wanted !== found.tenantId)
      throw notListed("an API key belongs to one tenant only");
    return found;
  };
  const tenants = new LRUCache<string, string>({
    maxSize: REMEMBERED_BYTES,
    sizeCalculation: (_tenantId, name) => name.length,
    ttl: KNOWN_MS,
  });
  return {
    lastTenantOf: (headers) => {
      const name = nameOf(headers, options.tokens.cookie);
      return name === null ? undefined : tenants.get(name);
    },
    async authenticate(headers) {
      const credential = credentialOf(headers, options.tokens.cookie);
      if (!credential) return null;
      const wanted = headers.get("x-tenant-id");
      try {
        const found = await (credential.startsWith(API_KEY_PREFIX) ? asKey : asPerson)(credential, wanted);
        attempts.inc({ outcome: found.actor.kind });
        tenants.set(`${wanted ?? ""} ${credential}`, found.tenantId);
        return found;
      } catch (error) {
        attempts.inc({ outcome: "refused" });
        throw error;
      }
    },
  };
}

/** What finding out needs: who checks tokens, and whom to ask about people and keys (null: nobody, so there are no keys). */
export interface AuthenticationOptions {
  readonly tokens: BearerTokenVerifier;
  readonly identity: IdentityQuestions | null;
  /** How long an actor that identity resolved is cached. */
  readonly cacheSeconds: number;
}

/** What the gateway asks of identity. */
export type IdentityQuestions = Pick<
  RpcClient<typeof IdentityService, InternalIdentity>,
  "resolveActor" | "verifyApiKey"
>;

/** Tells who sends a request; null when it carries no credentials, an exposed error when they are not good. */
export interface Authentication {
  authenticate(headers: Headers): Promise<Principal | null>;
  /**
   * The tenant that the same credentials were good for within the last minute, without asking anybody: for what is decided before a
   * request is read, never for what it may do.
   */
  lastTenantOf?(headers: ReadableHeaders): string | undefined;
}

/** Headers by their names in lower case. */
export type ReadableHeaders = Pick<Headers, "get">;

/** Somebody known: who, in which tenant, with which permissions. */
export interface Principal {
  readonly actor: Actor;
  readonly tenantId: string;
  readonly granted: ReadonlySet<string>;
}

/** What every API key begins with. */
export const API_KEY_PREFIX = "tsk_";

const attempts = counter(
  "gateway_authentications_total",
  "Requests with credentials, by who they turned out to be",
  ["outcome"],
);

const KNOWN_MS = 60_000;

function nameOf(headers: ReadableHeaders, cookie: string | null): string | null {
  try {
    const credential = credentialOf(headers, cookie);
    return credential && `${headers.get("x-tenant-id") ?? ""} ${credential}`;
  } catch {
    // Refused as what it is once it is read.
    return null;
  }
}

function credentialOf(headers: ReadableHeaders, cookie: string | null): string | null {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const [scheme = "", token = "", ...more] = authorization.trim().split(/ +/);
    if (scheme.toLowerCase() !== "bearer" || !token || more.length > 0) {
      throw exposed("UNAUTHENTICATED", "the authorization header is not a bearer token");
    }
    return token;
  }
  return cookie && cookieOf(headers, cookie);
}

function cookieOf(headers: ReadableHeaders, name: string): string | null {
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name && value.join("=")) return value.join("=");
  }
  return null;
}

function tenantOf({ tenants }: Person, wanted: string | null): string {
  if (wanted !== null) {
    if (tenants.has(wanted)) return wanted;
    throw notListed("the token does not list the tenant that was asked for");
  }
  const [only, ...others] = tenants.keys();
  if (only !== undefined && others.length === 0) return only;
  throw notListed(`no tenant was asked for, and the token lists ${tenants.size}`);
}

function notListed(why: string) {
  return exposed("TENANT_NOT_LISTED", why);
}

// The provider's name for a person is not ours, so identity is asked even when the token brings its permissions along.
async function resolvePerson(
  tenantId: string,
  person: Person,
  identity: IdentityQuestions | null,
): Promise<Principal> {
  const { subject, email, tenants } = person;
  const said = tenants.get(tenantId);
  if (!identity) return principal({ kind: "user", id: subject, permissions: said ?? [] }, tenantId);
  const question = { tenantId, subject, email: email ?? "" };
  const found = await identity.resolveActor(question, { actor: systemActor("gateway"), tenantId });
  if (!found.exists) throw notListed(`identity knows no ${subject} in the tenant`);
  return principal({ kind: "user", id: found.userId, permissions: said ?? found.permissions }, tenantId);
}

async function resolveKey(key: string, identity: IdentityQuestions | null): Promise<Principal> {
  const found = await identity?.verifyApiKey({ key }, { actor: systemActor("gateway"), tenantId: null });
  if (!found?.valid) throw exposed("UNAUTHENTICATED", "the API key is unknown, expired or revoked");
  return principal({ kind: "apiKey", id: found.apiKeyId, permissions: found.permissions }, found.tenantId);
}

function principal(actor: Actor, tenantId: string): Principal {
  return { actor, tenantId, granted: new Set(actor.permissions) };
}

const REMEMBERED_BYTES = 16 * 1024 * 1024;
// A list of every permission there is takes about as much.
const BYTES_OF_AN_ANSWER = 1_500;

// A hundred requests of one person ask once; a refusal or a failure is not remembered.
function rememberAnswers<Question>(
  { cacheSeconds }: AuthenticationOptions,
  ask: (question: Question) => Promise<Principal>,
): (name: string, question: Question) => Promise<Principal> {
  if (cacheSeconds === 0) return shareFreshAnswers(ask);
  const answers = new LRUCache<string, Promise<Principal>>({
    maxSize: REMEMBERED_BYTES,
    sizeCalculation: (_answer, name) => BYTES_OF_AN_ANSWER + name.length,
    ttl: cacheSeconds * 1_000,
  });
  return (name, question) => {
    const known = answers.get(name);
    if (known) return known;
    const asked = ask(question);
    answers.set(name, asked);
    asked.catch(() => {
      if (answers.peek(name) === asked) answers.delete(name);
    });
    return asked;
  };
}
