import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { statesOf } from "#shared/machine/machine.ts";
import { Incident } from "../entities/Incident.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";
import { IncidentGroup } from "../entities/IncidentGroup.ts";
import { decidePlacement, type FiringAlert, type Known, type AlertPlacement } from "./decidePlacement.ts";
import { lockIncidentsOf } from "../rules/lockIncident.ts";
import { incidentMachine } from "../machines/incidentMachine.ts";

/** Where a firing alert belongs, and where it belonged last. */
export interface FoundPlacement {
  place: AlertPlacement;
  own: IncidentAlert | null;
}

/** Finds where a firing alert belongs; every incident that the decision looked at is locked until the transaction ends. */
export async function findPlacement(tx: TenantTransaction, alert: FiringAlert): Promise<FoundPlacement> {
  // Where there is no incident yet there is no row to lock. Always in the same order, so that there is no deadlock.
  const turns = [`alert ${alert.alertKey}`, ...(alert.group ? [`group ${alert.group.key}`] : [])].sort();
  for (const about of turns) lockByName(tx, about);
  const links = await lockIncidentsOf(tx, () => readLinks(tx, alert), incidentsOf);
  const incidents = await readIncidents(tx, incidentsOf(links));
  return { place: decidePlacement(alert, { ...links, incidents }), own: links.own };
}

type Links = Omit<Known, "incidents">;

function incidentsOf({ own, before, group }: Links): string[] {
  return [...new Set([own, before, group].flatMap((link) => link?.incidentId ?? []))];
}

async function readLinks(tx: TenantTransaction, { alertId, alertKey, group }: FiringAlert): Promise<Links> {
  const newest = { orderBy: { addedAt: "desc", id: "desc" } } as const;
  const [own, [before], ofGroup] = await Promise.all([
    tx.find(IncidentAlert, { alertId }, newest),
    tx.find(IncidentAlert, { alertKey }, { ...newest, limit: 1 }),
    group && tx.findOne(IncidentGroup, { key: group.key }),
  ]);
  return {
    own: own.find((link) => link.leftAt === null) ?? own[0] ?? null,
    before: before ?? null,
    group: ofGroup,
  };
}

async function readIncidents(tx: TenantTransaction, ids: readonly string[]): Promise<Known["incidents"]> {
  if (ids.length === 0) return new Map();
  const [incidents, states] = await Promise.all([
    tx.find(Incident, { id: { $in: ids } }),
    statesOf(tx, incidentMachine, ids),
  ]);
  return new Map(incidents.map((incident) => [incident.id, { incident, state: states.get(incident.id)! }]));
}
