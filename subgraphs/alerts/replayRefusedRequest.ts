import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { invalidArgument, notFound } from "#supergraph/domainErrors.ts";
import { Alert } from "./entities/Alert.ts";
import { AlertSource } from "./entities/AlertSource.ts";
import { RefusedRequest } from "./entities/RefusedRequest.ts";
import { compileRoutes } from "./routing/compileRoutes.ts";
import { ingestAlerts } from "./ingestAlerts.ts";
import { keepRefusedRequests } from "./webhooks/keepRefusedRequests.ts";
import { orderedRoutes } from "./routing/orderedRoutes.ts";
import { parseJson } from "./webhooks/parseJson.ts";
import { readPayload } from "./webhooks/readPayload.ts";
import { MAXIMUM_BODY_BYTES } from "./webhooks/readWebhookBody.ts";
import type { Services } from "./services.ts";

/** What replaying a refused request came to. */
export interface ReplayedRequest {
  refusedRequest: Omit<RefusedRequest, "body">;
  alerts: Alert[];
}

/**
 * Sends a refused request through the source's present rules again, mended when somebody gives it another body. Throws
 * NOT_FOUND, INVALID_ARGUMENT for one that was cut and is not mended, what was wrong with the request as long as it still is,
 * and RATE_LIMITED as long as more alerts come in than are taken in a minute.
 */
export async function replayRefusedRequest(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string; body?: string | null | undefined },
  { rateLimiter }: Pick<Services, "rateLimiter">,
): Promise<ReplayedRequest> {
  const { id } = what;
  const refused = await db.findOne(RefusedRequest, { id });
  const source = refused && (await db.findOne(AlertSource, { id: refused.sourceId }));
  if (!source) throw notFound("refused request", id);
  const body = mended(refused, what.body);
  const { alerts: received, refused: still } = await readPayload(source, parseJson(body));
  await rateLimiter.take(db, source.id, received.length + still.length);
  const kept = { code: "PAYLOAD_INVALID", sizeBytes: Buffer.byteLength(body) } as const;
  return retryConflicts(db, async (tx) => {
    await tx.lock(RefusedRequest, { id });
    const origin = { sourceId: source.id, route: compileRoutes(await orderedRoutes(tx)) };
    const ids = await ingestAlerts(tx, origin, received);
    await keepRefusedRequests(
      tx,
      source.id,
      still.map((part) => ({ ...part, ...kept })),
    );
    const replayedAt = await tx.now();
    await tx.update(RefusedRequest, { id }, { replayedAt });
    const alerts = await tx.find(Alert, { id: { $in: ids } });
    const { body: _body, ...rest } = refused;
    return { refusedRequest: { ...rest, replayedAt }, alerts };
  });
}

function mended(refused: RefusedRequest, body: string | null | undefined): string {
  if (body != null && Buffer.byteLength(body) > MAXIMUM_BODY_BYTES)
    throw invalidArgument("body", `must be at most ${MAXIMUM_BODY_BYTES} bytes long`);
  if (body == null && refused.isCut)
    throw invalidArgument(
      "body",
      "give the whole of it: what was kept of this request is not all that was sent",
    );
  return body ?? refused.body;
}
