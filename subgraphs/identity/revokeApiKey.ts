import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { ApiKey } from "./entities/ApiKey.ts";

/**
 * Revokes an API key, and with it those that it created, and so on; one that is revoked stays so since the first time. From
 * then on none of them is believed. Throws NOT_FOUND.
 */
export async function revokeApiKey(db: TenantDatabase, _by: Actor, what: { id: string }): Promise<ApiKey> {
  return db.transaction(async (tx) => {
    const apiKey = await tx.lock(ApiKey, { id: what.id });
    if (!apiKey) throw notFound("API key", what.id);
    const now = await tx.now();
    await tx.sql`
      with recursive lineage as (
        select id from identity.api_key where tenant_id = ${tx.tenantId} and id = ${apiKey.id}
        union all
        select child.id from lineage
        join identity.api_key as child
          on child.tenant_id = ${tx.tenantId} and child.created_by_key_id = lineage.id
      )
      update identity.api_key set revoked_at = ${now.toString()}
      where tenant_id = ${tx.tenantId} and id in (select id from lineage) and revoked_at is null`;
    return { ...apiKey, revokedAt: apiKey.revokedAt ?? now };
  });
}
