import type { Database } from "#shared/database/database.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { errorResponse, exposedBehind } from "#shared/errors/exposed.ts";
import { readBody } from "#shared/http/server.ts";
import type { Log } from "#shared/log/log.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { exposed } from "#supergraph/errors.ts";
import type { AlertRoute } from "./entities/AlertRoute.ts";
import { ingestAlerts } from "./ingestAlerts.ts";
import { keepRefusedRequest } from "./keepRefusedRequest.ts";
import { readPayload } from "./readPayload.ts";
import { alertSources, type AlertSourceType } from "./sources/alertSources.ts";
import { digestOfToken, tenantOfToken } from "./webhookToken.ts";

/** The largest body that is read: some thousand alerts. */
export const MAXIMUM_BODY_BYTES = 1_048_576;

/**
 * Answers POST /webhooks/<token>: 202 with the ids of the alerts once they are committed, or why not. 401 for a token that
 * is not in use, 400 for a body that is no JSON, 413 for one that is too large, 422 for one that is not the source's; what
 * was refused with 400 or 422 is kept for its owner.
 */
export async function receiveWebhook(request: Request, { database, log }: Parts): Promise<Response> {
  try {
    const token = new URL(request.url).pathname.split("/")[2] ?? "";
    const body = new TextDecoder().decode(await readBody(request, MAXIMUM_BODY_BYTES));
    const accepted = await acceptPayload(database, token, body);
    return Response.json({ accepted }, { status: 202 });
  } catch (error) {
    return errorResponse(error, { log, messages: exposed.table });
  }
}

interface Parts {
  database: Database;
  log: Log;
}

/** Takes a payload in. The answer is the ids of its alerts; throws what `receiveWebhook` answers. */
async function acceptPayload(database: Database, token: string, body: string): Promise<string[]> {
  const tenantId = tenantOfToken(token);
  if (!tenantId) throw exposed("WEBHOOK_TOKEN_UNKNOWN", "a malformed webhook token");
  const db = database.tenant(tenantId);
  return retryConflicts(db, async (tx) => {
    const source = await sourceOfToken(tx, token);
    try {
      const received = readPayload(alertSources.get(source.type), parseJson(body));
      return await ingestAlerts(tx, { sourceId: source.id, routes: source.routes }, received);
    } catch (error) {
      if (exposedBehind(error)) throw new Refusal(source.id, error);
      throw error;
    }
  }).catch((error: unknown) => refuse(db, body, error));
}

/** The text as JSON. Throws BODY_MALFORMED with where it stops being that. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw exposed("BODY_MALFORMED", "a body that is no JSON", { reason: (error as Error).message });
  }
}

/** What a source's own payload was refused for. */
class Refusal extends Error {
  readonly sourceId: string;

  constructor(sourceId: string, cause: unknown) {
    super("refused", { cause });
    this.sourceId = sourceId;
  }
}

// Kept in a transaction of its own, since that of the payload is rolled back.
async function refuse(db: TenantDatabase, body: string, error: unknown): Promise<never> {
  if (!(error instanceof Refusal)) throw error;
  await keepRefusedRequest(db, { sourceId: error.sourceId, body, error: exposedBehind(error.cause)! });
  throw error.cause;
}

interface SourceWithRoutes {
  id: string;
  type: AlertSourceType;
  routes: AlertRoute[];
}

// The source and the routes with one statement: a rotated token and a changed route hold from the next request on.
async function sourceOfToken(tx: TenantTransaction, token: string): Promise<SourceWithRoutes> {
  const [source] = await tx.sql<SourceWithRoutes>`
    select id, type, coalesce((
      select jsonb_agg(jsonb_build_object('id', route.id, 'enabled', enabled, 'conditions', conditions, 'action', action)
        order by position)
      from alerts.alert_route route where route.tenant_id = ${tx.tenantId}), '[]') as routes
    from alerts.alert_source
    where tenant_id = ${tx.tenantId} and token_digest = ${digestOfToken(token)} and disabled_at is null`;
  if (!source) throw exposed("WEBHOOK_TOKEN_UNKNOWN", "a webhook token that is not in use");
  return source;
}
