import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { exposed } from "#shared/errors/exposed.ts";
import type { Actor } from "./actor.ts";
import { GATEWAY, keyId, knownKeys, type KnownKey, type ServiceKeys } from "./serviceKeys.ts";

/** The header that carries an internal token from one service to another. */
export const INTERNAL_TOKEN_HEADER = "x-internal-token";

/** How long an internal token lives; verifiers refuse longer ones. */
export const INTERNAL_TOKEN_SECONDS = 60;

/** The claims of a token between services: on whose behalf a request is made, and in which tenant. */
export interface InternalIdentity {
  readonly actor: Actor;
  /** Null only before a tenant is known. */
  readonly tenantId: string | null;
  readonly traceId?: string | undefined;
}

/** What a token says, and whose key signed it. */
export interface Vouched extends InternalIdentity {
  readonly service: string;
}

/** Makes tokens that only the audience accepts. */
export interface TokenIssuer {
  issue(claims: InternalIdentity & { audience: string }): string;
}

/** Authenticates the actor of a token, or throws UNAUTHENTICATED and logs why. */
export interface TokenVerifier {
  verify(token: string | null | undefined): Vouched;
}

/** An issuer that signs with an Ed25519 private key. `now` is the wall clock in milliseconds. */
export function createTokenIssuer(options: { privateKey: KeyObject; now?: () => number }): TokenIssuer {
  const { privateKey, now = Date.now } = options;
  const header = encode({ alg: "EdDSA", typ: "JWT", kid: keyId(createPublicKey(privateKey)) });
  return {
    issue({ audience, actor, tenantId, traceId }) {
      const iat = Math.floor(now() / 1_000);
      const claims = { aud: audience, iat, exp: iat + INTERNAL_TOKEN_SECONDS, actor, tenantId, traceId };
      const signed = `${header}.${encode(claims)}`;
      return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`;
    },
  };
}

/**
 * A verifier of tokens for one audience. The key identifies the calling service: the gateway's authenticates any actor, any other
 * `system:<its own service>` and nobody else.
 */
export function createTokenVerifier(options: {
  publicKeys: ServiceKeys;
  audience: string;
  now?: () => number;
}): TokenVerifier {
  const { publicKeys, audience, now = Date.now } = options;
  const keys = knownKeys(publicKeys);
  // A signature costs a hundred times a look-up, and one operation's token comes back with each of its fetches.
  const verified = new LRUCache<string, Signed>({
    maxSize: REMEMBERED_BYTES,
    sizeCalculation: (_signed, known) => known.length * BYTES_OF_A_CHARACTER,
  });
  return {
    verify(token) {
      if (!token) throw refused("none was sent");
      const signed = verified.get(token) ?? checkSignature(token, keys);
      checkClaims(signed.claims, audience, Math.floor(now() / 1_000));
      checkActor(signed);
      verified.set(token, signed);
      const { actor, tenantId, traceId } = signed.claims;
      return { actor, tenantId, traceId, service: signed.service };
    },
  };
}

/** The same, when it is the gateway that speaks; throws UNAUTHENTICATED for any other service. */
export function requireGateway(vouched: Vouched): Vouched {
  if (vouched.service === GATEWAY) return vouched;
  throw refused(`${vouched.service} asked GraphQL, which only the gateway may`);
}

const Claims = z.object({
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  tenantId: z.string().nullable(),
  traceId: z.string().optional(),
  actor: z.object({
    kind: z.enum(["user", "apiKey", "system"]),
    id: z.string(),
    permissions: z.array(z.string()),
  }),
});
type Claims = z.infer<typeof Claims>;

interface Signed {
  readonly service: string;
  readonly claims: Claims;
}

// Room for clocks of different machines.
const SKEW_SECONDS = 5;
const LONGEST_TOKEN = 16_384;
// A token, and about as much again for what it says.
const REMEMBERED_BYTES = 8 * 1024 * 1024;
const BYTES_OF_A_CHARACTER = 2;

function checkSignature(token: string, keys: ReadonlyMap<string, KnownKey>): Signed {
  const [header = "", payload = "", signature = "", ...more] =
    token.length > LONGEST_TOKEN ? [] : token.split(".");
  const { alg, kid } = decode(header) as { alg?: unknown; kid?: unknown };
  const known = alg === "EdDSA" && more.length === 0 ? keys.get(String(kid)) : undefined;
  if (!known) throw refused("it is not signed with a key that is known here");
  const bytes = Buffer.from(signature, "base64url");
  if (!verify(null, Buffer.from(`${header}.${payload}`), known.key, bytes))
    throw refused("its signature is wrong");
  const claims = Claims.safeParse(decode(payload));
  if (!claims.success) throw refused("its claims are incomplete");
  return { service: known.service, claims: claims.data };
}

function checkClaims({ aud, iat, exp }: Claims, audience: string, now: number): void {
  if (aud !== audience) throw refused(`it is for ${JSON.stringify(aud)}, not for ${audience}`);
  if (exp <= now) throw refused("it has expired");
  if (iat > now + SKEW_SECONDS) throw refused("it was issued in the future");
  if (exp - iat > INTERNAL_TOKEN_SECONDS) throw refused("it lives too long");
}

function checkActor({ service, claims }: Signed): void {
  const { kind, id, permissions } = claims.actor;
  if (service === GATEWAY || (kind === "system" && id === service && permissions.length === 0)) return;
  throw refused(`the key of ${service} speaks for system:${service}, not for ${kind}:${id}`);
}

function refused(why: string) {
  return exposed("UNAUTHENTICATED", `Internal token refused: ${why}`);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString()) ?? {};
  } catch {
    throw refused("it is malformed");
  }
}
