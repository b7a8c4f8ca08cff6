import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { permissionsChanged } from "#supergraph/events.ts";
import { notFound } from "#supergraph/refusals.ts";
import { ApiKey } from "./entities/ApiKey.ts";

/** Revokes an API key; one that is revoked stays so since the first time. Throws NOT_FOUND. */
export async function revokeApiKey(db: TenantDatabase, _by: Actor, what: { id: string }): Promise<ApiKey> {
  return db.transaction(async (tx) => {
    const apiKey = await tx.lock(ApiKey, { id: what.id });
    if (!apiKey) throw notFound("API key", what.id);
    const revokedAt = apiKey.revokedAt ?? (await tx.now());
    await tx.update(ApiKey, { id: apiKey.id }, { revokedAt });
    await publish(tx, permissionsChanged, { userId: null });
    return { ...apiKey, revokedAt };
  });
}
