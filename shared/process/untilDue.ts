import type { Sql } from "#shared/database/connection.ts";
import type { Database } from "#shared/database/database.ts";

/** In how many milliseconds the earliest of something is due, by the database's clock; Infinity when there is none. */
export async function untilDue(
  database: Database,
  earliest: (sql: Sql) => Promise<{ due_at: Temporal.Instant | null }[]>,
): Promise<number> {
  return database.acrossTenants("see when the next is due", async ({ sql, now }) => {
    const [row] = await earliest(sql);
    return row?.due_at ? row.due_at.epochMilliseconds - now.epochMilliseconds : Infinity;
  });
}
