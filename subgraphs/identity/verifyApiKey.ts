import type { Database } from "#shared/database/database.ts";
import { isSecretOf, parseApiKey } from "./apiKeySecret.ts";
import { ApiKey } from "./entities/ApiKey.ts";

/** Whose an API key is and what it may do; null for one that is unknown, wrong, revoked or expired. Notes when it was used. */
export async function verifyApiKey(database: Database, key: string): Promise<ApiKey | null> {
  const parts = parseApiKey(key);
  if (!parts) return null;
  return database.tenant(parts.tenantId).transaction(async (tx) => {
    const apiKey = await tx.findOne(ApiKey, { id: parts.id });
    if (!apiKey || !isSecretOf(apiKey.secretDigest, parts.secret) || apiKey.revokedAt) return null;
    const now = await tx.now();
    if (apiKey.expiresAt && Temporal.Instant.compare(apiKey.expiresAt, now) <= 0) return null;
    // To the minute, so that a busy key is not a busy row.
    const minuteAgo = now.subtract({ minutes: 1 });
    const isStale = !apiKey.lastUsedAt || Temporal.Instant.compare(apiKey.lastUsedAt, minuteAgo) < 0;
    if (isStale) await tx.update(ApiKey, { id: apiKey.id }, { lastUsedAt: now });
    return apiKey;
  });
}
