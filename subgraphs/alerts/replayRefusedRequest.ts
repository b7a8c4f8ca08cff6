import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { notFound } from "#supergraph/refusals.ts";
import { Alert } from "./entities/Alert.ts";
import { AlertSource } from "./entities/AlertSource.ts";
import { RefusedRequest } from "./entities/RefusedRequest.ts";
import { ingestAlerts } from "./ingestAlerts.ts";
import { orderedRoutes } from "./orderedRoutes.ts";
import { readPayload } from "./readPayload.ts";
import { parseJson } from "./receiveWebhook.ts";
import { alertSources } from "./sources/alertSources.ts";

/** What replaying a refused request came to. */
export interface ReplayedRequest {
  refusedRequest: RefusedRequest;
  alerts: Alert[];
}

/**
 * Sends a refused request through the source's present rules again. Throws NOT_FOUND, and what was wrong with the request
 * as long as it still is.
 */
export async function replayRefusedRequest(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<ReplayedRequest> {
  return retryConflicts(db, async (tx) => {
    const refused = await tx.lock(RefusedRequest, { id: what.id });
    const source = refused && (await tx.findOne(AlertSource, { id: refused.sourceId }));
    if (!source) throw notFound("refused request", what.id);
    const received = readPayload(alertSources.get(source.type), parseJson(refused.body));
    const ids = await ingestAlerts(tx, { sourceId: source.id, routes: await orderedRoutes(tx) }, received);
    const replayedAt = await tx.now();
    await tx.update(RefusedRequest, { id: refused.id }, { replayedAt });
    const alerts = await tx.find(Alert, { id: { $in: ids } });
    return { refusedRequest: { ...refused, replayedAt }, alerts };
  });
}
