import type { Database } from "#shared/database/database.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { isSecretOf, parseApiKey } from "./apiKeys/apiKeySecret.ts";
import { ApiKey } from "./entities/ApiKey.ts";
import { findApiKeyLineage, permittedBy } from "./apiKeys/findApiKeyLineage.ts";

/** A key that is good, and what it may do now. */
export interface VerifiedApiKey {
  id: string;
  tenantId: string;
  permissions: Permission[];
  expiresAt: Temporal.Instant | null;
}

/**
 * Whose an API key is, and what both it and whoever created it may do now; null for one that is unknown, wrong, revoked or
 * expired, or whose creator is. Notes when it was used.
 */
export async function verifyApiKey(database: Database, key: string): Promise<VerifiedApiKey | null> {
  const parts = parseApiKey(key);
  if (!parts) return null;
  return database.tenant(parts.tenantId).transaction(async (tx) => {
    const lineage = await findApiKeyLineage(tx, parts.id);
    const [apiKey] = lineage;
    if (!apiKey || !isSecretOf(apiKey.secretDigest, parts.secret)) return null;
    const now = await tx.now();
    const permissions = permittedBy(lineage, now);
    if (!permissions) return null;
    // To the minute, so that a busy key is not a busy row.
    const minuteAgo = now.subtract({ minutes: 1 });
    const isStale = !apiKey.lastUsedAt || Temporal.Instant.compare(apiKey.lastUsedAt, minuteAgo) < 0;
    if (isStale) await tx.update(ApiKey, { id: apiKey.id }, { lastUsedAt: now });
    return { id: apiKey.id, tenantId: tx.tenantId, permissions, expiresAt: apiKey.expiresAt };
  });
}
