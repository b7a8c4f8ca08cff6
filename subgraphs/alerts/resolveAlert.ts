import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { publishAll } from "#shared/pubsub/pubsub.ts";
import { alertsUpdated } from "#supergraph/events.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Alert } from "./entities/Alert.ts";
import { AlertEvent } from "./entities/AlertEvent.ts";
import { resolvedByHand } from "./ingestion/resolvedByHand.ts";
import { tellSettled } from "./ingestion/tellSettled.ts";

/** Resolves an alert by hand; if it fires again it is a new alert. Does nothing when it is resolved. Throws NOT_FOUND. */
export async function resolveAlert(db: TenantDatabase, by: Actor, what: { id: string }): Promise<Alert> {
  return db.transaction(async (tx) => {
    const alert = await tx.lock(Alert, { id: what.id });
    if (!alert) throw notFound("alert", what.id);
    if (alert.status === "RESOLVED") return alert;
    const resolvedAt = await tx.now();
    const change = { status: "RESOLVED", resolvedAt } as const;
    await tx.update(Alert, { id: alert.id }, change);
    await tx.insert(AlertEvent, resolvedByHand(alert, { kind: by.kind, id: by.id }, resolvedAt));
    await tellSettled(tx, [alert], by.kind === "user" ? by.id : null);
    await publishAll(tx, alertsUpdated, [alert.id]);
    return { ...alert, ...change };
  });
}
