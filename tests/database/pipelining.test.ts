import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, type Database } from "#shared/database/database.ts";
import { fragment } from "#shared/database/fragment.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { createTestLog } from "../support/testLog.ts";
import { acme, globex, openShelves, Shelf, type Shelves } from "./shelves.ts";

let shelves: Shelves;
let database: Database;
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

beforeAll(async () => {
  shelves = await openShelves();
  const log = createTestLog();
  // All that is asked is asked on the same connection.
  database = await openDatabase({
    url: shelves.test.serviceUrl,
    log,
    applicationName: "pipelining",
    poolSize: 1,
  });
  process.on("unhandledRejection", note);
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await database.close();
  await shelves.close();
});
beforeEach(() => shelves.test.query("delete from library.shelf"));

const acmes = () => database.tenant(acme);
const names = async () =>
  (await acmes().find(Shelf, {}, { orderBy: { name: "asc" } })).map(({ name }) => name);
const put = (tx: TenantTransaction, name: string) => tx.insert(Shelf, { name });
const divide = (tx: TenantTransaction) => tx.sql`select 1 / 0`;

async function roundTrips(work: () => Promise<unknown>): Promise<number> {
  // What was read before may still be committing.
  await acmes().transaction(async (tx) => tx.now());
  const before = database.roundTrips();
  await work();
  return database.roundTrips() - before;
}

describe("what does not wait for an answer", () => {
  it("is sent together: how a transaction begins with its first statement, and all of it where it has only one", async () => {
    expect(await roundTrips(() => acmes().find(Shelf, {}))).toBe(1);
    expect(await roundTrips(() => acmes().sql`select 1`)).toBe(1);
    const two = (tx: TenantTransaction) => put(tx, "one").then(() => put(tx, "two"));
    // Each insert, and the commit.
    expect(await roundTrips(() => acmes().transaction(two))).toBe(3);
    expect(await names()).toEqual(["one", "two"]);
  });

  it("is sent together where a transaction asks for several things at once, and is done in that order", async () => {
    const together = (tx: TenantTransaction) =>
      Promise.all([put(tx, "one"), tx.update(Shelf, { name: "one" }, { name: "two" }), tx.find(Shelf, {})]);
    expect(await roundTrips(() => acmes().transaction(together))).toBe(2);
    expect(await names()).toEqual(["two"]);
    expect(
      await roundTrips(() =>
        acmes().transaction(async (tx) => {
          tx.unanswered(fragment`insert into library.shelf (tenant_id, name) values (${acme}, ${"three"})`);
          tx.unanswered(fragment`update library.shelf set name = ${"four"} where name = ${"three"}`);
        }),
      ),
    ).toBe(1);
    expect(await names()).toEqual(["four", "two"]);
  });

  it("is sent together with what becomes one tenant's, and where a savepoint begins and ends", async () => {
    const all = () =>
      database.acrossTenants("test", async ({ sql, become }) => {
        await sql`select 1`;
        const tx = become(acme);
        await tx.savepoint((piece) => put(piece, "one"));
        await tx.savepoint((piece) => put(piece, "two"));
      });
    // The look, each savepoint, the commit.
    expect(await roundTrips(all)).toBe(4);
    expect(await names()).toEqual(["one", "two"]);
  });

  it("is waited for by nobody when it is the commit of what was only read", async () => {
    expect(await roundTrips(() => acmes().reading((db) => db.find(Shelf, {})))).toBe(1);
    await expect(
      acmes().reading(async (db) => {
        await db.sql`select 1 / 0`.catch(() => {});
      }),
    ).rejects.toThrow("nothing of it was kept");
  });
});

