import type { Row, TenantEntity } from "#shared/database/entity.ts";
import { ownText } from "#shared/database/fragment.ts";
import { columnOf } from "#shared/database/where.ts";
import { loadMany, type Loader } from "./loaders.ts";

/** An entity whose rows say what belongs to which parent, where a row may belong to many. */
export interface Through {
  readonly entity: TenantEntity;
  /** The property that holds the parent's id. */
  readonly parent: string;
  /** The property that holds the id of what belongs to it. */
  readonly child: string;
}

/** What belongs to each parent by the rows of another entity, such as the roles of users by their assignments; with all columns. */
export function loadThrough<Entity extends TenantEntity>({
  name,
  entity,
  through,
  orderBy,
}: {
  /** The loader's name, for spans and metrics. */
  name: string;
  /** What is loaded. */
  entity: Entity;
  through: Through;
  /** The property by which what belongs to one parent is sorted. */
  orderBy: keyof Row<Entity> & string;
}): Loader<string, (Row<Entity> & { readonly parentId: string })[]> {
  const columns = Object.entries(entity.columns).map(
    ([property, column]) => `own."${column.name}" as "${property}"`,
  );
  const [parent, child] = [through.parent, through.child].map(
    (property) => columnOf(through.entity, property).name,
  );
  return loadMany({
    name,
    fetch: (db, parentIds: readonly string[]) => db.sql<Row<Entity> & { parentId: string }>`
      select ${ownText(`link."${parent}" as "parentId", ${columns.join(", ")}`)}
      from ${ownText(through.entity.table)} as link join ${ownText(entity.table)} as own
        on own.tenant_id = link.tenant_id and own.id = ${ownText(`link."${child}"`)}
      where link.tenant_id = ${db.tenantId} and ${ownText(`link."${parent}"`)} = any (${parentIds}::uuid[])
      order by ${ownText(`own."${columnOf(entity, orderBy).name}"`)}, own.id`,
    key: ({ parentId }) => parentId,
  });
}
