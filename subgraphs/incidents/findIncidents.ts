import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { statesOf } from "#shared/machine/machine.ts";
import type { Severity } from "#supergraph/commands.ts";
import { Incident } from "./entities/Incident.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { stateNames, type StateName } from "./machines/stateNames.ts";

/** What other services are told of an incident. */
export interface FoundIncident {
  id: string;
  number: number;
  title: string;
  severity: Severity;
  state: StateName;
}

/** Those of the incidents that the tenant has, with the states they are in. */
export async function findIncidents(db: TenantDatabase, ids: readonly string[]): Promise<FoundIncident[]> {
  return db.reading(async (reading) => {
    const found = await reading.find(Incident, { id: { $in: ids } });
    const states = await statesOf(
      reading,
      incidentMachine,
      found.map(({ id }) => id),
    );
    return found.flatMap(({ id, number, title, severity }) => {
      const state = states.get(id);
      return state ? [{ id, number, title, severity, state: stateNames[state] }] : [];
    });
  });
}
