import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import type { TenantEntity } from "#shared/database/entity.ts";
import { ormEntity } from "./ormEntity.ts";

/**
 * The SQL that turns the tables of a database into what the entities of one owner declare; empty when they are that
 * already. The database must be a scratch one that has all migrations: it loses its references on the way.
 */
export async function schemaDifference(
  databaseUrl: string,
  entities: readonly TenantEntity[],
): Promise<string> {
  const existing = await takeReferences(databaseUrl, entities[0]!.schema);
  const tables = await tableDifference(databaseUrl, entities);
  const declared = entities.flatMap((entity) => referencesOf(entity));
  const dropped = existing.filter(({ name }) => !declared.some((reference) => reference.name === name));
  const added = declared.filter(({ name }) => !existing.some((reference) => reference.name === name));
  const drops = dropped.map(({ table, name }) => `alter table ${table} drop constraint "${name}";`);
  return [...drops, tables, ...added.map(({ sql }) => sql)].filter(Boolean).join("\n");
}

// Functions, such as the clock, are written by hand.
async function tableDifference(databaseUrl: string, entities: readonly TenantEntity[]): Promise<string> {
  const orm = await MikroORM.init({
    entities: entities.map((entity) => ormEntity(entity)),
    clientUrl: databaseUrl,
    schemaGenerator: { createForeignKeyConstraints: false, ignoreRoutines: true },
  });
  try {
    const sql = await orm.schema.getUpdateSchemaSQL({ schema: entities[0]!.schema });
    return sql.replace(/^set names 'utf8';\s*/, "").trim();
  } finally {
    await orm.close(true);
  }
}

// The ORM knows no key over a column that another key needs too, and would drop ours: it never gets to see them.
async function takeReferences(
  databaseUrl: string,
  schema: string,
): Promise<{ name: string; table: string }[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; table: string }>(
      `select conname as name, format('%I.%I', nspname, relname) as table from pg_constraint
       join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = relnamespace
       where contype = 'f' and nspname = $1`,
      [schema],
    );
    await dropViews(client, schema);
    for (const { name, table } of rows) await client.query(`alter table ${table} drop constraint "${name}"`);
    return rows;
  } finally {
    await client.end();
  }
}

// Views, like functions, are written by hand.
async function dropViews(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select format('%I.%I', schemaname, viewname) as name from pg_views where schemaname = $1",
    [schema],
  );
  for (const { name } of rows) await client.query(`drop view ${name} cascade`);
}

// Checks of foreign keys pass by row-level security, so each leads with the tenant: a row can only refer to its own's.
function referencesOf(entity: TenantEntity): { name: string; sql: string }[] {
  return Object.entries(entity.references).map(([property, target]) => {
    const column = entity.columns[property]!.name;
    const name = `${entity.tableName}_${column}_reference`;
    const key = `foreign key ("tenant_id", "${column}") references ${target().table} ("tenant_id", "id")`;
    return { name, sql: `alter table ${entity.table} add constraint "${name}" ${key};` };
  });
}
