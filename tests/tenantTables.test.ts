import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subgraphNames } from "./support/tree.ts";
import { createTestDatabase, type TestDatabase } from "./support/postgres.ts";

// Tables that belong to no tenant, and why nobody can learn of another tenant by them.
const OF_NO_TENANT = [
  "gateway.graph_version", // what is published of the graph that all tenants share
  "gateway.operation", // what clients ask for, without values: see migrations/gateway
  "gateway.operation_use", // how often, by client and day: not for whom
  "public.tocsin_migration", // what was applied to the database
];

interface Table {
  name: string;
  has_tenant: boolean;
  enabled: boolean;
  forced: boolean;
  policies: { permissive: string; using: string | null; check: string | null; roles: string[] }[];
  leading_columns: string[];
}

const tables = `
  select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as has_tenant,
    coalesce((select json_agg(json_build_object('permissive', permissive, 'using', qual, 'check', with_check, 'roles', roles))
      from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname), '[]') as policies,
    coalesce((select json_agg(a.attname) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indrelid = c.oid), '[]') as leading_columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
  order by 1`;

describe("a table", () => {
  let database: TestDatabase;
  let found: Table[];

  beforeAll(async () => {
    database = await createTestDatabase();
    found = await database.query<Table>(tables);
  });
  afterAll(() => database.drop());

  it("belongs to a tenant, or stands in the short list of those that do not", () => {
    const owners = new Set(found.map(({ name }) => name.split(".")[0]));
    expect([...owners]).toEqual(expect.arrayContaining([...subgraphNames(), "process"]));
    const without = found.filter(({ has_tenant }) => !has_tenant).map(({ name }) => name);
    expect(without).toEqual(OF_NO_TENANT);
  });

  it("of a tenant shows and takes rows of that tenant only, even to its owner", () => {
    const open = found.filter((table) => table.has_tenant && !isClosed(table));
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it("of a tenant is found by its tenant first", () => {
    const slow = found.filter(
      ({ has_tenant, leading_columns }) => has_tenant && !leading_columns.includes("tenant_id"),
    );
    expect(slow.map(({ name }) => name)).toEqual([]);
  });

  it("of a tenant refers to rows of the same tenant only: checks of foreign keys pass by row-level security", async () => {
    const loose = await database.query(`
      select con.conname from pg_constraint con
      join pg_attribute one on one.attrelid = con.conrelid and one.attnum = con.conkey[1]
      join pg_attribute other on other.attrelid = con.confrelid and other.attnum = con.confkey[1]
      where con.contype = 'f' and (one.attname <> 'tenant_id' or other.attname <> 'tenant_id')`);
    expect(loose).toEqual([]);
  });

  it("is not shown by a view to whoever could not read it", async () => {
    const views = await database.query<{ name: string; options: string[] | null }>(`
      select relname as name, reloptions as options from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where relkind in ('v', 'm') and nspname <> 'information_schema' and nspname not like 'pg\\_%'`);
    expect(views.map(({ name }) => name)).toEqual(["parked_work"]);
    expect(views.flatMap(({ options }) => options)).toEqual(["security_invoker=true"]);
  });
});

function isClosed({ enabled, forced, policies }: Table): boolean {
  const scoped = /NULLIF\(current_setting\('app\.tenant_id'::text, true\), ''::text\)/;
  const bySetting = policies.filter(
    ({ using, check }) => scoped.test(using ?? "") && scoped.test(check ?? ""),
  );
  const byRole = policies.filter(({ roles }) => roles.length === 1 && roles[0] === "tocsin_worker");
  return enabled && forced && bySetting.length > 0 && bySetting.length + byRole.length === policies.length;
}
