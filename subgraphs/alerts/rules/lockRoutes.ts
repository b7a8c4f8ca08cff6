import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { AlertRoute } from "../entities/AlertRoute.ts";
import { orderedRoutes } from "../routing/orderedRoutes.ts";

/** The tenant's routes, in their order, for whoever changes it: those who change it at once take turns. */
export async function lockRoutes(tx: TenantTransaction): Promise<AlertRoute[]> {
  lockByName(tx, "alert routes");
  return orderedRoutes(tx);
}
