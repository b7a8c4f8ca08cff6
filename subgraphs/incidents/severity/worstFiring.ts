import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";
import { severityRank } from "./severityRank.ts";

/** How bad the worst alert is that fires in an incident, 1 for CRITICAL; null when none does. */
export async function worstFiring(db: TenantDatabase, incidentId: string): Promise<number | null> {
  const where = { incidentId, settledAt: null, leftAt: null };
  const [worst] = await db.find(IncidentAlert, where, { orderBy: { severityRank: "asc" }, limit: 1 });
  return worst ? (worst.severityRank ?? severityRank("LOW")) : null;
}
