import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { Tenant } from "../entities/Tenant.ts";

/** The tenant whose database this is. */
export async function findTenant(db: TenantDatabase): Promise<Tenant> {
  const tenant = await db.findOne(Tenant, { id: db.tenantId });
  if (!tenant) throw new Error(`There is no tenant ${db.tenantId}`);
  return tenant;
}
