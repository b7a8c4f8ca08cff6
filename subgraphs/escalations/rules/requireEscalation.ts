import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Escalation } from "../entities/Escalation.ts";

/** The escalation, not locked. Throws NOT_FOUND, for another tenant's escalation alike. */
export async function requireEscalation(db: TenantDatabase, id: string): Promise<Escalation> {
  const escalation = await db.findOne(Escalation, { id });
  if (!escalation) throw notFound("escalation", id);
  return escalation;
}