describe("of several statements that are on their way", () => {
  it("the first that fails is what all hear that were not done because of it", async () => {
    const heard: unknown[] = [];
    const failing = acmes().transaction(async (tx) => {
      const asked = [put(tx, "one"), divide(tx), put(tx, "two"), tx.find(Shelf, {})];
      for (const one of await Promise.allSettled<unknown>(asked)) {
        heard.push(one.status === "rejected" ? (one.reason as { code: string }).code : "done");
      }
      await put(tx, "three");
    });
    await expect(failing).rejects.toMatchObject({ code: "22012" });
    expect(heard).toEqual(["done", "22012", "22012", "22012"]);
    expect(await names()).toEqual([]);
  });

  it("one that fails and that nobody waits for fails the transaction with its error, however the work ends", async () => {
    const divideUnheard = async (tx: TenantTransaction) => {
      await put(tx, "one");
      tx.unanswered(fragment`select 1 / 0`);
    };
    await expect(acmes().transaction(divideUnheard)).rejects.toMatchObject({ code: "22012" });
    const goingOn = acmes().transaction((tx) => divideUnheard(tx).then(() => put(tx, "two")));
    await expect(goingOn).rejects.toMatchObject({ code: "22012" });
    expect(await names()).toEqual([]);
  });

  it("one that fails in a savepoint fails nothing outside of it, whether or not it is waited for", async () => {
    await acmes().transaction(async (tx) => {
      await put(tx, "one");
      const unheard = tx.savepoint(async (piece) => {
        piece.unanswered(fragment`select 1 / 0`);
        piece.unanswered(fragment`insert into library.shelf (tenant_id, name) values (${acme}, 'never')`);
      });
      await expect(unheard).rejects.toMatchObject({ code: "22012" });
      const together = tx.savepoint((piece) => Promise.all([put(piece, "never"), divide(piece)]));
      await expect(together).rejects.toMatchObject({ code: "22012" });
      await put(tx, "two");
    });
    expect(await names()).toEqual(["one", "two"]);
  });

  it("none is done for another tenant, nor without one, when how it began fails", async () => {
    await database.tenant(globex).transaction((tx) => put(tx, "theirs"));
    const seen = database.acrossTenants("test", async ({ become }) => {
      const tx = become(acme);
      tx.unanswered(fragment`select set_config('app.tenant_id', 'nobody', true), 1 / 0`);
      return tx.sql`select name from library.shelf`;
    });
    await expect(seen).rejects.toMatchObject({ code: "22012" });
    expect(await names()).toEqual([]);
  });

  it("each fails when the connection is lost, and the next transaction works", async () => {
    const heard: string[] = [];
    const cut = acmes().transaction(async (tx) => {
      tx.unanswered(fragment`insert into library.shelf (tenant_id, name) values (${acme}, 'lost')`);
      const [own] = await tx.sql<{ pid: number }>`select pg_backend_pid() as pid`;
      const asked = Promise.allSettled<unknown>([
        tx.sql`select pg_sleep(10)`,
        put(tx, "lost"),
        tx.find(Shelf, {}),
      ]);
      tx.unanswered(fragment`select 1`);
      await shelves.test.query("select pg_terminate_backend($1)", [own!.pid]);
      for (const { status } of await asked) heard.push(status);
    });
    await expect(cut).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(heard).toEqual(["rejected", "rejected", "rejected"]);
    await acmes().transaction((tx) => put(tx, "kept"));
    expect(await names()).toEqual(["kept"]);
  });

  it("one that cannot be parsed is not taken for prepared", async () => {
    const look = (tx: TenantTransaction) => tx.sql`select name from library.not_yet where 1 = ${1}`;
    const twice = (tx: TenantTransaction) => Promise.all([look(tx), look(tx)]);
    await expect(acmes().transaction(twice)).rejects.toMatchObject({ code: "42P01" });
    // Sent in a transaction that had failed, it was not parsed either.
    const after = (tx: TenantTransaction) => Promise.all([divide(tx), look(tx), look(tx)]);
    await expect(acmes().transaction(after)).rejects.toMatchObject({ code: "22012" });
    await shelves.test.query("create table library.not_yet (name text)");
    await shelves.test.query("grant select on library.not_yet to public");
    expect(await acmes().transaction(twice)).toEqual([[], []]);
  });

  it("none goes on after the deadline, and what comes next on the connection is not cancelled with it", async () => {
    // Each by itself would be done in time.
    const patience = { deadline: Date.now() + 500 };
    const slow = database
      .tenant(acme, patience)
      .reading((db) => Promise.all(Array.from({ length: 20 }, () => db.sql`select pg_sleep(0.4)`)));
    await expect(slow).rejects.toMatchObject({ code: "57014" });
    for (let nth = 0; nth < 20; nth++) await acmes().transaction((tx) => tx.sql`select ${nth}::int`);
  });

  it("each answer is counted once by whoever bounds how much is brought", async () => {
    const brought: number[] = [];
    const counting = { deadline: Date.now() + 10_000, brought: (bytes: number) => void brought.push(bytes) };
    const large = (db: { sql: TenantTransaction["sql"] }) => db.sql`select repeat('x', 100000) as text`;
    await database.tenant(acme, counting).reading((db) => Promise.all([large(db), large(db), large(db)]));
    const sum = brought.reduce((one, other) => one + other, 0);
    expect(sum).toBeGreaterThan(300_000);
    expect(sum).toBeLessThan(310_000);
  });

  it("none fails that nobody hears of", async () => {
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  });
});
