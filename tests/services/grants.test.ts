import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "#shared/database/database.ts";
import { createLog } from "#shared/log/log.ts";
import { services } from "../../standalone/subgraphs.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

// What a service's login can touch: its own schema, the queues and the clock that all share, and what is named here.

/** What a service reads of others: incidents compare the rows of three services, as supergraph/ledger says. */
const READ_BESIDES: Readonly<Record<string, readonly string[]>> = {
  incidents: [
    "alerts.alert",
    "alerts.alert_event",
    "escalations.escalation",
    "escalations.escalation_path",
    "escalations.escalation_transition",
    "escalations.page",
    "escalations.page_attempt",
    "escalations.page_transition",
  ],
};

let database: TestDatabase;
let tables: string[];
const clients = new Map<string, pg.Client>();

beforeAll(async () => {
  database = await createTestDatabase();
  const found = await database.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  tables = found.map(({ name }) => name);
  for (const service of services) {
    const client = new pg.Client({ connectionString: database.urlOf(service) });
    await client.connect();
    clients.set(service, client);
  }
});
afterAll(async () => {
  for (const client of clients.values()) await client.end();
  await database.drop();
});

const statements = (table: string) =>
  ({
    read: `select 1 from ${table}`,
    insert: `insert into ${table} default values`,
    update: `update ${table} set ${table.startsWith("gateway") || table.startsWith("public") ? "name = name" : "tenant_id = tenant_id"}`,
    delete: `delete from ${table}`,
    truncate: `truncate ${table}`,
  }) as const;

// As itself, in a tenant, and as the role that looks across tenants in it.
async function may(service: string, text: string, role?: string): Promise<boolean> {
  const client = clients.get(service)!;
  await client.query("begin");
  try {
    await client.query("select set_config('app.tenant_id', $1, true)", [crypto.randomUUID()]);
    if (role) await client.query(`set local role ${role}`);
    await client.query(text);
    return true;
  } catch (error) {
    // What fails for another reason, such as a column that must not be null, was allowed.
    return (error as pg.DatabaseError).code !== "42501" || /row-level security/.test(String(error));
  } finally {
    await client.query("rollback");
  }
}

async function touched(service: string, role?: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    for (const [what, text] of Object.entries(statements(table)))
      if (await may(service, text, role)) found.push(`${what} ${table}`);
  }
  return found;
}

const all = (table: string) => ["read", "insert", "update", "delete"].map((what) => `${what} ${table}`);
const below = (schema: string) => tables.filter((table) => table.startsWith(`${schema}.`));

const subgraphs = services.filter((name) => name !== "gateway");

it("keeps the gateway from looking across tenants", async () => {
  const looking = clients.get("gateway")!.query("set role tocsin_worker");
  await expect(looking).rejects.toThrow(/permission denied/);
});

describe.each(subgraphs)("a login that works, of %s", (service) => {
  it("looks across tenants at the queues, and at the ids of tenants", async () => {
    const seen = await touched(service, "tocsin_worker");
    // That a tenant has a backlog of calls, and what its idempotency keys created, is noted as the tenant.
    const own = ["process.call_backlog", "process.idempotency_key"];
    const queues = below("process").filter((table) => !own.includes(table));
    expect(seen.sort()).toEqual(["read identity.tenant", ...queues.flatMap(all)].sort());
    expect(await may(service, "select id from identity.tenant", "tocsin_worker")).toBe(true);
    expect(await may(service, "select name from identity.tenant", "tocsin_worker")).toBe(false);
  });
});

describe.each(services)("the login of %s", (service) => {
  it("touches the tables of its own, the queues, and what it is known to read", async () => {
    const queues = service === "gateway" ? [] : below("process");
    const expected = [
      ...[...below(service), ...queues].flatMap(all),
      ...(READ_BESIDES[service] ?? []).map((table) => `read ${table}`),
    ];
    expect((await touched(service)).sort()).toEqual(expected.sort());
  });

  it("takes on no other service's role", async () => {
    const client = clients.get(service)!;
    for (const other of [...services.filter((name) => name !== service), "process"])
      await expect(client.query(`set role tocsin_${other}`)).rejects.toThrow(/permission denied/);
  });
});

describe("a service refuses to start with a login that", () => {
  const log = createLog({ service: "tests", level: "silent" });
  const opening = (url: string, service: string) =>
    openDatabase({ url, service, log, applicationName: "tests" }).then((opened) => opened.close());

  it("is another's", async () => {
    const refusal = /alerts_service may act as tocsin_alerts: identity needs a role of its own/;
    await expect(opening(database.urlOf("alerts"), "identity")).rejects.toThrow(refusal);
    await opening(database.urlOf("identity"), "identity");
  });

  it("all share", async () => {
    await expect(opening(database.serviceUrl, "identity")).rejects.toThrow(
      /tocsin may act as tocsin_alerts, /,
    );
  });
});
