import type { Database } from "#shared/database/database.ts";
import type { KindOfWork } from "./hints.ts";

/** In how many milliseconds the earliest of each kind is due, by the database's clock, in the order asked; Infinity for none. */
export async function lookAhead(database: Database, kinds: readonly KindOfWork[]): Promise<number[]> {
  const works = kinds.map(({ work }) => work);
  const names = kinds.map(({ kind }) => kind);
  return database.acrossTenants("see what is due next", async ({ sql, last }) => {
    // Each is one look at the low end of an index.
    const rows = await last(
      () => sql<{ due_in: number | null }>`
      select extract(epoch from case work
        when 'command' then (select min(due_at) from process.command where name = kind and parked_at is null)
        when 'timer' then (select min(due_at) from process.timer where timer.kind = asked.kind)
        when 'effect' then (select min(due_at) from process.effect where effect.kind = asked.kind)
      end - process.now())::float8 * 1000 as due_in
      from unnest(${works}::text[], ${names}::text[]) with ordinality as asked (work, kind, nth)
      order by nth`,
    );
    return rows.map(({ due_in: dueIn }) => dueIn ?? Infinity);
  });
}
