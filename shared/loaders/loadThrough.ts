import type { Row, TenantEntity } from "#shared/database/entity.ts";
import { fragment, ownText } from "#shared/database/fragment.ts";
import { columnOf } from "#shared/database/where.ts";
import { loadMany, type Loader } from "./loaders.ts";

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
  /** The entity whose rows say what belongs to which parent, and its properties that hold the two ids. */
  through: { entity: TenantEntity; parent: string; child: string };
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
      where link.tenant_id = ${db.tenantId} and ${fragment`${ownText(`link."${parent}"`)} = any (${parentIds}::uuid[])`}
      order by ${ownText(`own."${columnOf(entity, orderBy).name}"`)}, own.id`,
    key: ({ parentId }) => parentId,
  });
}
