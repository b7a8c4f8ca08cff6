import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { start } from "#shared/machine/machine.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import type { Severity } from "#supergraph/commands.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { LONGEST_TITLE, requireText } from "#supergraph/domainErrors.ts";
import { Incident } from "./entities/Incident.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { addTimelineEntry } from "./changes/addTimelineEntry.ts";
import { askForPages } from "./paging/pagePeople.ts";
import { severityRank } from "./severity/severityRank.ts";

/** What an incident comes to be with. Whoever asks has made sure that the lead and the path exist. */
export interface NewIncident {
  title: string;
  summary?: string | null | undefined;
  severity: Severity;
  /** Whether it stays that, whatever its alerts are. */
  severitySetByPerson?: boolean;
  leadId?: string | null | undefined;
  /** Who is paged; nobody when left out. */
  escalationPathId?: string | null | undefined;
  /** Whether it is resolved once all of its alerts are. */
  resolveWithAlerts?: boolean;
}

/**
 * The only way an incident comes to be, whoever asks: it gets the tenant's next number, starts in triage, and pages
 * along its escalation path. What is written `alongside`, such as that an alert belongs to it, is asked for together with what every
 * incident begins with, and after it. Throws INVALID_ARGUMENT for an empty title.
 */
export async function createIncident(
  db: TenantDatabase,
  by: Actor,
  what: NewIncident,
  alongside: (tx: TenantTransaction, incident: Incident) => Promise<unknown> = async () => {},
): Promise<Incident> {
  requireText("title", what.title, LONGEST_TITLE);
  const { title, severity, escalationPathId = null } = what;
  const rank = severityRank(severity);
  return db.transaction(async (tx) => {
    const createdAt = await tx.now();
    const incident = await tx.insert(Incident, {
      number: await nextNumber(tx),
      title,
      summary: what.summary ?? null,
      severity,
      severityRank: rank,
      severitySetByPerson: what.severitySetByPerson ?? false,
      escalationPathId,
      ...(escalationPathId && { pagedAt: createdAt, pagedSeverityRank: rank }),
      leadId: what.leadId ?? null,
      resolveWithAlerts: what.resolveWithAlerts ?? false,
      createdAt,
    });
    await Promise.all([
      start(tx, incidentMachine, incident.id, { by }),
      addTimelineEntry(tx, by, {
        incidentId: incident.id,
        kind: "INCIDENT_CREATED",
        message: `Incident #${incident.number} was opened`,
        data: { severity },
      }),
      escalationPathId && askForPages(tx, incident, { escalationPathId, restarts: false }),
      alongside(tx, incident),
    ]);
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
