import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { invalidArgument } from "#supergraph/refusals.ts";
import { createSecret, digestOf, formatApiKey } from "./apiKeySecret.ts";
import { ApiKey } from "./entities/ApiKey.ts";
import { requireOwnPermissions } from "./requireOwnPermissions.ts";
import { requireName } from "./requirePersonalData.ts";

/**
 * Creates an API key and shows it, this once. Throws PERMISSION_DENIED for a permission that the creator lacks,
 * INVALID_ARGUMENT for an empty name or an expiry that has passed.
 */
export async function createApiKey(
  db: TenantDatabase,
  by: Actor,
  what: { name: string; permissions: readonly Permission[]; expiresAt?: Temporal.Instant | null | undefined },
): Promise<{ apiKey: ApiKey; key: string }> {
  requireName(what.name);
  requireOwnPermissions(by, what.permissions);
  const secret = createSecret();
  return db.transaction(async (tx) => {
    const createdAt = await tx.now();
    const expiresAt = what.expiresAt ?? null;
    if (expiresAt && Temporal.Instant.compare(expiresAt, createdAt) <= 0) {
      throw invalidArgument("expiresAt", "must be in the future");
    }
    const apiKey = await tx.insert(ApiKey, {
      name: what.name,
      secretDigest: digestOf(secret),
      permissions: [...new Set(what.permissions)],
      createdById: by.kind === "user" ? by.id : null,
      createdAt,
      expiresAt,
    });
    return { apiKey, key: formatApiKey({ tenantId: tx.tenantId, id: apiKey.id, secret }) };
  });
}
