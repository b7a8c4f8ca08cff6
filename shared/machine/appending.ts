import type { TenantEntity } from "#shared/database/entity.ts";
import { fragment, ownText, type SqlFragment } from "#shared/database/fragment.ts";

/** A transition that is to be the newest: tenant, thing, place in the order, move, from, to, who, data, when. */
export type AppendedValues = readonly [
  tenantId: string,
  id: string,
  sortKey: number,
  move: string,
  fromState: string | null,
  toState: string,
  by: object,
  data: object,
  at: Temporal.Instant,
];

/** The table that a machine's transitions are in, and which property holds the thing's id. */
export interface Appendable {
  readonly transitions: TenantEntity;
  readonly parent: string;
}

/** Writes a thing's first transition; gives back no row when another was quicker. */
export function first(to: Appendable, values: AppendedValues): SqlFragment {
  return fragment`${insert(to, values)} on conflict do nothing returning id`;
}

/**
 * Writes the transition that follows the newest, whose id this is; gives back no row when another was quicker. Whoever moves has the
 * newest row locked, and whoever waited for it finds that it is the newest no more; the two unique keys stand behind that.
 */
export function further(to: Appendable, newestId: string, values: AppendedValues): SqlFragment {
  return fragment`with outdated as (
      update ${ownText(to.transitions.table)} set most_recent = false
      where tenant_id = ${values[0]} and id = ${newestId} and most_recent returning id)
    ${insert(to, values)} from outdated returning id`;
}

function insert(
  { transitions: { table, columns }, parent }: Appendable,
  values: AppendedValues,
): SqlFragment {
  const [tenantId, id, sortKey, move, fromState, toState, by, data, at] = values;
  return fragment`insert into ${ownText(table)}
      (tenant_id, ${ownText(`"${columns[parent]!.name}"`)}, sort_key, move, from_state, to_state, moved_by, data, moved_at, most_recent)
    select ${tenantId}::uuid, ${id}::uuid, ${sortKey}::int, ${move}::text, ${fromState}::text, ${toState}::text, ${by}::jsonb,
      ${data}::jsonb, ${at}::timestamptz, true`;
}
