import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { fragment } from "#shared/database/fragment.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { User } from "./entities/User.ts";
import type { QueryUsersArgs, UserFilter, UserOrder } from "./schema/resolvers.generated.ts";

const columns = { NAME: "name", EMAIL: "email", CREATED_AT: "createdAt" } as const;

/** A page of the people of the tenant. Throws INVALID_ARGUMENT for a page that is none. */
export function listUsers(db: TenantDatabase, args: QueryUsersArgs): Promise<Connection<User>> {
  const { teamId, ...filter } = args.filter ?? {};
  const order: UserOrder = args.orderBy ?? "NAME";
  return connection(db, {
    entity: User,
    args,
    where: whereOf(filter),
    also:
      teamId != null
        ? fragment`id in (
      select user_id from identity.team_member
      where tenant_id = ${db.tenantId} and team_id::text = ${teamId})`
        : undefined,
    orderBy: { [columns[order]]: args.direction ?? "ASCENDING" },
  });
}

function whereOf({ text, states }: UserFilter) {
  return {
    ...(text && { $or: [{ name: containing(text) }, { email: containing(text) }] }),
    ...(states && { state: { $in: states } }),
  };
}
