import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { currentState } from "#shared/machine/machine.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { exposed } from "#supergraph/errors.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";
import { Incident } from "./entities/Incident.ts";
import { IncidentGroup } from "./entities/IncidentGroup.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { addTimelineEntry } from "./changes/addTimelineEntry.ts";
import { changeIncidentState } from "./changes/changeIncidentState.ts";
import { tellAlerts } from "./changes/tellAlerts.ts";
import type { PresentIncident } from "./placement/decidePlacement.ts";
import { endResponse } from "./paging/endResponse.ts";
import { keepPaging } from "./paging/keepPaging.ts";
import { lockIncident } from "./rules/lockIncident.ts";

/**
 * Merges one incident into another: its alerts and groups move over, its pages stop, and it is closed. Where nobody had taken
 * it on, people are paged about the other. The answer is the other. Throws INVALID_ARGUMENT for a merge into itself, NOT_FOUND, MOVE_NOT_ALLOWED when either is over.
 */
export async function mergeIncident(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; intoId: string },
): Promise<Incident> {
  if (what.id === what.intoId) {
    throw invalidArgument("intoId", "an incident cannot be merged into itself");
  }
  return retryConflicts(db, async (tx) => {
    const [incident, into] = await lockBoth(tx, what.id, what.intoId);
    const [from, target] = [await present(tx, incident), await present(tx, into)];
    refuseTarget(target);
    await changeIncidentState(tx, by, incident, "merge", `merged into #${into.number}`);
    await tx.update(Incident, { id: incident.id }, { mergedIntoId: into.id });
    const alertIds = await moveAlerts(tx, incident.id, into.id);
    await endResponse(tx, by, incident);
    const at = await tellBoth(tx, by, incident, into);
    if (alertIds.length) await tellAlerts(tx, { incidentId: into.id, state: target.state, alertIds, at });
    return keepPaging(tx, by, from, target);
  });
}

// Always in the same order, so that two people merging two incidents into each other do not wait for each other.
async function lockBoth(tx: TenantTransaction, id: string, intoId: string): Promise<[Incident, Incident]> {
  const [first, second] = [id, intoId].sort();
  const locked = [await lockIncident(tx, first!), await lockIncident(tx, second!)];
  const find = (wanted: string) => locked.find((incident) => incident.id === wanted)!;
  return [find(id), find(intoId)];
}

async function present(tx: TenantTransaction, incident: Incident): Promise<PresentIncident> {
  return { incident, state: (await currentState(tx, incidentMachine, incident.id))! };
}

function refuseTarget({ incident, state }: PresentIncident): void {
  if (state === "triage" || state === "active") return;
  throw exposed("MOVE_NOT_ALLOWED", `merge into incident ${incident.id}, which is ${state}`, {
    thing: "incident",
    move: "take another in",
    state,
  });
}

// Of an alert that was in both, at different times, the one that it is in now remains, or else the target's. The answer is the
// alerts that belong to the target by that, or belonged to it last.
async function moveAlerts(tx: TenantTransaction, fromId: string, intoId: string): Promise<string[]> {
  await tx.sql`
    delete from incidents.incident_alert gone using incidents.incident_alert kept
    where gone.tenant_id = ${tx.tenantId} and kept.tenant_id = gone.tenant_id and kept.alert_id = gone.alert_id
      and gone.left_at is not null
      and (gone.incident_id = ${intoId} and kept.incident_id = ${fromId} and kept.left_at is null
        or gone.incident_id = ${fromId} and kept.incident_id = ${intoId})`;
  const moved = await tx.sql<{ alert_id: string; is_elsewhere: boolean }>`
    update incidents.incident_alert moved set incident_id = ${intoId}
    where tenant_id = ${tx.tenantId} and incident_id = ${fromId}
    returning alert_id, (left_at is not null and exists (
      select from incidents.incident_alert other
      where other.tenant_id = moved.tenant_id and other.alert_id = moved.alert_id and other.id <> moved.id
        and (other.left_at is null or other.added_at > moved.added_at))) as is_elsewhere`;
  await tx.update(IncidentGroup, { incidentId: fromId }, { incidentId: intoId });
  return moved.flatMap(({ alert_id, is_elsewhere }) => (is_elsewhere ? [] : [alert_id]));
}

async function tellBoth(
  tx: TenantTransaction,
  by: Actor,
  incident: Incident,
  into: Incident,
): Promise<Temporal.Instant> {
  const data = { incidentId: incident.id, intoId: into.id };
  const kind = "INCIDENT_MERGED";
  const merged = `Merged into #${into.number}`;
  const taken = `#${incident.number} ${incident.title} was merged into this`;
  await addTimelineEntry(tx, by, { incidentId: incident.id, kind, message: merged, data });
  const { occurredAt } = await addTimelineEntry(tx, by, { incidentId: into.id, kind, message: taken, data });
  await publish(tx, incidentUpdated, { incidentId: into.id });
  return occurredAt;
}
