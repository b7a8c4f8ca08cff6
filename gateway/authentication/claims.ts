import type { JWTPayload } from "jose";

/** A person whom an identity provider authenticated. */
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

/**
 * Reads tokens of any OpenID Connect provider: tenants and permissions stand in claims that the configuration names. Permissions
 * at the top of a token are those of its only tenant: where it lists several, each has those that stand beside it, or none.
 */
export function oidcClaims(names: { tenants: string; permissions: string }): ClaimsMapper {
  return (claims) => {
    if (!claims.sub) return null;
    const tenants = tenantsOf(claims[names.tenants]);
    const [only, ...others] = tenants.keys();
    if (only !== undefined && others.length === 0)
      tenants.set(only, tenants.get(only) ?? strings(claims[names.permissions]));
    return { subject: claims.sub, email: verifiedEmail(claims), tenants };
  };
}

/**
 * Reads Descope's session tokens: `tenants[id].permissions`, or the top-level ones where a project has a single tenant (`dct`).
 * A refresh token (`drn: "DSR"`) is not a session.
 */
export const descopeClaims: ClaimsMapper = (claims) => {
  if (!claims.sub || (claims["drn"] !== undefined && claims["drn"] !== "DS")) return null;
  const tenants = tenantsOf(claims["tenants"]);
  const current = claims["dct"];
  if (tenants.size === 0 && typeof current === "string") tenants.set(current, strings(claims["permissions"]));
  return { subject: claims.sub, email: verifiedEmail(claims), tenants };
};

/** The cookie in which Descope keeps a session. */
export const DESCOPE_SESSION_COOKIE = "DS";

// A list of ids, or a map of ids to what is said of each.
function tenantsOf(claim: unknown): Map<string, readonly string[] | null> {
  if (typeof claim !== "object" || claim === null) return new Map();
  if (Array.isArray(claim)) return new Map(strings(claim)?.map((id) => [id, null] as const));
  return new Map(
    Object.entries(claim).map(([id, details]) => {
      return [id, strings((details as { permissions?: unknown } | null)?.permissions)];
    }),
  );
}

function verifiedEmail({ email, email_verified }: JWTPayload): string | null {
  return typeof email === "string" && email_verified === true ? email : null;
}

function strings(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : null;
}
