import type { z } from "zod";
import type { Actor } from "#shared/subgraph/actor.ts";
import { takeTurns } from "#shared/database/takeTurns.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { reportParkedWork as command } from "#supergraph/commands.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import { createIncident } from "./createIncident.ts";
import { IncidentGroup } from "./entities/IncidentGroup.ts";

/**
 * What a service was asked is parked, so people are told by an incident: one for all commands of the same name, for as long as
 * it is open. It pages along the path of what is parked, when that named one.
 */
export async function reportParkedWork(tx: TenantTransaction, by: Actor, parked: Parked): Promise<void> {
  const key = `parked ${parked.name}`;
  await takeTurns(tx, `group ${key}`);
  const open = await tx.lock(IncidentGroup, { key });
  if (open) return noteDown(tx, by, { incidentId: open.incidentId, parked });
  const { escalationPathId } = parked;
  const { id: incidentId } = await createIncident(tx, by, {
    ...wording(parked),
    severity: "HIGH",
    escalationPathId,
  });
  await tx.insert(IncidentGroup, { key, incidentId, openUntil: await tx.now() });
  await noteDown(tx, by, { incidentId, parked });
}

type Parked = z.infer<(typeof command)["payload"]>;

function wording({ name, owner, reason, about }: Parked): { title: string; summary: string } {
  const subject = about ? `\u201c${Array.from(about).slice(0, 200).join("")}\u201d` : `${name} of ${owner}`;
  return {
    title: `${subject} could not be handled`,
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
