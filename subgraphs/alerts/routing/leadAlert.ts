import { digestOf } from "./boundedKey.ts";
import type { Routing } from "./compileRoutes.ts";
import type { Alert } from "../entities/Alert.ts";

/** What is kept of where an alert leads. */
export type Lead = Pick<Alert, "routeId" | "incidentKey" | "toldSeverity" | "toldPathId" | "releasedAt">;

/** The lead of an alert that nothing is known of. */
export const NO_LEAD: Lead = {
  routeId: null,
  incidentKey: null,
  toldSeverity: null,
  toldPathId: null,
  releasedAt: null,
};

/**
 * Where a firing alert leads by its present routing, and whether incidents are to be told: when it leads to no incident yet,
 * and when the route, the severity or the escalation path is another than they were told last. What leads to an incident
 * stays there, also when no route takes it any more.
 */
export function leadAlert(
  present: Lead,
  routing: Routing | null,
  { sourceId, dedupKey }: Pick<Alert, "sourceId" | "dedupKey">,
): { lead: Lead; tells: Routing | null } {
  const leads = present.incidentKey !== null && present.releasedAt === null;
  if (!routing?.route.action.openIncident) {
    return { lead: leads ? present : { ...present, routeId: routing?.route.id ?? null }, tells: null };
  }
  const { route, severity, groupKey } = routing;
  const lead: Lead = {
    routeId: route.id,
    // Kept from the first telling on: what is told under one key is done in the order of telling, so that an alert opens
    // its incident before it is settled there.
    incidentKey: present.incidentKey ?? digestOf(groupKey ?? JSON.stringify([sourceId, dedupKey])),
    toldSeverity: severity,
    toldPathId: route.action.escalationPathId,
    releasedAt: null,
  };
  const isTold =
    leads &&
    present.routeId === lead.routeId &&
    present.toldSeverity === lead.toldSeverity &&
    present.toldPathId === lead.toldPathId;
  return { lead, tells: isTold ? null : routing };
}
