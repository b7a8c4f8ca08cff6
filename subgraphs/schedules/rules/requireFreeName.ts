import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { alreadyExists } from "#supergraph/domainErrors.ts";
import { Schedule } from "../entities/Schedule.ts";

/** Throws ALREADY_EXISTS when another schedule of the tenant has this name. Two that ask at once take turns. */
export async function requireFreeName(tx: TenantTransaction, name: string, except?: string): Promise<void> {
  lockByName(tx, `schedule ${name}`);
  const other = await tx.findOne(Schedule, { name });
  if (!other || other.id === except) return;
  throw alreadyExists("schedule", name);
}
