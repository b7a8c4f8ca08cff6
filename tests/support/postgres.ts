import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A database of its own for a test file, copied from the migrated template. */
export interface TestDatabase {
  /** May do everything: for looking past row-level security, and for moving the clock. */
  readonly ownerUrl: string;
  /** What a service connects with. */
  urlOf(service: string): string;
  /** A login that may what all services may, for tests of what they share. */
  readonly serviceUrl: string;
  /** Moves the database's clock; times add up. */
  moveClock(by: Temporal.DurationLike): Promise<void>;
  /** Runs a statement as the owner, who is confined to no tenant. */
  query<Result extends object>(text: string, values?: unknown[]): Promise<Result[]>;
  drop(): Promise<void>;
}

/** Copies the template; takes about 50 ms. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyOf(new URL(inject("cluster").ownerUrl).pathname.slice(1));
}

/** A database with nothing in it, for what must begin at the beginning. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return copyOf("template0");
}

async function copyOf(template: string): Promise<TestDatabase> {
  const cluster = inject("cluster");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = new URL(cluster.ownerUrl);
  admin.pathname = "/postgres";
  await run(admin.href, `create database ${name} template ${template} strategy file_copy`);
  const ownerUrl = named(cluster.ownerUrl, name);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  owner.on("error", () => undefined);
  let ahead = Temporal.Duration.from({ seconds: 0 });
  return {
    ownerUrl,
    urlOf: (service) => named(cluster.logins[service]!, name),
    serviceUrl: named(cluster.serviceUrl, name),
    async moveClock(by) {
      ahead = ahead.add(by);
      const body = `select now() + interval '${ahead.total("seconds")} seconds'`;
      await owner.query(
        `create or replace function process.now() returns timestamptz (6) language sql stable parallel safe as $$${body}$$`,
      );
    },
    async query<Result extends object>(text: string, values: unknown[] = []) {
      return (await owner.query(text, values)).rows as Result[];
    },
    async drop() {
      await owner.end();
      await run(admin.href, `drop database ${name} with (force)`);
    },
  };
}

function named(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

async function run(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
