import type { TenantEntity } from "#shared/database/entity.ts";

/** The statements that add to a machine's transitions. Each gives back no row when another move was quicker. */
export interface Appending {
  /** Writes a thing's first transition. Values: tenant, thing, place in the order, move, from, to, who, data, when. */
  readonly first: TemplateStringsArray;
  /**
   * Writes the transition that follows the newest. Values: tenant and id of the newest, then as above. Whoever moves has the
   * newest row locked, and whoever waited for it finds that it is the newest no more; the two unique keys stand behind that.
   */
  readonly further: TemplateStringsArray;
}

/** Makes the statements for a table of transitions, once. */
export function appending(transitions: TenantEntity, parent: string): Appending {
  const known = made.get(transitions);
  if (known) return known;
  const { table } = transitions;
  const thing = `"${transitions.columns[parent]!.name}"`;
  const insert = `
    insert into ${table}
      (tenant_id, ${thing}, sort_key, move, from_state, to_state, moved_by, data, moved_at, most_recent)
    select ?::uuid, ?::uuid, ?::int, ?::text, ?::text, ?::text, ?::jsonb, ?::jsonb, ?::timestamptz, true`;
  const outdated = `
    update ${table} set most_recent = false where tenant_id = ? and id = ? and most_recent returning id`;
  const statements = {
    first: template(`${insert} on conflict do nothing returning id`),
    further: template(`with outdated as (${outdated}) ${insert} from outdated returning id`),
  };
  made.set(transitions, statements);
  return statements;
}

const made = new WeakMap<TenantEntity, Appending>();

// What a tagged template would be handed, with each value where a question mark stands.
function template(text: string): TemplateStringsArray {
  const pieces = text.split("?");
  return Object.assign(pieces, { raw: pieces });
}
