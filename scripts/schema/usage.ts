import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { connectionOptions, sqlOn } from "#shared/database/connection.ts";
import { CannotRun, runCommand, type Writing } from "./cannotRun.ts";
import { databaseMessage, databaseUrl, whereIs } from "./databaseUrl.ts";
import { readRegistry } from "./project.ts";
import { USAGE_FILE, type UsageFile } from "./readUsage.ts";
import { shownPath } from "./shownPath.ts";

/**
 * `npm run schema:usage [-- --days 30 --config <file> --out <file>]`: writes what gateways counted in these days, today included, to the
 * file that checks of the config's graph read. The database is that of the config, or of `DATABASE_URL`. The same rows make the same file, byte by byte.
 */
export async function usage(args: readonly string[], { out: say }: Writing): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: { type: "string", default: "30" },
      config: { type: "string" },
      out: { type: "string" },
    },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 3_650)
    throw new CannotRun(`--days ${values.days} is not a number of days from 1 to 3650`);
  const { registry, database } = await readRegistry(values.config);
  const out = values.out ?? join(registry, USAGE_FILE);
  const counted = await countedIn(database ?? databaseUrl(), days);
  const operations = counted.map(({ firstUsedOn: _first, ...operation }) => operation);
  const since = counted.map(({ firstUsedOn }) => firstUsedOn).sort()[0];
  const file: UsageFile = { days, ...(since && { since }), operations };
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify(file, null, 2)}\n`);
  say(`Wrote ${shownPath(out)}: ${operations.length} operations of the last ${days} days.\n`);
  return 0;
}

async function countedIn(url: string, days: number): Promise<Counted[]> {
  const client = new pg.Client({
    ...connectionOptions(url, "tocsin schema:usage"),
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
    return await sqlOn(client, { statements: 0, roundTrips: 0 })`
      select client, version, name, hash, text, sum(count)::bigint as count, max(used_on)::text as "lastUsedOn",
        min(used_on)::text as "firstUsedOn"
      from gateway.operation_use join gateway.operation using (hash)
      where used_on > (process.now() at time zone 'UTC')::date - ${days}::int
      group by client, version, name, hash, text
      order by client collate "C", version collate "C", name collate "C", hash`;
  } catch (error) {
    throw new CannotRun(`The usage could not be read from ${whereIs(url)}: ${databaseMessage(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

type Counted = UsageFile["operations"][number] & { readonly firstUsedOn: string };

if (import.meta.main) process.exitCode = await runCommand(usage);
