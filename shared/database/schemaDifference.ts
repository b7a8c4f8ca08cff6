import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import type { TenantEntity } from "./entity.ts";

/**
 * The SQL that turns the tables of a database into what the entities of one owner declare; empty when they are that
 * already. The database should have all migrations, and nothing else.
 */
export async function schemaDifference(databaseUrl: string, entities: readonly TenantEntity[]): Promise<string> {
  const tables = await tableDifference(databaseUrl, entities);
  const references = await missingReferences(databaseUrl, entities);
  return [tables, ...references].filter(Boolean).join("\n");
}

async function tableDifference(databaseUrl: string, entities: readonly TenantEntity[]): Promise<string> {
  const orm = await MikroORM.init({
    entities: entities.map((entity) => entity.orm),
    clientUrl: databaseUrl,
    // References lead with the tenant and are told apart by us: the ORM knows no key over a column it also needs elsewhere.
    schemaGenerator: { createForeignKeyConstraints: false },
    // Only a schema's owner speaks of it.
    schema: entities[0]!.schema,
  });
  try {
    const sql = await orm.schema.getUpdateSchemaSQL({ schema: entities[0]!.schema });
    return sql.replace(/^set names 'utf8';\s*/, "").trim();
  } finally {
    await orm.close(true);
  }
}

async function missingReferences(databaseUrl: string, entities: readonly TenantEntity[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>("select conname as name from pg_constraint where contype = 'f'");
    const known = new Set(rows.map((row) => row.name));
    return entities.flatMap((entity) => referencesOf(entity)).flatMap(({ name, sql }) => (known.has(name) ? [] : [sql]));
  } finally {
    await client.end();
  }
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
