import type { z } from "zod";
import type { Actor } from "#shared/subgraph/actor.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState } from "#shared/machine/machine.ts";
import type { reportParkedWork as command } from "#supergraph/commands.ts";
import { addTimelineEntry } from "./changes/addTimelineEntry.ts";
import { createIncident } from "./createIncident.ts";
import { IncidentGroup } from "./entities/IncidentGroup.ts";
import { lockIncidentsOf } from "./rules/lockIncident.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { askForPages } from "./paging/pagePeople.ts";
import { storableTitle } from "./rules/storableTitle.ts";

/**
 * What a service was asked is parked, so people are told by an incident: one for all commands of the same name that were to page
 * along the same path, for as long as it is open. It pages along that path; where there is none, administrators are told.
 */
export async function reportParkedWork(tx: TenantTransaction, by: Actor, parked: Parked): Promise<void> {
  const { name, escalationPathId } = parked;
  const key = `parked ${name} ${escalationPathId ?? "without a path"}`;
  lockByName(tx, `group ${key}`);
  const open = await findOpen(tx, key);
  if (open) return noteDown(tx, by, { incidentId: open, parked });
  const incident = await createIncident(tx, by, { ...wording(parked), severity: "HIGH", escalationPathId });
  if (!escalationPathId) await askForPages(tx, incident, { escalationPathId: null, restarts: false });
  const place = { incidentId: incident.id, openUntil: incident.createdAt };
  const known = await tx.update(IncidentGroup, { key }, place);
  if (known === 0) await tx.insert(IncidentGroup, { key, ...place });
  await noteDown(tx, by, { incidentId: incident.id, parked });
}

async function findOpen(tx: TenantTransaction, key: string): Promise<string | null> {
  const find = () => tx.findOne(IncidentGroup, { key });
  const group = await lockIncidentsOf(tx, find, (found) => (found ? [found.incidentId] : []));
  const state = group && (await currentState(tx, incidentMachine, group.incidentId));
  return state === "triage" || state === "active" ? group!.incidentId : null;
}

type Parked = z.infer<(typeof command)["payload"]>;

function wording({ name, owner, reason, about }: Parked): { title: string; summary: string } {
  const subject = about ? `\u201c${Array.from(about).slice(0, 200).join("")}\u201d` : `${name} of ${owner}`;
  return {
    title: storableTitle(`${subject} could not be handled`),
    summary: `${reason} Somebody has to mend what keeps it, then have it tried again (parkedWork, retryParkedWork).`,
  };
}

async function noteDown(
  tx: TenantTransaction,
  by: Actor,
  { incidentId, parked }: { incidentId: string; parked: Parked },
): Promise<void> {
  const { commandId, name, owner, reason, about } = parked;
  const message = `${name} of ${owner} is parked: ${reason}`;
  await addTimelineEntry(tx, by, {
    incidentId,
    kind: "NOTE",
    message,
    data: { commandId, name, owner, about },
  });
}
