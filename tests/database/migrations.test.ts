import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "#shared/database/database.ts";
import { migrate, readMigrations } from "#shared/database/migrate.ts";
import { schemaDifference } from "../../migrations/schemaDifference.ts";
import { acceptedDangers } from "../../migrations/acceptedDangers.ts";
import { dangersOf } from "../../migrations/dangers.ts";
import { migrationFiles } from "../../migrations/migrationFiles.ts";
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

const FILE = "library/0002_change.sql";
const ALONE = "-- no transaction\n";
const whatIsWrong = (sql: string) => dangersOf({ name: FILE, sql }).map(({ why }) => why);
const refusals: readonly (readonly [sql: string, why: RegExp, counterpart: string])[] = [
  [
    `drop table if exists "library"."shelf" cascade`,
    /drops what/,
    "comment on table library.shelf is 'unused'",
  ],
  ["drop view library.full_shelf", /drops what/, "create or replace view library.full_shelf as select 1"],
  ["drop index library.i", /drops what/, "select 1"],
  [
    "drop function library.f()",
    /drops what/,
    "create or replace function library.f() returns int language sql as $$ select 1 $$",
  ],
  ["drop/* not */schema library", /drops what/, "create schema other"],
  ["drop owned by tocsin_library", /drops what/, "select 1"],
  [
    `drop policy "own_tenant" on "library"."shelf"`,
    /drops what/,
    "alter table library.shelf force row level security",
  ],
  [
    `alter table "library"."shelf"\n  drop column "name"`,
    /drops a column/,
    "alter table library.shelf alter name drop not null",
  ],
  ["alter table library.shelf drop name", /drops a column/, "alter table library.shelf add name text"],
  [
    "alter table library.shelf drop constraint c",
    /drops a constraint/,
    "alter table library.shelf validate constraint c",
  ],
  [
    "alter table library.shelf alter name drop default",
    /drops a default/,
    "alter table library.shelf alter name set default ''",
  ],
  ["alter table library.shelf rename name to title", /renames/, "alter table library.shelf add title text"],
  ["alter type library.kind rename value 'a' to 'b'", /renames/, "create type library.other as enum ('b')"],
  ["truncate library.shelf", /empties/, "delete from library.shelf where name = ''"],
  [
    "alter table library.shelf disable row level security",
    /other tenants/,
    "alter table library.shelf enable row level security",
  ],
  [
    "alter table library.shelf no/**/force row level security",
    /other tenants/,
    "alter table library.shelf force row level security",
  ],
  [
    `alter table "library"."shelf" alter "name" type varchar(9) using ("name"::varchar(9))`,
    /rewrites/,
    "alter table library.shelf add short varchar(9)",
  ],
  [
    "ALTER TABLE library.shelf\n  ALTER name\n  SET NOT NULL",
    /reads the whole/,
    "alter table library.shelf add constraint c check (name is not null) not valid",
  ],
  [
    `alter table library.shelf add place int not null`,
    /not null and has no default/,
    "alter table library.shelf add place int not null default 0",
  ],
  [
    `alter table library.shelf add a int null, add column "b" text not null`,
    /not null and has no default/,
    "alter table library.shelf add a int null, add b text",
  ],
  [
    "alter table library.shelf add place uuid default gen_random_uuid()",
    /value of its own/,
    "alter table library.shelf add at timestamptz not null default now()",
  ],
  [
    "alter table library.shelf add place timestamptz default clock_timestamp()",
    /value of its own/,
    "alter table library.shelf add at timestamptz default current_timestamp",
  ],
  [
    "alter table library.shelf add wide text generated always as (name || '!') stored",
    /value of its own/,
    "alter table library.shelf add wide text generated always as (name || '!') virtual",
  ],
  [
    "alter table library.shelf add place bigserial",
    /value of its own/,
    "alter table library.shelf add place bigint",
  ],
  [
    "alter table library.shelf add place int generated always as identity",
    /value of its own/,
    "alter table library.shelf add place int default 1",
  ],
  [
    "alter table library.shelf add unique (name)",
    /checks the whole/,
    "alter table library.shelf add unique using index shelf_name",
  ],
  [
    "alter table library.shelf add check (name <> '')",
    /checks the whole/,
    "alter table library.shelf add check (name <> '') not valid",
  ],
  [
    "alter table library.shelf add foreign key (place) references library.place",
    /checks the whole/,
    "alter table library.shelf add foreign key (place) references library.place not valid",
  ],
  [
    "alter table library.shelf add place int unique",
    /checks the whole/,
    "alter table library.shelf add place int",
  ],
  [
    "alter table library.shelf add place int references library.place",
    /checks the whole/,
    "alter table library.shelf add place int null",
  ],
  [
    "alter table library.shelf add constraint c check (name <> '')",
    /checks the whole/,
    "alter table library.shelf add constraint c check (name <> '') not valid",
  ],
  ["alter table library.shelf add exclude using gist (name with =)", /checks the whole/, "select 1"],
  ["alter table library.shelf owner to somebody", /AT_ChangeOwner/, "select 1"],
  [
    "create policy p on library.shelf using (true)",
    /every tenant/,
    "create policy p on library.shelf using (tenant_id = '1')",
  ],
  [
    "create policy p on library.shelf using (1 = 1) with check (tenant_id = '1')",
    /every tenant/,
    "create policy p on library.shelf to tocsin_worker using (true)",
  ],
  [
    "alter policy p on library.shelf using (tenant_id = '1')",
    /tenants apart/,
    "create policy p on library.shelf using (tenant_id = '1')",
  ],
  ["grant select on library.shelf to public", /to public/, "grant select on library.shelf to tocsin_library"],
  [
    "revoke select on library.shelf from tocsin_library",
    /takes away/,
    "revoke all on library.shelf from public",
  ],
  [
    "update library.shelf set name = ''",
    /changes every row/,
    "update library.shelf set name = '' where name is null",
  ],
  [
    "update library.shelf set name = '' where true",
    /changes every row/,
    "update library.shelf set name = '' where id = '1'",
  ],
  ["delete from library.shelf", /deletes every row/, "delete from library.shelf where id = '1'"],
  ["delete from library.shelf where 1 = 1", /deletes every row/, "delete from library.shelf where 1 = place"],
  [
    "delete from library.shelf where exists (select 1)",
    /deletes every row/,
    "delete from library.shelf where exists (select 1 from library.gone where gone.id = shelf.id)",
  ],
  [
    "delete from library.shelf where not exists (select from library.book where book.name = 'a')",
    /deletes every row/,
    "delete from library.shelf where not exists (select from library.book where book.shelf_id = shelf.id)",
  ],
  [
    "delete from library.shelf where id in (select id from library.shelf)",
    /deletes every row/,
    "delete from library.shelf where id in (select id from library.shelf where name is null)",
  ],
  [
    "delete from library.shelf where id in (select id from shelf s)",
    /deletes every row/,
    "delete from library.shelf where id in (select id from shelf s limit 1000)",
  ],
  [
    "delete from library.shelf where id = any (array(select id from library.shelf))",
    /deletes every row/,
    "delete from library.shelf where id = any (array(select id from library.shelf limit 1000))",
  ],
  [
    "with every as (select id from library.shelf) delete from library.shelf using every where every.id = shelf.id",
    /deletes every row/,
    "with few as (select id from library.shelf where name is null) delete from library.shelf using few where few.id = shelf.id",
  ],
  [
    "delete from library.shelf s using library.shelf t where t.id = s.id",
    /deletes every row/,
    "delete from library.shelf s using library.book b where b.id = s.id",
  ],
  [
    "delete from library.shelf where exists (select from library.shelf s where s.id = shelf.id)",
    /deletes every row/,
    "delete from library.shelf where exists (select from library.shelf s where s.id = shelf.id and s.name is null)",
  ],
  [
    "update library.shelf set name = '' where name = name",
    /changes every row/,
    "update library.shelf set name = '' where name = title",
  ],
  [
    "update library.shelf set name = '' where name = shelf.name",
    /changes every row/,
    "update library.shelf set name = '' where lower(name) = 'a'",
  ],
  [
    "update library.shelf set name = '' where name is null or name is not null",
    /changes every row/,
    "update library.shelf set name = '' where name is null or name = 'a'",
  ],
  [
    "update library.shelf set name = '' where is_full or not is_full",
    /changes every row/,
    "update library.shelf set name = '' where not is_full",
  ],
  [
    "update library.shelf set name = '' where name = 'a' or true",
    /changes every row/,
    "update library.shelf set name = '' where name = 'a' and true",
  ],
  [
    "update library.shelf set name = '' where name like '%'",
    /changes every row/,
    "update library.shelf set name = '' where name like 'a%'",
  ],
  [
    "update library.shelf set name = '' where length(name) >= 0",
    /changes every row/,
    "update library.shelf set name = '' where place between 1 and 3",
  ],
  [
    "update library.shelf set name = '' where made_at < now()",
    /changes every row/,
    "update library.shelf set name = '' where made_at < now() - interval '1 year'",
  ],
  [
    "merge into library.shelf using library.book on true when matched then delete",
    /every row/,
    "update library.shelf set name = b.name from library.book b where b.shelf_id = shelf.id",
  ],
  [
    "delete from pg_catalog.pg_constraint where conname = 'c'",
    /own catalog/,
    "select conname from pg_constraint",
  ],
  ["set role postgres", /sets role/, "set local lock_timeout = '2s'"],
  ["set local role postgres", /sets role/, "set statement_timeout to '1min'"],
  ["reset role", /sets role/, "reset lock_timeout"],
  ["set session authorization postgres", /sets session_authorization/, "set maintenance_work_mem = '1GB'"],
  ["set local row_security = off", /sets row_security/, "set local work_mem = '64MB'"],
  ["reset all", /sets more/, "select 1"],
  ["set session_replication_role = replica", /sets session_replication_role/, "select 1"],
  ["select set_config('role', 'postgres', true)", /calls set_config/, "select current_setting('role')"],
  [
    "select pg_terminate_backend(pid) from pg_stat_activity",
    /calls pg_terminate_backend/,
    "select count(*) from pg_stat_activity",
  ],
  ["select pg_catalog.pg_sleep(60)", /calls pg_sleep/, "select pg_catalog.now()"],
  ["select pg_read_file('/etc/passwd')", /calls pg_read_file/, "select md5('a')"],
  [
    "select query_to_xml('drop table library.shelf', true, true, '')",
    /calls query_to_xml/,
    "select to_jsonb(1)",
  ],
  [
    "insert into library.shelf values (setval('library.s', 1))",
    /calls setval/,
    "insert into library.shelf values ('a')",
  ],
  [
    "create view library.v as select library.gone()",
    /calls library.gone/,
    "create view library.v as select process.now()",
  ],
  [
    "create function library.f() returns void language sql as $$ drop table library.shelf $$; select library.f()",
    /has a body that drops what/,
    "create function library.f() returns int language sql as $$ select 1 $$; select library.f()",
  ],
  [
    "create function library.f() returns void language plpgsql as $$ begin if true then drop table library.shelf; end if; end $$",
    /has a body that drops what/,
    "create function library.f() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$",
  ],
  [
    "create function library.f() returns void language plpgsql as $$ begin delete from library.shelf; end $$",
    /has a body that deletes every row/,
    "create function library.f() returns void language plpgsql as $$ begin delete from library.shelf where name is null; end $$",
  ],
  [
    "create function library.f() returns void language plpgsql as $$ declare a int := pg_backend_pid(); begin end $$",
    /has a body that calls pg_backend_pid/,
    "create function library.f() returns void language plpgsql as $$ declare a int := length('a'); begin end $$",
  ],
  [
    "create function library.f() returns void language plpgsql as $$ begin execute 'drop table library.shelf'; end $$",
    /runs text that is not looked into/,
    "create function library.f() returns void language plpgsql as $$ begin raise notice 'drop table'; end $$",
  ],
  [
    "create function library.f() returns setof int language plpgsql as $$ begin return query execute 'select 1'; end $$",
    /runs text that is not looked into/,
    "create function library.f() returns setof int language plpgsql as $$ begin return query select 1; end $$",
  ],
  [
    "create procedure library.f() begin atomic delete from library.shelf; end",
    /has a body that deletes every row/,
    "create procedure library.f() begin atomic delete from library.shelf where id = '1'; end",
  ],
  [
    "create function library.f() returns int return pg_backend_pid()",
    /calls pg_backend_pid/,
    "create function library.f() returns int return length('a')",
  ],
  [
    "create function library.f() returns void language plpython3u as $$ drop() $$",
    /not looked into/,
    "create function library.f() returns int language sql as $$ select 1 $$",
  ],
  [
    "create function library.f() returns int language internal as 'pg_backend_pid'",
    /not looked into/,
    "create function library.f() returns int as $$ select 1 $$ language sql",
  ],
  [
    "create function library.f() returns int language sql as $$ drop tabel $$",
    /does not understand/,
    "create function library.f() returns int language sql as $$ select 1 $$",
  ],
  [
    "create function library.f() returns int language sql security definer as $$ select 1 $$",
    /set its search_path/,
    "create function library.f() returns int language sql security definer set search_path = library as $$ select 1 $$",
  ],
  [
    "with gone as (delete from library.shelf returning *) select * from gone",
    /deletes every row/,
    "with gone as (delete from library.shelf where id = '1' returning *) select * from gone",
  ],
  ["lock table library.shelf", /locks a whole table/, "select 1"],
  ["vacuum full library.shelf", /rewrites a whole table/, "vacuum analyze library.shelf"],
  ["cluster library.shelf using i", /rewrites a whole table/, "analyze library.shelf"],
  [
    `create unique index "i" on "library"."shelf" ("name")`,
    /nobody can write/,
    `${ALONE}create unique index concurrently i on library.shelf (name)`,
  ],
  [
    "create index concurrently i on library.shelf (name)",
    /a file of its own/,
    `${ALONE}create index concurrently i on library.shelf (name)`,
  ],
  ["create trigger t before update on library.shelf execute function f()", /locks a table/, "select 1"],
  ["do $$ begin delete from library.shelf; end $$", /not looked into/, "select 1"],
  ["commit", /transaction/, "select 1"],
  ["reindex table library.shelf", /ReindexStmt/, "select 1"],
];

