import { loadOne } from "#shared/loaders/loaders.ts";
import { Tenant } from "../entities/Tenant.ts";

/** Tenants by their id; only one's own is there. */
export const tenantById = loadOne({
  name: "tenantById",
  fetch: (db, ids: readonly string[]) => db.find(Tenant, { id: { $in: [...ids] } }),
  key: (tenant) => tenant.id,
});
