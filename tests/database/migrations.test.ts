import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "#shared/database/database.ts";
import { migrate } from "#shared/database/migrate.ts";
import { schemaDifference } from "../../migrations/schemaDifference.ts";
import { dangersOf } from "../../migrations/dangers.ts";
import { entitiesIn, ownersOfEntities } from "../../migrations/entities.ts";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import { acme, log } from "./shelves.ts";

const CLOCK = `create schema process;
  create function process.now() returns timestamptz language sql stable as 'select now()';`;
const SHELF = "create schema library; create table library.shelf (name text);";

let folder: URL;
beforeEach(() => {
  const path = mkdtempSync(join(tmpdir(), "migrations-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  folder = pathToFileURL(`${path}/`);
  write("process/0001_clock.sql", CLOCK);
  write("library/0001_shelf.sql", SHELF);
});

describe("migrating", () => {
  it("applies what is missing, in order, once", async () => {
    const test = await emptyDatabase();
    expect(await migrated(test)).toEqual(["process/0001_clock.sql", "library/0001_shelf.sql"]);
    write("library/0002_place.sql", "alter table library.shelf add place int;");
    expect(await migrated(test)).toEqual(["library/0002_place.sql"]);
    expect(await migrated(test)).toEqual([]);
    expect(await test.query("select name, place from library.shelf")).toEqual([]);
  });

  it("is done by one of several who ask at once, and found done by the others", async () => {
    const test = await emptyDatabase();
    const all = await Promise.all(Array.from({ length: 4 }, () => migrated(test)));
    expect(all.filter((applied) => applied.length > 0)).toEqual([
      ["process/0001_clock.sql", "library/0001_shelf.sql"],
    ]);
  });

  it("works for several databases of one server at once, which share their roles", async () => {
    const tests = await Promise.all(Array.from({ length: 4 }, emptyDatabase));
    const all = await Promise.all(tests.map((test) => migrated(test)));
    expect(all.map((applied) => applied.length)).toEqual([2, 2, 2, 2]);
  });

  it("lets services in with the password they were given, and at nothing but ours", async () => {
    const test = await emptyDatabase();
    await test.query("create schema elsewhere; create table elsewhere.secret (text text)");
    const library = Object.assign(new URL(test.serviceUrl), {
      username: "test_login",
      password: encodeURIComponent("p ü%@/"),
    }).href;
    await migrate({ ownerUrl: test.ownerUrl, logins: { library }, folder, log });
    const database = await openDatabase({
      url: library,
      service: "library",
      log,
      applicationName: "tests",
    });
    expect(await database.tenant(acme).sql`select name from library.shelf`).toEqual([]);
    await expect(database.tenant(acme).sql`select text from elsewhere.secret`).rejects.toThrow(
      /permission denied/,
    );
    await database.close();
    await test.query("drop owned by test_login; drop role test_login");
  });

  it("withdraws what all services were granted together before each had its own role", async () => {
    const test = await emptyDatabase();
    await test.query(`do $$ begin create role tocsin_service; exception when duplicate_object then end $$`);
    await migrated(test);
    await test.query(`grant usage on schema library, process to tocsin_service;
      grant select, insert, update, delete on all tables in schema library to tocsin_service`);
    const may = () =>
      test.query(`select has_table_privilege('tocsin_service', 'library.shelf', 'select') as reads,
        has_schema_privilege('tocsin_service', 'process', 'usage') as uses`);
    expect(await may()).toEqual([{ reads: true, uses: true }]);
    await migrated(test);
    expect(await may()).toEqual([{ reads: false, uses: false }]);
  });

  it("keeps nothing of a migration that fails, and everything of those before it", async () => {
    const test = await emptyDatabase();
    write("library/0002_broken.sql", "alter table library.shelf add place int; select 1 / 0;");
    await expect(migrated(test)).rejects.toThrow(/applying library\/0002_broken\.sql.*division by zero/);
    write("library/0002_broken.sql", "alter table library.shelf add place int;");
    expect(await migrated(test)).toEqual(["library/0002_broken.sql"]);
  });

  it("refuses a migration that was changed after it was applied", async () => {
    const test = await emptyDatabase();
    await migrated(test);
    write("library/0001_shelf.sql", `${SHELF} -- changed`);
    await expect(migrated(test)).rejects.toThrow("library/0001_shelf.sql was changed after it was applied");
  });

  it("builds an index beside running services where the file says so", async () => {
    const test = await emptyDatabase();
    write(
      "library/0002_index.sql",
      "-- no transaction\ncreate index concurrently shelf_name on library.shelf (name);",
    );
    expect(await migrated(test)).toContain("library/0002_index.sql");
  });
});

describe("entities and migrations", () => {
  it.each(ownersOfEntities())("say the same: $owner", async ({ folder: declared }) => {
    const test = await copyOfTemplate();
    expect(await schemaDifference(test.ownerUrl, await entitiesIn(declared))).toBe("");
  });

  it.each([
    ["a column", "alter table schedules.schedule drop column team_id", /add "team_id" uuid null/],
    [
      "an index",
      "drop index schedules.schedule_tenant_id_team_id_index",
      /create index "schedule_tenant_id_team_id/,
    ],
    ["a table", "drop table schedules.override", /create table "schedules"."override"/],
    [
      "a policy",
      "drop policy own_tenant on schedules.schedule",
      /create policy "own_tenant" on "schedules"."schedule"/,
    ],
    [
      "row-level security",
      "alter table schedules.schedule no force row level security",
      /force row level security/,
    ],
    [
      "a reference",
      "alter table schedules.rotation drop constraint rotation_schedule_id_reference",
      /add constraint/,
    ],
  ])("that differ in %s are told apart", async (_, change, difference) => {
    const test = await copyOfTemplate();
    await test.query(change);
    const { folder: declared } = ownersOfEntities().find(({ owner }) => owner === "schedules")!;
    expect(await schemaDifference(test.ownerUrl, await entitiesIn(declared))).toMatch(difference);
  });
});

describe("a migration", () => {
  it.each([
    ["drops a table", `drop table if exists "library"."shelf" cascade;`],
    ["drops a column", `alter table "library"."shelf"\n  drop column "name";`],
    ["renames", `alter table library.shelf rename name to title;`],
    ["takes away a policy", `drop policy "own_tenant" on "library"."shelf";`],
    ["opens a table to other tenants", `alter table library.shelf disable row level security;`],
    [
      "rewrites a table",
      `alter table "library"."shelf" alter column "name" type varchar(9) using ("name"::varchar(9));`,
    ],
    ["reads a whole table", `ALTER TABLE library.shelf\n  ALTER COLUMN name\n  SET NOT NULL;`],
    ["adds what running services do not write", `alter table "library"."shelf" add "place" int not null;`],
    ["adds it among others", `alter table "library"."shelf" add "a" int null, add column "b" text not null;`],
    ["builds an index while nobody can write", `create unique index "i" on "library"."shelf" ("name");`],
    ["checks a whole table", `alter table library.shelf add constraint c check (name <> '');`],
  ])("is dangerous when it %s, unless somebody says why it is not", (_, sql) => {
    const name = "library/0002_change.sql";
    expect(dangersOf({ name, sql: `select 1;\n\n${sql}\n` })).toMatchObject([{ name, line: 3 }]);
    const meant = `select 1;\n-- allowed: nobody reads it since 0.3, as\n-- its README says\n${sql}`;
    expect(dangersOf({ name, sql: meant })).toEqual([]);
    expect(dangersOf({ name, sql: `${meant}\n${sql}` })).toHaveLength(1);
  });

  it.each([
    [
      "makes a table of its own",
      `${SHELF}\nalter table library.shelf add constraint c check (name <> '');\ncreate index i on library.shelf (name);`,
    ],
    [
      "adds what may be missing",
      `alter table "library"."shelf" add "place" int null, add "floor" int not null default 0;`,
    ],
    ["adds what has a default first", `alter table "library"."shelf" add "floor" int default 0 not null;`],
    ["builds an index beside running services", `create index concurrently i on "library"."shelf" ("name");`],
    ["checks later", `alter table library.shelf add constraint c check (name <> '') not valid;`],
    ["speaks of danger only", `-- we will drop table library.shelf one day\nselect 1;`],
    [
      "declares a function",
      `create function f() returns void language plpgsql as $$\nbegin\n  perform 1;\nend $$;`,
    ],
  ])("is harmless when it %s", (_, sql) => {
    expect(dangersOf({ name: "library/0002_change.sql", sql })).toEqual([]);
  });
});

function write(path: string, sql: string): void {
  const file = new URL(path, folder);
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, sql);
}

async function migrated({ ownerUrl }: TestDatabase): Promise<string[]> {
  return (await migrate({ ownerUrl, logins: {}, folder, log })).applied;
}

async function emptyDatabase(): Promise<TestDatabase> {
  const test = await createEmptyDatabase();
  onTestFinished(() => test.drop());
  return test;
}

async function copyOfTemplate(): Promise<TestDatabase> {
  const test = await createTestDatabase();
  onTestFinished(() => test.drop());
  return test;
}
