import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { Permission } from "#supergraph/permissions.ts";

/** A named set of permissions that is given to people. */
export const Role = tenantEntity({
  name: "Role",
  schema: "identity",
  properties: (p) => ({
    name: p.text(),
    permissions: p.json().$type<Permission[]>(),
    /** Counts the changes. */
    version: p.integer().default(1),
  }),
  uniques: [{ properties: ["name"] }],
});

/** One role as it is stored. */
export type Role = Row<typeof Role>;
