import type { SqlFragment } from "#shared/database/fragment.ts";
import { fragment } from "#shared/database/fragment.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { isUuid } from "#shared/database/where.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import type { NewTimelineEntry } from "./addTimelineEntry.ts";

/** Keeps along which path people were paged about an incident, and who was: what incidents are found by. */
export async function notePaging(
  tx: TenantTransaction,
  { incidentId, kind, data = {} }: NewTimelineEntry,
): Promise<void> {
  const { escalationPathId, userId } = data;
  if (kind === "ESCALATION_STARTED" && isUuid(escalationPathId)) {
    const columns = fragment`incidents.incident_path (tenant_id, incident_id, escalation_path_id)`;
    await note(tx, columns, incidentId, String(escalationPathId));
  }
  if (kind === "PAGE_SENT" && isUuid(userId)) await noteResponder(tx, { incidentId, userId: String(userId) });
}

/** Keeps that somebody was paged about an incident, or acknowledged it. */
export async function noteResponder(
  tx: TenantTransaction,
  { incidentId, userId }: { incidentId: string; userId: string },
): Promise<void> {
  const columns = fragment`incidents.incident_responder (tenant_id, incident_id, user_id)`;
  await note(tx, columns, incidentId, userId);
}

// Whoever follows a list hears of it: the incident may be in it now.
async function note(
  tx: TenantTransaction,
  columns: SqlFragment,
  incidentId: string,
  otherId: string,
): Promise<void> {
  const added = await tx.sql`
    insert into ${columns} values (${tx.tenantId}, ${incidentId}, ${otherId}) on conflict do nothing returning id`;
  if (added.length) await publish(tx, incidentUpdated, { incidentId });
}
