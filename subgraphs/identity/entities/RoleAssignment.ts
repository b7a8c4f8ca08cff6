import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Role } from "./Role.ts";
import { User } from "./User.ts";

/** That a user has a role. */
export const RoleAssignment = tenantEntity({
  name: "RoleAssignment",
  schema: "identity",
  properties: (p) => ({ userId: p.uuid(), roleId: p.uuid() }),
  references: { userId: () => User, roleId: () => Role },
  uniques: [{ properties: ["userId", "roleId"] }],
  indexes: [{ properties: ["roleId"] }],
});

/** One role given to one user. */
export type RoleAssignment = Row<typeof RoleAssignment>;
