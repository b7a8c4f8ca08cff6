import type { z } from "zod";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publishAll } from "#shared/pubsub/pubsub.ts";
import { inSlices } from "#shared/runtime/inSlices.ts";
import type { releaseAlerts as command } from "#supergraph/commands.ts";
import { alertsUpdated } from "#supergraph/events.ts";
import { compileRoutes } from "./routing/compileRoutes.ts";
import { Alert } from "./entities/Alert.ts";
import { AlertEvent } from "./entities/AlertEvent.ts";
import { leadAlert } from "./routing/leadAlert.ts";
import { orderedRoutes } from "./routing/orderedRoutes.ts";
import { resolvedByHand } from "./ingestion/resolvedByHand.ts";
import { tellFiring } from "./ingestion/tellFiring.ts";
import { tellSettled } from "./ingestion/tellSettled.ts";

/**
 * The incident of these alerts is over. Those that did not fire since are resolved with it, or lead to no incident any more;
 * those that did are routed anew at once, since nobody may have seen that they still fire.
 */
export async function releaseAlerts(
  tx: TenantTransaction,
  what: z.infer<(typeof command)["payload"]>,
): Promise<void> {
  const at = Temporal.Instant.from(what.at);
  const open = await lockFiring(tx, what.alertIds);
  const firedSince = open.filter(({ lastFiredAt }) => Temporal.Instant.compare(lastFiredAt, at) > 0);
  const quiet = open.filter((alert) => !firedSince.includes(alert));
  await tx.update(Alert, { id: { $in: open.map(({ id }) => id) } }, { releasedAt: await tx.now() });
  if (what.resolves) await resolveWithIncident(tx, quiet, what);
  await routeAnew(tx, firedSince);
  const ids = open.map(({ id }) => id);
  await publishAll(tx, alertsUpdated, ids);
}

async function lockFiring(tx: TenantTransaction, ids: readonly string[]): Promise<Alert[]> {
  const locked = await tx.sql<{ id: string }>`
    select id from alerts.alert where tenant_id = ${tx.tenantId} and id = any (${ids}::uuid[]) and status = 'FIRING'
    order by dedup_key for update`;
  return tx.find(Alert, { id: { $in: locked.map(({ id }) => id) } });
}

async function resolveWithIncident(
  tx: TenantTransaction,
  alerts: readonly Alert[],
  { userId, incidentId }: { userId: string | null; incidentId: string },
): Promise<void> {
  if (alerts.length === 0) return;
  const now = await tx.now();
  await tx.update(
    Alert,
    { id: { $in: alerts.map(({ id }) => id) } },
    { status: "RESOLVED", resolvedAt: now },
  );
  const by = userId ? { kind: "user", id: userId } : { kind: "system", id: "incidents" };
  await tx.insertMany(
    AlertEvent,
    alerts.map((alert) => resolvedByHand(alert, { ...by, incidentId }, now)),
  );
  // The incident has let go of them. Should one still be on its way there, it must not open another that nothing resolves.
  await tellSettled(tx, alerts, userId);
}

async function routeAnew(tx: TenantTransaction, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length === 0) return;
  const route = compileRoutes(await orderedRoutes(tx));
  const released = alerts.map((alert) => ({ ...alert, releasedAt: alert.lastFiredAt }));
  for (const alert of released) {
    const { lead, tells } = leadAlert(alert, await inSlices(route(alert.sourceId, alert)), alert);
    if (!tells) continue;
    await tx.update(Alert, { id: alert.id }, lead);
    await tellFiring(tx, [{ alert: { ...alert, ...lead }, routing: tells }]);
  }
}
