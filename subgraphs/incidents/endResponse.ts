import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { send } from "#shared/process/commands.ts";
import { resolveEscalations } from "#supergraph/commands.ts";
import { escalationKey } from "./escalationKey.ts";
import { IncidentGroup } from "./entities/IncidentGroup.ts";

/** Nobody is paged about this incident any more, and it takes no further alerts. */
export async function endResponse(tx: TenantTransaction, by: Actor, incidentId: string): Promise<void> {
  await tx.delete(IncidentGroup, { incidentId });
  const what = { incidentId, userId: by.kind === "user" ? by.id : null };
  await send(tx, resolveEscalations, what, { key: escalationKey(what.incidentId) });
}
