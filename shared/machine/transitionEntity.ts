import { tenantEntity, type TenantEntity } from "#shared/database/entity.ts";
import type { Actor } from "#shared/subgraph/actor.ts";

/** Who made a move: an actor without what it may do. */
export type Mover = Pick<Actor, "kind" | "id">;

/** One move of one thing, as it is stored; `Parent` is the property that holds the thing's id. */
export type TransitionRow<Parent extends string> = {
  id: string;
  tenantId: string;
  /** Counts from 1 for each thing. */
  sortKey: number;
  /** True for the newest row of each thing, and for no other. */
  mostRecent: boolean;
  move: string;
  /** Null for the first. */
  fromState: string | null;
  toState: string;
  by: Mover;
  data: Record<string, unknown>;
  at: Temporal.Instant;
} & { [Name in Parent]: string };

/**
 * Declares the table of a machine's moves. Two unique keys make it safe: of two moves that race, one finds its place in
 * the order taken, and no thing ever has two newest rows.
 */
export function transitionEntity<const Parent extends string>(definition: {
  name: string;
  schema: string;
  /** The property that holds the id of the thing that moves. */
  parent: Parent;
  references: () => TenantEntity;
}): TenantEntity<TransitionRow<Parent>> {
  const { name, schema, parent, references } = definition;
  const entity = tenantEntity({
    name,
    schema,
    properties: (p) => ({
      [parent]: p.uuid(),
      sortKey: p.integer(),
      mostRecent: p.boolean(),
      move: p.text(),
      fromState: p.text().nullable(),
      toState: p.text(),
      by: p.json().fieldName("moved_by"),
      data: p.json(),
      at: p.instant().fieldName("moved_at"),
    }),
    references: { [parent]: references },
    uniques: [{ properties: [parent, "sortKey"] }, { properties: [parent], where: "most_recent" }],
    indexes: [{ properties: ["toState", parent], where: "most_recent" }],
  });
  return entity as unknown as TenantEntity<TransitionRow<Parent>>;
}
