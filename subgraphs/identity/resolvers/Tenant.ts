import type { TenantResolvers } from "../schema/resolvers.generated.ts";
import { tenantById } from "../loaders/tenantById.ts";

/** The fields of a tenant. */
export const Tenant: TenantResolvers = {
  __resolveReference: ({ id }, { load }) => load(tenantById, id),
};
