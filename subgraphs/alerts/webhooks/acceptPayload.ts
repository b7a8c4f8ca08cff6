import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { compileRoutes } from "../routing/compileRoutes.ts";
import { ingestAlerts } from "../ingestAlerts.ts";
import { keepRefusedRequests } from "./keepRefusedRequests.ts";
import { parseJson } from "./parseJson.ts";
import { readPayload } from "./readPayload.ts";
import type { RateLimiter } from "./rateLimiter.ts";
import type { ReceivedBody } from "./readWebhookBody.ts";
import { sourceOfToken } from "../rules/requireSource.ts";

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
