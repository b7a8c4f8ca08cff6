import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#supergraph/errors.ts";
import type { AlertRoute } from "../entities/AlertRoute.ts";
import type { PayloadSource } from "../webhooks/readPayload.ts";
import { digestOfToken } from "../webhooks/webhookToken.ts";

/** The id of the source that a token is of. Throws WEBHOOK_TOKEN_UNKNOWN. */
export async function requireSource(db: TenantDatabase, token: string): Promise<string> {
  return (await sourceOfToken(db, token)).id;
}

/** A source with what leads its alerts somewhere. */
export interface SourceWithRoutes extends PayloadSource {
  id: string;
  routes: AlertRoute[];
}

/**
 * The source that a token is of, with the routes. Throws WEBHOOK_TOKEN_UNKNOWN. One statement for both: a rotated token and a
 * changed route hold from the next request on. No transaction is held while the payload is read.
 */
export async function sourceOfToken(db: TenantDatabase, token: string): Promise<SourceWithRoutes> {
  const [source] = await db.sql<SourceWithRoutes>`
    select id, name, type, coalesce((
      select jsonb_agg(jsonb_build_object('id', route.id, 'enabled', enabled, 'conditions', conditions, 'action', action)
        order by position)
      from alerts.alert_route route where route.tenant_id = ${db.tenantId}), '[]') as routes
    from alerts.alert_source
    where tenant_id = ${db.tenantId} and token_digest = ${digestOfToken(token)} and disabled_at is null`;
  if (!source) throw exposed("WEBHOOK_TOKEN_UNKNOWN", "a webhook token that is not in use");
  return source;
}
