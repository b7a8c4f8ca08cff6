import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { inSlices } from "#shared/runtime/inSlices.ts";
import type { Severity } from "#supergraph/commands.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Alert } from "./entities/Alert.ts";
import type { AlertRoute } from "./entities/AlertRoute.ts";
import { AlertSource } from "./entities/AlertSource.ts";
import { compileRoutes, type RouteAlert, type Routing } from "./routing/compileRoutes.ts";
import { orderedRoutes } from "./routing/orderedRoutes.ts";
import { readPayload, type ReceivedAlert } from "./webhooks/readPayload.ts";

/** What one alert of a payload would lead to. */
export type RoutingPreview = Omit<ReceivedAlert, "payload"> & {
  existingAlert: Alert | null;
  route: AlertRoute | null;
  groupKey: string | null;
  missingGroupLabels: string[];
  severity: Severity | null;
};

/** Says what a payload posted to a source would do, and does nothing. Throws NOT_FOUND, PAYLOAD_INVALID. */
export async function previewAlertRouting(
  db: TenantDatabase,
  what: { alertSourceId: string; payload: unknown },
): Promise<RoutingPreview[]> {
  return db.reading(async (reading) => {
    const sourceId = what.alertSourceId;
    const source = await reading.findOne(AlertSource, { id: sourceId });
    if (!source) throw notFound("alert source", sourceId);
    const { alerts: received } = await readPayload(source, what.payload);
    const dedupKeys = received.map((alert) => alert.dedupKey);
    const open = await reading.find(Alert, { sourceId, dedupKey: { $in: dedupKeys }, status: "FIRING" });
    const openByKey = new Map(open.map((alert) => [alert.dedupKey, alert]));
    const route = compileRoutes(await orderedRoutes(reading));
    const routings = await inSlices(allRouted(route, sourceId, received));
    return received.map(({ payload: _payload, ...alert }, index) => {
      const existingAlert = openByKey.get(alert.dedupKey) ?? null;
      return { ...alert, existingAlert, ...(routings[index] ?? NOWHERE) };
    });
  });
}

const NOWHERE = { route: null, groupKey: null, missingGroupLabels: [], severity: null };

function* allRouted(
  route: RouteAlert,
  sourceId: string,
  alerts: readonly ReceivedAlert[],
): Generator<void, (Routing | null)[]> {
  const routings: (Routing | null)[] = [];
  for (const alert of alerts) routings.push(alert.status === "FIRING" ? yield* route(sourceId, alert) : null);
  return routings;
}
