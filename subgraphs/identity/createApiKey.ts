import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { exposed } from "#supergraph/errors.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";
import { createSecret, digestOf, formatApiKey } from "./apiKeys/apiKeySecret.ts";
import { ApiKey } from "./entities/ApiKey.ts";
import { findApiKeyLineage, LONGEST_LINEAGE, permittedBy } from "./apiKeys/findApiKeyLineage.ts";
import { limits } from "./limits.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";
import { requireName } from "./rules/requirePersonalData.ts";

/**
 * Creates an API key and shows it, this once. One that a key creates expires with that key at the latest, which is also what
 * happens when no expiry is given. Throws PERMISSION_DENIED for a permission that the creator lacks, INVALID_ARGUMENT for an
 * empty name, an expiry that has passed or is later than the creating key's, or a key too far from the person at the beginning,
 * LIMIT_REACHED for too many keys.
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
    await requireRoom(tx, limits.apiKeys, { entity: ApiKey, where: { revokedAt: null } });
    const createdAt = await tx.now();
    const parent = by.kind === "apiKey" ? await lockParent(tx, by.id) : null;
    const apiKey = await tx.insert(ApiKey, {
      name: what.name,
      secretDigest: digestOf(secret),
      permissions: [...new Set(what.permissions)],
      createdById: by.kind === "user" ? by.id : null,
      createdByKeyId: parent?.id ?? null,
      createdAt,
      expiresAt: expiryOf(what.expiresAt ?? null, createdAt, parent?.expiresAt ?? null),
    });
    return { apiKey, key: formatApiKey({ tenantId: tx.tenantId, id: apiKey.id, secret }) };
  });
}

// Locked, so that revoking it either sees the new key or comes first.
async function lockParent(tx: TenantTransaction, id: string): Promise<ApiKey> {
  const parent = await tx.lock(ApiKey, { id });
  const lineage = await findApiKeyLineage(tx, id);
  if (!parent || !permittedBy(lineage, await tx.now())) {
    throw exposed("UNAUTHENTICATED", `the API key ${id} was revoked meanwhile`);
  }
  if (lineage.length < LONGEST_LINEAGE) return parent;
  const reason = `a key can be at most the ${LONGEST_LINEAGE}th of keys that create each other`;
  throw invalidArgument("input", reason);
}

function expiryOf(
  wanted: Temporal.Instant | null,
  now: Temporal.Instant,
  parents: Temporal.Instant | null,
): Temporal.Instant | null {
  if (wanted && Temporal.Instant.compare(wanted, now) <= 0) {
    throw invalidArgument("expiresAt", "must be in the future");
  }
  if (wanted && parents && Temporal.Instant.compare(wanted, parents) > 0) {
    throw invalidArgument("expiresAt", `must not be later than the creating key's, ${parents.toString()}`);
  }
  return wanted ?? parents;
}
