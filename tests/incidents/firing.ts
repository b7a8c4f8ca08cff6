import { send } from "#shared/process/commands.ts";
import { openIncident, settleAlert, type RepagePolicy, type Severity } from "#supergraph/commands.ts";
import type { Tenant, World } from "../support/world.ts";

/** An alert that leads to an incident, as stories say it. */
export interface Firing {
  /** What the tool calls it: the same each time it fires. */
  key: string;
  /** A new alert when left out. */
  alertId?: string;
  title?: string;
  severity?: Severity;
  pathId?: string | null;
  /** The group it belongs to; one of its own when left out. */
  group?: string;
  windowSeconds?: number;
  repage?: RepagePolicy;
  dampingSeconds?: number;
  resolveWithAlerts?: boolean;
}

/** Has an alert fire and everything that follows be done; the answer is its id. */
export async function fire(world: World, tenant: Tenant, alert: Firing): Promise<string> {
  const alertId = alert.alertId ?? crypto.randomUUID();
  const { key, title = `${key} is wrong`, group, windowSeconds = 86_400 } = alert;
  await world.tocsin
    .databaseOf("incidents")
    .tenant(tenant.id)
    .transaction(async (tx) => {
      const payload = {
        alertId,
        alertKey: key,
        title,
        summary: null,
        severity: alert.severity ?? "HIGH",
        firedAt: (await tx.now()).toString(),
        group: group === undefined ? null : { key: group, windowSeconds },
        escalationPathId: alert.pathId ?? null,
        resolveWithAlerts: alert.resolveWithAlerts ?? true,
        repage: alert.repage ?? "ON_RISE",
        dampingSeconds: alert.dampingSeconds ?? 1_800,
      };
      await send(tx, openIncident, payload, { key: group ?? key });
    });
  await world.settle();
  return alertId;
}

/** Has an alert's tool, or a person, say that it is over, and everything that follows be done. */
export async function settle(
  world: World,
  tenant: Tenant,
  alertId: string,
  userId: string | null = null,
): Promise<void> {
  await world.tocsin
    .databaseOf("incidents")
    .tenant(tenant.id)
    .transaction(async (tx) => {
      const resolvedAt = (await tx.now()).toString();
      await send(tx, settleAlert, { alertId, resolvedAt, userId });
    });
  await world.settle();
}

/** Creates an escalation path of one level with these people; the answer is its id. */
export async function pathTo({ admin }: Tenant, name: string, userIds: readonly string[]): Promise<string> {
  const { createEscalationPath } = await admin.ask<{
    createEscalationPath: { escalationPath: { id: string } };
  }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    { input: { name, repeats: 0, levels: [{ userIds, wait: "PT10H" }] } },
  );
  return createEscalationPath.escalationPath.id;
}
