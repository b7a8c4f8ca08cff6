import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { exposed } from "#shared/errors/exposed.ts";
import type { Actor } from "./actor.ts";

/** The header that carries an internal token from one service to another. */
export const INTERNAL_TOKEN_HEADER = "x-internal-token";

/** How long an internal token lives; verifiers refuse longer ones. */
export const INTERNAL_TOKEN_SECONDS = 60;

/** What one service vouches for to another: on whose behalf a request is made, and in which tenant. */
export interface InternalIdentity {
  readonly actor: Actor;
  /** Null only before a tenant is known. */
  readonly tenantId: string | null;
  readonly traceId?: string | undefined;
}

/** Makes tokens that only the audience accepts. */
export interface TokenIssuer {
  issue(claims: InternalIdentity & { audience: string }): string;
}

/** Tells who is behind a token, or throws UNAUTHENTICATED and logs why. */
export interface TokenVerifier {
  verify(token: string | null | undefined): InternalIdentity;
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

/** A verifier of tokens for one audience. Several public keys are accepted, so that keys can be changed without a pause. */
export function createTokenVerifier(options: {
  publicKey: KeyObject | readonly KeyObject[];
  audience: string;
  now?: () => number;
}): TokenVerifier {
  const { publicKey, audience, now = Date.now } = options;
  const keys = new Map([publicKey].flat().map((key) => [keyId(key), key]));
  // A signature costs a hundred times a look-up, and one operation's token comes back with each of its fetches.
  const verified = new LRUCache<string, Claims>({ max: 5_000 });
  return {
    verify(token) {
      if (!token) throw refused("none was sent");
      const claims = verified.get(token) ?? checkSignature(token, keys);
      checkClaims(claims, audience, Math.floor(now() / 1_000));
      verified.set(token, claims);
      return claims;
    },
  };
}

/** What internal tokens are signed with, and what they are checked with. */
export interface InternalKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A fresh key pair, for services that live in one process and for tests. */
export function generateInternalKeys(): InternalKeys {
  return generateKeyPairSync("ed25519");
}

/** Reads a PEM private key; throws unless it is an Ed25519 one. */
export function readPrivateKey(pem: string): KeyObject {
  return onlyEd25519(createPrivateKey(unescaped(pem)));
}

/** Reads one PEM public key or several, one after the other; throws unless all are Ed25519 ones. */
export function readPublicKeys(pem: string): KeyObject[] {
  const blocks = unescaped(pem).match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0) throw new Error("is not a PEM public key");
  return blocks.map((block) => onlyEd25519(createPublicKey(block)));
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

// Room for clocks of different machines.
const SKEW_SECONDS = 5;
const LONGEST_TOKEN = 16_384;

function checkSignature(token: string, keys: ReadonlyMap<string, KeyObject>): Claims {
  const [header = "", payload = "", signature = "", ...more] =
    token.length > LONGEST_TOKEN ? [] : token.split(".");
  const { alg, kid } = decode(header) as { alg?: unknown; kid?: unknown };
  const key = alg === "EdDSA" && more.length === 0 ? keys.get(String(kid)) : undefined;
  if (!key) throw refused("it is not signed with a key that is known here");
  const bytes = Buffer.from(signature, "base64url");
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, bytes)) throw refused("its signature is wrong");
  const claims = Claims.safeParse(decode(payload));
  if (!claims.success) throw refused("its claims are incomplete");
  return claims.data;
}

function checkClaims({ aud, iat, exp }: Claims, audience: string, now: number): void {
  if (aud !== audience) throw refused(`it is for ${JSON.stringify(aud)}, not for ${audience}`);
  if (exp <= now) throw refused("it has expired");
  if (iat > now + SKEW_SECONDS) throw refused("it was issued in the future");
  if (exp - iat > INTERNAL_TOKEN_SECONDS) throw refused("it lives too long");
}

function refused(why: string) {
  return exposed("UNAUTHENTICATED", `Internal token refused: ${why}`);
}

// Where a variable cannot hold more than one line, PEM comes with its line ends written out.
function unescaped(pem: string): string {
  return pem.replaceAll("\\n", "\n");
}

function onlyEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "ed25519") throw new Error("is not an Ed25519 key");
  return key;
}

function keyId(publicKey: KeyObject): string {
  const der = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(der).digest("base64url").slice(0, 12);
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
