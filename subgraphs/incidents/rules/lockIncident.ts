import { fragment } from "#shared/database/fragment.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Incident } from "../entities/Incident.ts";

/** The incident, locked until the transaction ends. Throws NOT_FOUND, for another tenant's incident alike. */
export async function lockIncident(tx: TenantTransaction, id: string): Promise<Incident> {
  const incident = await tx.lock(Incident, { id });
  if (!incident) throw notFound("incident", id);
  return incident;
}

/**
 * Locks the incidents that something is about until the transaction ends, always in the same order, so that there is no deadlock.
 * A merge may have moved what is looked for by the time they are locked: then they are unlocked, and others are locked. The answer
 * is what was found last.
 */
export async function lockIncidentsOf<Found>(
  tx: TenantTransaction,
  look: () => Promise<Found>,
  idsOf: (found: Found) => readonly string[],
): Promise<Found> {
  let found = await look();
  for (;;) {
    const ids = new Set(idsOf(found));
    if (ids.size === 0) return found;
    tx.unanswered(fragment`savepoint incidents`);
    tx.unanswered(fragment`select id from incidents.incident
      where tenant_id = ${tx.tenantId} and id = any (${[...ids]}::uuid[]) order by id for update`);
    found = await look();
    if (idsOf(found).every((id) => ids.has(id))) return found;
    tx.unanswered(fragment`rollback to savepoint incidents`);
  }
}
