import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwksCache,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from "jose";
import { LRUCache } from "lru-cache";
import type { Log } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { exposed } from "../errors.ts";
import type { ClaimsMapper, Person } from "./claims.ts";

/** Verifies tokens of one identity provider against the keys it publishes. */
export function openTokenVerifier(options: TokenVerifierOptions): BearerTokenVerifier {
  const { issuer, audience, clockSkewSeconds, claims, cookie = null } = options;
  const keys = lastGoodKeys(options);
  const checks = {
    issuer: [...issuer],
    audience,
    clockTolerance: clockSkewSeconds,
    algorithms: ALGORITHMS,
    requiredClaims: ["exp"],
  };
  const verified = new LRUCache<string, Verified>({
    maxSize: REMEMBERED_BYTES,
    sizeCalculation: (_verified, known) => known.length * BYTES_OF_A_CHARACTER,
    ttl: 60_000,
  });
  return {
    cookie,
    async verify(token) {
      const known = verified.get(token);
      if (known && known.expiresAt > Date.now() / 1_000 - clockSkewSeconds) return known.person;
      const payload = await verifySignature(token, keys, checks);
      const person = claims(payload);
      if (!person) throw exposed("UNAUTHENTICATED", "the token is good, but not the session of a person");
      verified.set(token, { person, expiresAt: payload.exp ?? 0 });
      return person;
    },
  };
}

/** A verifier for a gateway that no identity provider is configured for: it accepts no token. */
export const noTokens: BearerTokenVerifier = {
  cookie: null,
  async verify() {
    throw exposed("UNAUTHENTICATED", "a token was sent, but no identity provider is configured");
  },
};

/** Tells whose token it is, or refuses it. */
export interface BearerTokenVerifier {
  /** The cookie in which a token may come as well. */
  readonly cookie: string | null;
  verify(token: string): Promise<Person>;
}

/** Which issuer's tokens are accepted, and how their claims are read. */
export interface TokenVerifierOptions {
  readonly jwksUrl: URL;
  readonly issuer: readonly string[];
  readonly audience: string;
  readonly clockSkewSeconds: number;
  readonly claims: ClaimsMapper;
  readonly cookie?: string | undefined;
  readonly log: Log;
}

interface Verified {
  readonly person: Person;
  readonly expiresAt: number;
}

// A token, and about as much again for what it says.
const REMEMBERED_BYTES = 16 * 1024 * 1024;
const BYTES_OF_A_CHARACTER = 2;
const ALGORITHMS = ["RS256", "ES256", "EdDSA"];
const PAUSE_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const failures = counter(
  "gateway_jwks_failures_total",
  "Times that the keys of the identity provider could not be had",
);

async function verifySignature(
  token: string,
  keys: JWTVerifyGetKey,
  checks: Parameters<typeof jwtVerify>[2],
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, checks)).payload;
  } catch (error) {
    if (error instanceof KeysUnavailable) {
      throw exposed("SERVICE_UNAVAILABLE", error.message, { service: "The identity provider" });
    }
    throw exposed("UNAUTHENTICATED", `the token is not good: ${String(error)}`);
  }
}

// While the provider is away, whoever was signed in stays so: the keys it last gave still serve, and it is asked again only
// after a pause, so that nobody waits for it meanwhile and no flood of unknown key ids becomes a flood to the provider.
function lastGoodKeys({ jwksUrl, log }: TokenVerifierOptions): JWTVerifyGetKey {
  const cache: { jwks?: JSONWebKeySet; uat?: number } = {};
  const remote = createRemoteJWKSet(jwksUrl, {
    timeoutDuration: 3_000,
    [jwksCache]: cache as Record<string, never>,
  });
  let good: { keys: JWTVerifyGetKey; since: number } | undefined;
  let askAgainAt = 0;
  return async (header, token) => {
    if (Date.now() < askAgainAt) return fallBack(good?.keys)(header, token);
    try {
      const key = await remote(header, token);
      if (cache.jwks && cache.uat && cache.uat !== good?.since) {
        good = { keys: createLocalJWKSet(cache.jwks), since: cache.uat };
      }
      return key;
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      failures.inc();
      askAgainAt = Date.now() + (good ? PAUSE_MS : FIRST_PAUSE_MS);
      log.warn({ err: error }, "The keys of the identity provider cannot be had; the last good ones serve");
      return fallBack(good?.keys)(header, token);
    }
  };
}

function fallBack(good: JWTVerifyGetKey | undefined): JWTVerifyGetKey {
  if (good) return good;
  throw new KeysUnavailable("the keys of the identity provider cannot be had");
}

class KeysUnavailable extends Error {}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
