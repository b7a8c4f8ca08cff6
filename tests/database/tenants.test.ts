import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "#shared/database/database.ts";
import type { Row } from "#shared/database/entity.ts";
import { acme, Book, globex, log, openShelves, Shelf, shelve, type Shelves } from "./shelves.ts";

let shelves: Shelves;
let ours: Row<typeof Shelf>;
let book: Row<typeof Book>;

beforeAll(async () => {
  shelves = await openShelves();
  ours = await shelve(shelves.database, acme, "Physics");
  book = await shelves.database
    .tenant(acme)
    .transaction((tx) => tx.insert(Book, { shelfId: ours.id, title: "Opticks" }));
  await shelve(shelves.database, globex, "Physics");
});

afterAll(() => shelves.close());

describe("the rows of a tenant", () => {
  it("are read and written by the tenant and by no other", async () => {
    await everythingIsRefusedToGlobex();
    expect(await shelves.database.tenant(acme).findOne(Shelf, { id: ours.id })).toEqual(ours);
    expect(ours.tenantId).toBe(acme);
  });

  it("are kept apart by each statement alone, should a table lack its row-level security", async () => {
    await shelves.test.query("alter table library.shelf disable row level security");
    await everythingIsRefusedToGlobex();
    expect(await shelves.database.tenant(globex).count(Shelf, {})).toBe(1);
    await shelves.test.query("alter table library.shelf enable row level security");
  });

  it("are kept apart by row-level security alone, should a statement name no tenant", async () => {
    const globexs = shelves.database.tenant(globex);
    expect(await globexs.sql`select tenant_id from library.shelf`).toEqual([{ tenant_id: globex }]);
    const rename = globexs.transaction(
      (tx) => tx.sql`update library.shelf set name = 'Taken' where id = ${ours.id} returning id`,
    );
    expect(await rename).toEqual([]);
    expect(
      await globexs.transaction((tx) => tx.sql`delete from library.shelf where id = ${ours.id} returning id`),
    ).toEqual([]);
  });

  it("cannot be planted in another tenant, nor given away", async () => {
    const acmes = shelves.database.tenant(acme);
    const planting = acmes.sql`insert into library.shelf (tenant_id, name) values (${globex}, 'Planted')`;
    await expect(planting).rejects.toThrow(/row-level security/);
    const giving = acmes.sql`update library.shelf set tenant_id = ${globex} where id = ${ours.id}`;
    await expect(giving).rejects.toThrow(/row-level security/);
  });

  it("cannot refer to another tenant's, whose ids answer like ids of nothing", async () => {
    const inserting = (shelfId: string) =>
      shelves.database.tenant(globex).transaction((tx) => tx.insert(Book, { shelfId, title: "Stolen" }));
    const answers = [await failureOf(inserting(ours.id)), await failureOf(inserting(crypto.randomUUID()))];
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ code: "23503" });
  });

  it("are not seen, and cannot be written, where no tenant is set", async () => {
    const pool = new pg.Pool({ connectionString: shelves.test.serviceUrl, max: 1 });
    try {
      expect((await pool.query("select * from library.shelf")).rows).toEqual([]);
      const planting = pool.query("insert into library.shelf (tenant_id, name) values ($1, 'Planted')", [
        acme,
      ]);
      await expect(planting).rejects.toThrow(/row-level security/);
      await pool.query("begin; select set_config('app.tenant_id', $$not a tenant$$, true)");
      await expect(pool.query("select * from library.shelf")).rejects.toThrow(/uuid/);
    } finally {
      await pool.end();
    }
  });

  it("are forgotten with the transaction, so that the next on the same connection sees its own", async () => {
    const database = await openDatabase({
      url: shelves.test.serviceUrl,
      log,
      applicationName: "tests",
      poolSize: 1,
    });
    expect(await database.tenant(acme).count(Book, {})).toBe(1);
    const looking = database.acrossTenants("test", (all) => all.sql`select id from library.shelf`);
    await expect(looking).rejects.toThrow(/permission denied/);
    expect(await database.tenant(globex).count(Book, {})).toBe(0);
    await database.close();
  });
});

describe("who looks across tenants", () => {
  it("sees the ids of the tables that say so, and cannot change them", async () => {
    const { database } = shelves;
    expect(await database.acrossTenants("test", (all) => all.sql`select id from library.book`)).toEqual([
      { id: book.id },
    ]);
    const changing = database.acrossTenants(
      "test",
      (all) => all.sql`update library.book set title = 'Taken'`,
    );
    await expect(changing).rejects.toThrow(/permission denied/);
    const reading = database.acrossTenants("test", (all) => all.sql`select title from library.book`);
    await expect(reading).rejects.toThrow(/permission denied/);
  });

  it("goes on as one tenant, with its rows only", async () => {
    const seen = await shelves.database.acrossTenants("test", async (all) => {
      const tx = all.become(globex);
      return tx.sql`select tenant_id from library.shelf union all select tenant_id from library.book`;
    });
    expect(seen).toEqual([{ tenant_id: globex }]);
  });
});

describe("a service refuses to start as", () => {
  const opening = (role: string) => {
    const url = Object.assign(new URL(shelves.test.serviceUrl), { username: role, password: "x" }).href;
    return openDatabase({ url, log, applicationName: "tests" });
  };
  const withRole = async (role: string, statements: string, work: () => Promise<void>): Promise<void> => {
    await shelves.test.query(`create role ${role} login password 'x'; grant tocsin_library to ${role}`);
    await shelves.test.query(statements);
    await work();
    await shelves.test.query(
      `reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`,
    );
  };

  it("a superuser", async () => {
    await expect(openDatabase({ url: shelves.test.ownerUrl, log, applicationName: "tests" })).rejects.toThrow(
      /is a superuser/,
    );
  });

  it("a role that bypasses row-level security", async () => {
    await withRole("test_bypasser", "alter role test_bypasser bypassrls", async () => {
      await expect(opening("test_bypasser")).rejects.toThrow(/has BYPASSRLS/);
    });
  });

  it("the owner of a table", async () => {
    await withRole("test_owner", "alter table library.book owner to test_owner", async () => {
      await expect(opening("test_owner")).rejects.toThrow(/owns tables/);
    });
  });

  it("a role that could become one of them", async () => {
    await withRole("test_member", "grant postgres to test_member with inherit false, set true", async () => {
      await expect(opening("test_member")).rejects.toThrow(/is a superuser/);
    });
  });
});

it("takes nothing for a tenant that is no id", () => {
  expect(() => shelves.database.tenant("'; drop table library.shelf; --")).toThrow(/not the id of a tenant/);
});

async function everythingIsRefusedToGlobex(): Promise<void> {
  const globexs = shelves.database.tenant(globex);
  expect(await globexs.findOne(Shelf, { id: ours.id })).toBeNull();
  expect(await globexs.find(Shelf, { $or: [{ id: ours.id }, { tenantId: acme }] })).toEqual([]);
  expect(await globexs.count(Shelf, { tenantId: acme })).toBe(0);
  await globexs.transaction(async (tx) => {
    expect(await tx.lock(Shelf, { id: ours.id })).toBeNull();
    expect(await tx.update(Shelf, { id: ours.id }, { name: "Taken" })).toBe(0);
    expect(await tx.delete(Shelf, { id: ours.id })).toBe(0);
  });
}

async function failureOf(work: Promise<unknown>): Promise<{ code: unknown; constraint: unknown }> {
  const failure = await work.then(
    () => null,
    (error: unknown) => error,
  );
  const { code, constraint } = failure as pg.DatabaseError;
  return { code, constraint };
}
