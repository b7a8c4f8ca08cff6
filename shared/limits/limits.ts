import type { Row, TenantEntity } from "#shared/database/entity.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Where } from "#shared/database/where.ts";
import { exposed } from "#shared/errors/exposed.ts";

/** How many of a thing there may be, so that nobody fills what others need too. */
export interface Limit {
  /** The thing, in the plural. */
  readonly what: string;
  /** Of whom or in what it is counted, for example "a tenant". */
  readonly per: string;
  readonly most: number;
}

/** Declares the limits of a service, in the one place from which its README is filled. */
export function defineLimits<const Limits extends Readonly<Record<string, Limit>>>(limits: Limits): Limits {
  return limits;
}

/** Throws LIMIT_REACHED, which names the limit, when so many would be too many. */
export function requireAtMost({ what, per, most }: Limit, count: number): void {
  if (count <= most) return;
  throw exposed("LIMIT_REACHED", `${count} ${what} in ${per}`, { limit: what, per, maximum: most });
}

/**
 * Throws LIMIT_REACHED unless the tenant has room for so many more of what is counted by these rows. Transactions that add to
 * the same at once take turns, so that not even together they pass the limit.
 */
export async function requireRoom<Entity extends TenantEntity>(
  tx: TenantTransaction,
  limit: Limit,
  rows: { entity: Entity; where?: Where<Row<Entity>>; adding?: number },
): Promise<void> {
  const { entity, where = {}, adding = 1 } = rows;
  if (adding === 0) return;
  lockByName(tx, `limit of ${limit.what}`);
  requireAtMost(limit, (await tx.count(entity, where)) + adding);
}
