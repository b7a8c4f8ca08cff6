import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { fragment } from "#shared/database/fragment.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs, SortDirection } from "#shared/subgraph/page.ts";
import { User, type UserState } from "./entities/User.ts";

const columns = { NAME: "name", EMAIL: "email", CREATED_AT: "createdAt" } as const;

/** Which page of which people, and in what order. */
export interface UserList extends PageArgs {
  readonly filter?: UserFilter | null | undefined;
  readonly orderBy?: keyof typeof columns | null | undefined;
  readonly direction?: SortDirection | null | undefined;
}

/** Whom a list has: those who meet all of it. */
export interface UserFilter {
  readonly text?: string | null | undefined;
  readonly states?: readonly UserState[] | null | undefined;
  readonly teamId?: string | null | undefined;
}

/** A page of the people of the tenant. Throws INVALID_ARGUMENT for a page that is none. */
export function listUsers(db: TenantDatabase, args: UserList): Promise<Connection<User>> {
  const { teamId, ...filter } = args.filter ?? {};
  const order = args.orderBy ?? "NAME";
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
