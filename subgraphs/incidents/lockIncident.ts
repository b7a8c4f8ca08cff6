import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/refusals.ts";
import { Incident } from "./entities/Incident.ts";

/** The incident, locked until the transaction ends. Throws NOT_FOUND, for another tenant's incident alike. */
export async function lockIncident(tx: TenantTransaction, id: string): Promise<Incident> {
  const incident = await tx.lock(Incident, { id });
  if (!incident) throw notFound("incident", id);
  return incident;
}
