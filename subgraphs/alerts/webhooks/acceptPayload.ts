import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { exposed } from "#supergraph/errors.ts";
import { compileRoutes } from "../routing/compileRoutes.ts";
import type { AlertRoute } from "../entities/AlertRoute.ts";
import { ingestAlerts } from "../ingestAlerts.ts";
import { keepRefusedRequests } from "./keepRefusedRequests.ts";
import { parseJson } from "./parseJson.ts";
import { readPayload, type PayloadSource } from "./readPayload.ts";
import type { RateLimiter } from "./rateLimiter.ts";
import type { ReceivedBody } from "./readWebhookBody.ts";
import { digestOfToken } from "./webhookToken.ts";

/** What a payload came to. */
export interface AcceptedPayload {
  /** The ids of its alerts, in its order. */
  accepted: string[];
  /** The alerts that could not be read, and why. */
  refused: { place: string; message: string }[];
}

/**
 * Takes a payload in, as the source that the token is of; the alerts of it that cannot be read are kept for its owner in the
 * same transaction. Throws WEBHOOK_TOKEN_UNKNOWN, what is wrong with the body, BODY_MALFORMED or PAYLOAD_INVALID, and
 * RATE_LIMITED for more alerts than are taken of the source or the tenant in a minute.
 */
export async function acceptPayload(
  db: TenantDatabase,
  token: string,
  body: ReceivedBody,
  rateLimiter: RateLimiter,
): Promise<AcceptedPayload> {
  const source = await sourceOfToken(db, token);
  if (body.error) throw body.error;
  const { alerts, refused } = await readPayload(source, parseJson(body.text));
  await rateLimiter.take(db, source.id, alerts.length + refused.length);
  const route = compileRoutes(source.routes);
  const { sizeBytes } = body;
  const kept = refused.map((part) => ({ ...part, code: "PAYLOAD_INVALID" as const, sizeBytes }));
  return retryConflicts(db, async (tx) => {
    const accepted = await ingestAlerts(tx, { sourceId: source.id, route }, alerts);
    await keepRefusedRequests(tx, source.id, kept);
    return { accepted, refused: refused.map(({ place, message }) => ({ place, message })) };
  });
}

/** The id of the source that a token is of. Throws WEBHOOK_TOKEN_UNKNOWN. */
export async function requireSource(db: TenantDatabase, token: string): Promise<string> {
  return (await sourceOfToken(db, token)).id;
}

interface SourceWithRoutes extends PayloadSource {
  id: string;
  routes: AlertRoute[];
}

// The source and the routes with one statement: a rotated token and a changed route hold from the next request on. No
// transaction is held while the payload is read.
async function sourceOfToken(db: TenantDatabase, token: string): Promise<SourceWithRoutes> {
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
