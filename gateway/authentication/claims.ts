import type { JWTPayload } from "jose";

/** Somebody an identity provider vouches for. */
export interface Person {
  /** What the provider calls them. */
  readonly subject: string;
  /** Only when the provider has verified it. */
  readonly email: string | null;
  /** The tenants they belong to; with their permissions there, or null when the token does not say and identity is asked. */
  readonly tenants: ReadonlyMap<string, readonly string[] | null>;
}

/** Reads a person out of the claims of a token that has been verified; null when it is not a person's session. */
export type ClaimsMapper = (claims: JWTPayload) => Person | null;

/** Reads tokens of any OpenID Connect provider: tenants and permissions stand in claims that the configuration names. */
export function oidcClaims(names: { tenants: string; permissions: string }): ClaimsMapper {
  return (claims) => {
    if (!claims.sub) return null;
    const listed = claims[names.tenants];
    const permissions = strings(claims[names.permissions]);
    const tenants = Array.isArray(listed)
      ? new Map(strings(listed)?.map((id) => [id, permissions] as const))
      : tenantsOf(listed, permissions);
    return { subject: claims.sub, email: verifiedEmail(claims), tenants };
  };
}

/**
 * Reads Descope's session tokens: `tenants[id].permissions`, or the top-level ones where a project has a single tenant (`dct`).
 * A refresh token (`drn: "DSR"`) is not a session.
 */
export const descopeClaims: ClaimsMapper = (claims) => {
  if (!claims.sub || (claims["drn"] !== undefined && claims["drn"] !== "DS")) return null;
  const tenants = tenantsOf(claims["tenants"], null);
  const current = claims["dct"];
  if (tenants.size === 0 && typeof current === "string") tenants.set(current, strings(claims["permissions"]));
  return { subject: claims.sub, email: verifiedEmail(claims), tenants };
};

/** The cookie in which Descope keeps a session. */
export const DESCOPE_SESSION_COOKIE = "DS";

function tenantsOf(
  claim: unknown,
  otherwise: readonly string[] | null,
): Map<string, readonly string[] | null> {
  if (typeof claim !== "object" || claim === null || Array.isArray(claim)) return new Map();
  return new Map(
    Object.entries(claim).map(([id, details]) => {
      return [id, strings((details as { permissions?: unknown } | null)?.permissions) ?? otherwise];
    }),
  );
}

function verifiedEmail({ email, email_verified }: JWTPayload): string | null {
  return typeof email === "string" && email_verified === true ? email : null;
}

function strings(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : null;
}
