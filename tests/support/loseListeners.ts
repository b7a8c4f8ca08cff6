import { HOLDERS } from "#shared/database/listener.ts";
import type { TestDatabase } from "./postgres.ts";

/** Takes away every connection to a database that listens; who listened does so again on another, and may have missed something. */
export async function loseListeners(database: TestDatabase): Promise<void> {
  await database.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = ${HOLDERS}
      and database = (select oid from pg_database where datname = current_database())`,
  );
}
