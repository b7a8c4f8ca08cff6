import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Severity } from "#supergraph/commands.ts";
import { Escalation } from "./entities/Escalation.ts";

/** Notes what an incident is called now and how bad it is: what its escalations say from now on. */
export async function updateEscalations(
  tx: TenantTransaction,
  what: { incidentId: string; title: string; severity: Severity },
): Promise<void> {
  const { incidentId, title, severity } = what;
  await tx.update(Escalation, { incidentId }, { title, severity });
}
