import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Schedule } from "../entities/Schedule.ts";

/** The schedule, locked until the transaction ends. Throws NOT_FOUND, for another tenant's schedule alike. */
export async function lockSchedule(tx: TenantTransaction, id: string): Promise<Schedule> {
  const schedule = await tx.lock(Schedule, { id });
  if (!schedule) throw notFound("schedule", id);
  return schedule;
}
