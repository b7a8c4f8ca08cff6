import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { start } from "#shared/machine/machine.ts";
import { send } from "#shared/process/commands.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { startEscalation, type Severity } from "#supergraph/commands.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { LONGEST_TITLE, requireText } from "#supergraph/refusals.ts";
import { Incident } from "./entities/Incident.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import { escalationKey } from "./escalationKey.ts";
import { severityRank } from "./severityRank.ts";

/** What an incident comes to be with. Whoever asks has made sure that the lead and the path exist. */
export interface NewIncident {
  title: string;
  summary?: string | null | undefined;
  severity: Severity;
  leadId?: string | null | undefined;
  /** Who is paged; nobody when left out. */
  escalationPathId?: string | null | undefined;
  /** Whether it is resolved once all of its alerts are. */
  resolveWithAlerts?: boolean;
}

/**
 * The only way an incident comes to be, whoever asks: it gets the tenant's next number, starts in triage, and pages
 * along its escalation path. Throws INVALID_ARGUMENT for an empty title.
 */
export async function createIncident(db: TenantDatabase, by: Actor, what: NewIncident): Promise<Incident> {
  requireText("title", what.title, LONGEST_TITLE);
  return db.transaction(async (tx) => {
    const incident = await tx.insert(Incident, {
      number: await nextNumber(tx),
      title: what.title,
      summary: what.summary ?? null,
      severity: what.severity,
      severityRank: severityRank(what.severity),
      leadId: what.leadId ?? null,
      mergedIntoId: null,
      resolveWithAlerts: what.resolveWithAlerts ?? false,
      createdAt: await tx.now(),
    });
    await start(tx, incidentMachine, incident.id, { by });
    await addTimelineEntry(tx, by, {
      incidentId: incident.id,
      kind: "INCIDENT_CREATED",
      message: `Incident #${incident.number} was opened`,
      data: { severity: what.severity },
    });
    if (what.escalationPathId) await page(tx, incident, what.escalationPathId);
    await publish(tx, incidentUpdated, { incidentId: incident.id });
    return incident;
  });
}

// The counter's row lock is held until commit, so numbers have no holes and two incidents never share one.
async function nextNumber(tx: TenantTransaction): Promise<number> {
  const [counter] = await tx.sql<{ last_number: number }>`
    insert into incidents.incident_counter (tenant_id, last_number) values (${tx.tenantId}, 1)
    on conflict (tenant_id, single) do update set last_number = incident_counter.last_number + 1
    returning last_number`;
  return counter!.last_number;
}

async function page(tx: TenantTransaction, incident: Incident, escalationPathId: string): Promise<void> {
  const { id: incidentId, number: incidentNumber, title, severity } = incident;
  const paging = { incidentId, incidentNumber, title, severity, escalationPathId, restarts: false };
  await send(tx, startEscalation, paging, { key: escalationKey(incidentId) });
}