describe("a migration", () => {
  it.each(refusals)("is refused with line and reason unless it is allowed: %s", (sql, why, counterpart) => {
    const found = dangersOf({ name: FILE, sql: `select 'é';\n\n${sql};\n` });
    expect(found).toEqual([{ name: FILE, line: 3, why: expect.stringMatching(why) as string }]);
    const meant = `select 1;\n-- allowed: nobody reads it since 0.3, as\n-- its README says\n${sql};`;
    expect(whatIsWrong(meant)).toEqual([]);
    expect(whatIsWrong(`${meant}\n${sql};`)).toHaveLength(1);
    expect(whatIsWrong(`select 1; -- allowed: of what is before\n${sql};`)).toHaveLength(1);
    expect(whatIsWrong(`${counterpart};`)).toEqual([]);
  });

  it.each([
    [
      "makes a table of its own",
      `${SHELF}\nalter table library.shelf add constraint c check (name <> ''), add place bigserial;\ncreate index i on library.shelf (name);\nupdate library.shelf set name = '';`,
    ],
    [
      "speaks of danger only",
      `-- we will drop table library.shelf one day\nselect 'drop table library.shelf';`,
    ],
    [
      "declares a function",
      `create function f() returns void language plpgsql as $$\nbegin\n  -- drop table library.shelf\n  delete from library.shelf where name = 'drop table';\nend $$;`,
    ],
  ])("is harmless when it %s", (_, sql) => {
    expect(whatIsWrong(sql)).toEqual([]);
  });

  it("opens nothing to other tenants, not even a table of its own", () => {
    expect(whatIsWrong(`${SHELF}\nalter table library.shelf disable row level security;`)).toHaveLength(1);
  });

  it("that PostgreSQL would not understand is refused with its line", () => {
    expect(() => whatIsWrong("select 1;\n\ndrop tabel library.shelf;")).toThrow(
      `${FILE}:3: syntax error at or near "tabel"`,
    );
  });

  it("that was applied before is as harmless as it was found to be then", () => {
    const found = readMigrations(new URL("../../migrations/", import.meta.url)).flatMap(dangersOf);
    expect(found.map(({ name, line }) => `${name}:${line}`)).toEqual([...acceptedDangers.keys()]);
  });

  it("that adds indexes to tables that are there is written as a file for each of them", () => {
    const files = migrationFiles(
      `alter table "library"."shelf" add "place" int null;\ncreate index "i" on "library"."shelf" ("place");\n` +
        `create table "library"."book" ("id" uuid);\ncreate index "k" on "library"."book" ("id");\n` +
        `create unique index "j" on "library"."shelf" ("name");`,
      "places",
      7,
    );
    expect(files).toEqual([
      {
        file: "0007_places.sql",
        text: `alter table "library"."shelf" add "place" int null;\ncreate table "library"."book" ("id" uuid);\ncreate index "k" on "library"."book" ("id");\n`,
      },
      {
        file: "0008_places_index.sql",
        text: `${ALONE}create index concurrently "i" on "library"."shelf" ("place");\n`,
      },
      {
        file: "0009_places_index_2.sql",
        text: `${ALONE}create unique index concurrently "j" on "library"."shelf" ("name");\n`,
      },
    ]);
    for (const { file, text } of files) expect(dangersOf({ name: `library/${file}`, sql: text })).toEqual([]);
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
