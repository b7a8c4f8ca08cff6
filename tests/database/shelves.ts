import pg from "pg";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { grantAccess, prepareRoles } from "#shared/database/roles.ts";
import { schemaDifference } from "../../migrations/schemaDifference.ts";
import { createTestLog } from "../support/testLog.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";

/** A database with shelves and books in it. */
export interface Shelves {
  readonly test: TestDatabase;
  readonly database: Database;
  close(): Promise<void>;
}

/** Copies the template and puts the tables of these entities into it. */
export async function openShelves(): Promise<Shelves> {
  const test = await createTestDatabase();
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  await owner.query(await schemaDifference(test.ownerUrl, [Shelf, Book]));
  await prepareRoles(owner, ["library"], {});
  await grantAccess(owner, "library");
  await owner.query("grant tocsin_library to tocsin");
  await owner.end();
  const database = await openDatabase({ url: test.serviceUrl, log, applicationName: "tests" });
  return {
    test,
    database,
    async close() {
      await database.close();
      await test.drop();
    },
  };
}

/** Where books stand. */
export const Shelf = tenantEntity({
  name: "Shelf",
  schema: "library",
  properties: (p) => ({ name: p.text() }),
  uniques: [{ properties: ["name"] }],
});

/** What stands on a shelf; the worker role may see those of all tenants. */
export const Book = tenantEntity({
  name: "Book",
  schema: "library",
  properties: (p) => ({
    shelfId: p.uuid(),
    title: p.text(),
    pages: p.integer().nullable(),
    printedAt: p.instant().nullable(),
    marks: p.json().$type<{ words: string[] }>().nullable(),
  }),
  indexes: [{ properties: ["shelfId"] }],
  references: { shelfId: () => Shelf },
  workerMay: "select",
});

/** Inserts a shelf for the tenant. */
export function shelve(database: Database, tenantId: string, name: string): Promise<Row<typeof Shelf>> {
  return database.tenant(tenantId).transaction((tx) => tx.insert(Shelf, { name }));
}

/** Says nothing unless a test fails. */
export const log = createTestLog();

/** Two tenants. */
export const acme = "019a0000-0000-7000-8000-000000000001";
export const globex = "019a0000-0000-7000-8000-000000000002";
