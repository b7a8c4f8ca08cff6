import { parseArgs } from "node:util";
import pg from "pg";
import { z } from "zod";
import { breaksOfTenant, invariants, type Break } from "#supergraph/ledger/ledger.ts";
import { CannotRun, runCommand, type Writing } from "../schema/cannotRun.ts";

/**
 * `npm run ledger:check [-- --tenant <id>]`: whether everything that was accepted leads to whom it concerns, in the database of
 * DATABASE_OWNER_URL, or else DATABASE_URL, for all tenants or one. Prints every break with its ids; the exit code is 1 when there
 * is one, and 2 when it cannot be told. Only reads, and may run while the product does.
 */
export async function check(args: readonly string[], { out }: Writing): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { tenant: { type: "string" } } });
  const { tenant } = values;
  if (tenant && !z.uuid().safeParse(tenant).success) throw new CannotRun(`${tenant} is no tenant's id`);
  const url = process.env["DATABASE_OWNER_URL"] || process.env["DATABASE_URL"];
  if (!url) throw new CannotRun("DATABASE_OWNER_URL or DATABASE_URL has to say where the database is");
  const { breaks, counts } = await readLedger(url, tenant);
  out(breaks.length ? printBreaks(breaks) : `${counts}: no breaks.\n`);
  return breaks.length ? 1 : 0;
}

/** What the ledger of a database says: every break, and how much was looked at. Throws CannotRun without a database to read. */
export async function readLedger(url: string, tenant?: string): Promise<{ breaks: Break[]; counts: string }> {
  const client = new pg.Client({ connectionString: url, application_name: "tocsin ledger" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const tenants = tenant ? [tenant] : await tenantsOf(client);
    const breaks: Break[] = [];
    const totals = new Map(COUNTED.map((table) => [table, 0]));
    for (const tenantId of tenants) {
      await client.query("begin isolation level repeatable read read only");
      await client.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
      const { rows } = await client.query<Break>(breaksOfTenant.join("$1"), [tenantId]);
      breaks.push(...rows);
      for (const [table, count] of await countsOf(client, tenantId))
        totals.set(table, totals.get(table)! + count);
      await client.query("commit");
    }
    return { breaks, counts: [...totals].map(([table, count]) => printCount(table, count)).join(", ") };
  } catch (error) {
    throw new CannotRun(`The database cannot be read: ${(error as Error).message}`);
  } finally {
    await client.end();
  }
}

/** The breaks by invariant, each with what was promised. */
export function printBreaks(breaks: readonly Break[]): string {
  const byName = Map.groupBy(breaks, ({ invariant }) => invariant);
  const texts = [...byName].map(([name, broken]) => {
    const promise = invariants.find((invariant) => invariant.name === name)?.promise ?? "";
    const lines = broken.map(({ about }) => `  ${printed(about)}`);
    return [`${name}: ${promise}`, ...lines].join("\n");
  });
  return `${texts.join("\n")}\n${breaks.length} ${breaks.length === 1 ? "break" : "breaks"}.\n`;
}

function printed(about: Break["about"]): string {
  return Object.entries(about)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
}

// The role that looks across tenants may read who there is, and nothing else of them.
async function tenantsOf(client: pg.Client): Promise<string[]> {
  await client.query("begin; set local role tocsin_worker");
  const { rows } = await client.query<{ id: string }>("select id from identity.tenant order by id");
  await client.query("commit");
  return rows.map(({ id }) => id);
}

const COUNTED = ["alerts.alert", "incidents.incident", "escalations.escalation", "escalations.page"] as const;

async function countsOf(client: pg.Client, tenantId: string): Promise<[(typeof COUNTED)[number], number][]> {
  const selects = COUNTED.map(
    (table) => `(select count(*)::int from ${table} where tenant_id = $1) as "${table}"`,
  );
  const { rows } = await client.query<Record<string, number>>(`select ${selects.join(", ")}`, [tenantId]);
  return COUNTED.map((table) => [table, rows[0]![table]!]);
}

function printCount(table: string, count: number): string {
  const noun = table.split(".")[1]!;
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

if (import.meta.main) process.exitCode = await runCommand(check);
