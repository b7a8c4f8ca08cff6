import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { acme, openShelves, Shelf, type Shelves } from "./shelves.ts";

let shelves: Shelves;
beforeAll(async () => {
  shelves = await openShelves();
});
afterAll(() => shelves.close());
beforeEach(() => shelves.test.query("delete from library.shelf"));

const acmes = () => shelves.database.tenant(acme);
const put = (tx: TenantTransaction, name: string) => tx.insert(Shelf, { name });
const names = async () =>
  (await acmes().find(Shelf, {}, { orderBy: { name: "asc" } })).map(({ name }) => name);

describe("a transaction", () => {
  it("keeps all of its work, that of transactions within it too", async () => {
    await acmes().transaction(async (tx) => {
      await put(tx, "outer");
      await tx.transaction((inner) => put(inner, "inner"));
    });
    expect(await names()).toEqual(["inner", "outer"]);
  });

  it("keeps nothing when any of it fails", async () => {
    const failing = acmes().transaction(async (tx) => {
      await tx.transaction((inner) => put(inner, "inner"));
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await names()).toEqual([]);
  });

  it("is no success when a statement had failed, even if its work did not mind", async () => {
    const careless = acmes().transaction(async (tx) => {
      await put(tx, "kept?");
      await tx.sql`select 1 / 0`.catch(() => undefined);
    });
    await expect(careless).rejects.toThrow("nothing of it was kept");
    expect(await names()).toEqual([]);
  });

  it("is over when its work is done: what was not waited for is refused", async () => {
    let kept: TenantTransaction | undefined;
    await acmes().transaction(async (tx) => void (kept = tx));
    await expect(put(kept!, "late")).rejects.toThrow("This transaction is over");
  });

  it("does after its commit what it was asked to, and nothing when it fails", async () => {
    const done: string[] = [];
    await acmes().transaction(async (tx) => {
      tx.afterCommit(() => done.push("committed"));
      expect(done).toEqual([]);
    });
    const failing = acmes().transaction(async (tx) => {
      tx.afterCommit(() => done.push("failed"));
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow();
    expect(done).toEqual(["committed"]);
  });

  it("stays committed when what follows fails", async () => {
    await acmes().transaction(async (tx) => {
      tx.afterCommit(() => {
        throw new Error("nobody listens");
      });
      await put(tx, "kept");
    });
    expect(await names()).toEqual(["kept"]);
  });

  it("fails when its connection is lost, and the next one works", async () => {
    const cut = acmes().transaction(async (tx) => {
      await put(tx, "lost");
      const [own] = await tx.sql<{ pid: number }>`select pg_backend_pid() as pid`;
      await shelves.test.query("select pg_terminate_backend($1)", [own!.pid]);
      await put(tx, "lost too");
    });
    await expect(cut).rejects.toThrow();
    await acmes().transaction((tx) => put(tx, "kept"));
    expect(await names()).toEqual(["kept"]);
  });

  it("has others wait for the row it locks", async () => {
    const shelf = await acmes().transaction((tx) => put(tx, "0"));
    const count = () =>
      acmes().transaction(async (tx) => {
        const locked = await tx.lock(Shelf, { id: shelf.id });
        await tx.update(Shelf, { id: shelf.id }, { name: String(Number(locked!.name) + 1) });
      });
    await Promise.all(Array.from({ length: 8 }, count));
    expect(await names()).toEqual(["8"]);
  });

  it("has others wait for what it takes turns about, where there is no row yet", async () => {
    const putOnce = () =>
      acmes().transaction(async (tx) => {
        lockByName(tx, "the only shelf");
        if ((await tx.count(Shelf, {})) === 0) await put(tx, "the only one");
      });
    await Promise.all(Array.from({ length: 8 }, putOnce));
    expect(await names()).toEqual(["the only one"]);
  });
});

describe("reading", () => {
  it("refuses to write", async () => {
    const writing = acmes().reading(
      (db) => db.sql`insert into library.shelf (tenant_id, name) values (${acme}, 'x')`,
    );
    await expect(writing).rejects.toThrow(/read-only/);
  });

  it("lets several read at once on its one connection, at the same moment of its clock", async () => {
    await acmes().transaction((tx) => put(tx, "one"));
    const before = shelves.database.statements();
    const [found, counted, now] = await acmes().reading(async (db) => {
      const [first, second] = await Promise.all([db.find(Shelf, {}), db.count(Shelf, {})]);
      expect((await db.now()).equals(await db.now())).toBe(true);
      return [first, second, await db.now()] as const;
    });
    expect([found.length, counted, now instanceof Temporal.Instant]).toEqual([1, 1, true]);
    // One that begins, sets the tenant and reads the clock; two that read; the commit.
    expect(shelves.database.statements() - before).toBe(4);
  });
});

it("goes by a clock that tests move", async () => {
  const before = await acmes().now();
  await shelves.test.moveClock({ hours: 3 });
  expect(before.until(await acmes().now()).total("hours")).toBeGreaterThanOrEqual(3);
  await shelves.test.moveClock({ hours: -3 });
});
