import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#supergraph/errors.ts";
import { Schedule } from "./entities/Schedule.ts";

/** Throws ALREADY_EXISTS when another schedule of the tenant has this name. Two that ask at once take turns. */
export async function requireFreeName(tx: TenantTransaction, name: string, except?: string): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.tenantId} schedule ${name}`}, 0))`;
  const other = await tx.findOne(Schedule, { name });
  if (!other || other.id === except) return;
  throw exposed("ALREADY_EXISTS", `schedule ${name}`, { thing: "schedule", value: name });
}
