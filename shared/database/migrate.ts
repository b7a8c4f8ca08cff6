import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { wrap } from "#shared/errors/exposed.ts";
import type { Log } from "#shared/log/log.ts";
import { existingSchemas, grantAccess, prepareRoles, SHARED_OWNER, type Logins } from "./roles.ts";

/**
 * Brings a database up to date: roles, then every migration it does not have yet, each in a transaction of its own, then
 * grants. Any number of processes may ask at once: one does it, the others wait and find it done. Throws when a migration
 * fails, or when one that was applied has been changed since.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: "tocsin migrate" });
  await client.connect();
  try {
    await requireVersion(client);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    const migrations = readMigrations(options.folder);
    const owners = [...new Set(migrations.map(({ name }) => name.split("/")[0]!))];
    await prepareRoles(client, owners, options.logins);
    const applied = await applyMissing(client, migrations, options.log);
    // Each owner's schema is called like its folder; whatever else lives in the database is none of our business.
    for (const owner of await existingSchemas(client, owners)) await grantAccess(client, owner);
    return { applied };
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

/** What to migrate, and as whom. */
export interface MigrateOptions {
  /** A role that may create schemas, tables and roles. */
  ownerUrl: string;
  /** What each service will connect with: its role is made, with this password. */
  logins: Logins;
  /** A folder per owner, in each plain SQL files that are applied in the order of their names. */
  folder: URL;
  log: Log;
}

/** One file of SQL. */
export interface Migration {
  /** Owner and file, for example library/0001_library.sql. */
  readonly name: string;
  readonly sql: string;
}

/** All migrations, in the order in which they are applied: process first, for everybody uses its clock. */
export function readMigrations(folder: URL): Migration[] {
  const root = fileURLToPath(folder);
  if (!existsSync(root)) return [];
  const owners = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const first = (name: string) => (name === SHARED_OWNER ? `0${name}` : `1${name}`);
  const names = owners.map((owner) => owner.name).sort((one, other) => (first(one) < first(other) ? -1 : 1));
  return names.flatMap((owner) =>
    readdirSync(join(root, owner))
      .filter((file) => file.endsWith(".sql"))
      .sort()
      .map((file) => ({ name: `${owner}/${file}`, sql: readFileSync(join(root, owner, file), "utf8") })),
  );
}

// Any number will do, as long as it is always the same.
const LOCK = 7_862_746;

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string; server_version: string }>(
    "select current_setting('server_version_num') as server_version_num, current_setting('server_version') as server_version",
  );
  const { server_version_num: number, server_version: version } = rows[0]!;
  if (Number(number) >= 180_000) return;
  throw new Error(`PostgreSQL ${version} is too old: Tocsin needs 18 or later, for uuidv7().`);
}

async function applyMissing(
  client: pg.Client,
  migrations: readonly Migration[],
  log: Log,
): Promise<string[]> {
  await client.query(`create table if not exists public.tocsin_migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from public.tocsin_migration",
  );
  const known = new Map(rows.map((row) => [row.name, row.checksum]));
  const applied: string[] = [];
  for (const migration of migrations) {
    const checksum = createHash("sha256").update(migration.sql).digest("hex");
    const before = known.get(migration.name);
    if (before === checksum) continue;
    if (before)
      throw new Error(
        `${migration.name} was changed after it was applied. Undo the change and write a new migration.`,
      );
    await apply(client, migration, checksum);
    log.info({ migration: migration.name }, "Migrated");
    applied.push(migration.name);
  }
  return applied;
}

async function apply(client: pg.Client, { name, sql }: Migration, checksum: string): Promise<void> {
  // An index that is built beside running services cannot be built in a transaction; such a file holds one statement.
  const inTransaction = !sql.startsWith("-- no transaction");
  const note = "insert into public.tocsin_migration (name, checksum) values ($1, $2)";
  await client.query(inTransaction ? "begin; set local lock_timeout = '10s'" : "set lock_timeout = '10s'");
  try {
    await client.query(sql);
    await client.query(note, [name, checksum]);
    if (inTransaction) await client.query("commit");
  } catch (error) {
    if (inTransaction) await client.query("rollback");
    throw wrap(error, `applying ${name}`);
  }
}
