import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { cancelWake } from "#shared/process/process.ts";
import { Incident } from "../entities/Incident.ts";
import { dampingTimer } from "./dampingTimer.ts";

/** Nobody is paged later about alerts of an incident that are damped. */
export async function waitNoLonger(tx: TenantTransaction, { id, dampedUntil }: Incident): Promise<void> {
  if (!dampedUntil) return;
  await tx.update(Incident, { id }, { dampedUntil: null });
  await cancelWake(tx, dampingTimer, id);
}
