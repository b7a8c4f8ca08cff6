import type { Log } from "#shared/log/log.ts";
import type { GatewayConfig } from "../config.ts";
import { openAuthentication, type Authentication, type IdentityQuestions } from "./authentication.ts";
import { DESCOPE_SESSION_COOKIE, descopeClaims, oidcClaims } from "./claims.ts";
import {
  noTokens,
  openTokenVerifier,
  type BearerTokenVerifier,
  type TokenVerifierOptions,
} from "./tokens.ts";

/** Authentication as the configuration says; undefined where neither a provider nor identity is there, and all are anonymous. */
export function authenticationOf(
  config: GatewayConfig,
  { identity, log }: { identity: IdentityQuestions | null; log: Log },
): Authentication | undefined {
  if (config.AUTH_PROVIDER === "none" && !identity) return undefined;
  const cacheSeconds = config.AUTH_ACTOR_CACHE_SECONDS;
  return openAuthentication({ tokens: tokensOf(config, log), identity, cacheSeconds });
}

function tokensOf(config: GatewayConfig, log: Log): BearerTokenVerifier {
  if (config.AUTH_PROVIDER === "none") return noTokens;
  const provider = config.AUTH_PROVIDER === "descope" ? descope(config) : oidc(config);
  return openTokenVerifier({ ...provider, clockSkewSeconds: config.AUTH_CLOCK_SKEW_SECONDS, log });
}

type Provider = Omit<TokenVerifierOptions, "clockSkewSeconds" | "log">;

function oidc(config: GatewayConfig): Provider {
  return {
    issuer: [config.AUTH_ISSUER ?? ""],
    audience: config.AUTH_AUDIENCE ?? "",
    jwksUrl: new URL(config.AUTH_JWKS_URL ?? ""),
    claims: oidcClaims({ tenants: config.AUTH_TENANTS_CLAIM, permissions: config.AUTH_PERMISSIONS_CLAIM }),
  };
}

// Descope names its issuer by the project's address or, in older projects, by its id alone.
function descope({ AUTH_AUDIENCE: project = "", AUTH_ISSUER, AUTH_JWKS_URL }: GatewayConfig): Provider {
  const address = `https://api.descope.com/${project}`;
  return {
    issuer: AUTH_ISSUER ? [AUTH_ISSUER] : [address, project],
    audience: project,
    jwksUrl: new URL(AUTH_JWKS_URL ?? `${address}/.well-known/jwks.json`),
    claims: descopeClaims,
    cookie: DESCOPE_SESSION_COOKIE,
  };
}
