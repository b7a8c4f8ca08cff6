import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { send } from "#shared/process/commands.ts";
import { settleAlert } from "#supergraph/commands.ts";
import { notFound } from "#supergraph/refusals.ts";
import { Alert } from "./entities/Alert.ts";
import { AlertEvent } from "./entities/AlertEvent.ts";

/** Resolves an alert by hand; if it fires again it is a new alert. Does nothing when it is resolved. Throws NOT_FOUND. */
export async function resolveAlert(db: TenantDatabase, by: Actor, what: { id: string }): Promise<Alert> {
  return db.transaction(async (tx) => {
    const alert = await tx.lock(Alert, { id: what.id });
    if (!alert) throw notFound("alert", what.id);
    if (alert.status === "RESOLVED") return alert;
    const resolvedAt = await tx.now();
    const change = { status: "RESOLVED", resolvedAt } as const;
    await tx.update(Alert, { id: alert.id }, change);
    const { id: alertId, title } = alert;
    const payload = { resolvedBy: { kind: by.kind, id: by.id } };
    await tx.insert(AlertEvent, { alertId, title, status: "RESOLVED", receivedAt: resolvedAt, payload });
    if (alert.incidentKey !== null) {
      const userId = by.kind === "user" ? by.id : null;
      await send(
        tx,
        settleAlert,
        { alertId, resolvedAt: resolvedAt.toString(), userId },
        { key: alert.incidentKey },
      );
    }
    return { ...alert, ...change };
  });
}
