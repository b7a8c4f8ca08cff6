import type { z } from "zod";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publishAll } from "#shared/pubsub/pubsub.ts";
import { alertsUpdated } from "#supergraph/events.ts";
import type { recordIncidentState as command } from "#supergraph/commands.ts";

/**
 * Incidents tell the state of one: of new alerts that they belong to it, and without any of those that do already. Of two incidents
 * the one counts that an alert came to later, whichever is heard of first; what is unknown here is left out.
 */
export async function recordIncidentState(
  tx: TenantTransaction,
  told: z.infer<(typeof command)["payload"]>,
): Promise<void> {
  const changed = await (told.alertIds.length === 0 ? noteState(tx, told) : noteAlerts(tx, told));
  // Whoever follows a list hears of it: they may be in it now.
  const ids = changed.map(({ alert_id }) => alert_id);
  await publishAll(tx, alertsUpdated, ids);
}

// In the order of alerts here and there, so that two that concern the same do not wait for each other.
async function noteState(
  tx: TenantTransaction,
  { incidentId, state }: { incidentId: string; state: string },
): Promise<{ alert_id: string }[]> {
  return tx.sql<{ alert_id: string }>`
    with known as (
      select id from alerts.alert_incident where tenant_id = ${tx.tenantId} and incident_id = ${incidentId}
      order by alert_id for update
    )
    update alerts.alert_incident set state = ${state} from known
    where alert_incident.tenant_id = ${tx.tenantId} and alert_incident.id = known.id
    returning alert_id`;
}

async function noteAlerts(
  tx: TenantTransaction,
  { incidentId, state, alertIds, at }: z.infer<(typeof command)["payload"]>,
): Promise<{ alert_id: string }[]> {
  return tx.sql<{ alert_id: string }>`
    insert into alerts.alert_incident as known (tenant_id, alert_id, incident_id, state, since)
    select tenant_id, id, ${incidentId}::uuid, ${state}::text, ${at}::timestamptz from alerts.alert
    where tenant_id = ${tx.tenantId} and id = any (${alertIds}::uuid[]) order by id
    on conflict (tenant_id, alert_id) do update
      set incident_id = excluded.incident_id, state = excluded.state, since = excluded.since
      where known.since <= excluded.since
    returning alert_id`;
}
