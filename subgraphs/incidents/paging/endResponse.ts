import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { send } from "#shared/process/commands.ts";
import { resolveEscalations } from "#supergraph/commands.ts";
import type { Incident } from "../entities/Incident.ts";
import { escalationKey } from "./escalationKey.ts";
import { waitNoLonger } from "../damping/waitNoLonger.ts";

/** Nobody is paged about this incident any more, neither now nor later. */
export async function endResponse(tx: TenantTransaction, by: Actor, incident: Incident): Promise<void> {
  await waitNoLonger(tx, incident);
  const what = { incidentId: incident.id, userId: by.kind === "user" ? by.id : null };
  await send(tx, resolveEscalations, what, { key: escalationKey(incident.id) });
}
