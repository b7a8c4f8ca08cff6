import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Row } from "#shared/database/entity.ts";
import { createLoad, loadMany, loadOne, type Load } from "#shared/loaders/loaders.ts";
import { acme, Book, globex, openShelves, Shelf, shelve, type Shelves } from "./shelves.ts";

const shelfById = loadOne({
  name: "shelfById",
  fetch: (db, ids: readonly string[]) => db.find(Shelf, { id: { $in: ids } }),
  key: (shelf: Row<typeof Shelf>) => shelf.id,
});

const booksByShelf = loadMany({
  name: "booksByShelf",
  fetch: (db, ids: readonly string[]) =>
    db.find(Book, { shelfId: { $in: ids } }, { orderBy: { title: "asc" } }),
  key: (book: Row<typeof Book>) => book.shelfId,
});

interface Place {
  shelfId: string;
  title: string;
}
const placeOf = ({ shelfId, title }: Place) => `${shelfId} ${title}`;
const bookAt = loadOne({
  name: "bookAt",
  fetch: (db, places: readonly Place[]) =>
    db.find(Book, { title: { $in: places.map(({ title }) => title) } }),
  key: placeOf,
  cacheKey: placeOf,
});

let shelves: Shelves;
let physics: Row<typeof Shelf>;
let poetry: Row<typeof Shelf>;
beforeAll(async () => {
  shelves = await openShelves();
  physics = await shelve(shelves.database, acme, "Physics");
  poetry = await shelve(shelves.database, acme, "Poetry");
  await shelves.database.tenant(acme).transaction((tx) =>
    tx.insertMany(Book, [
      { shelfId: physics.id, title: "Principia" },
      { shelfId: physics.id, title: "Opticks" },
    ]),
  );
});
afterAll(() => shelves.close());

/** What is loaded in one reading, and with how many statements beside those that begin and end it. */
async function loading<T>(
  work: (load: Load) => Promise<T>,
  tenant = acme,
): Promise<{ found: T; statements: number }> {
  const before = shelves.database.statements();
  const found = await shelves.database.tenant(tenant).reading((db) => work(createLoad(db)));
  return { found, statements: shelves.database.statements() - before - 2 };
}

describe("what is loaded in the same tick", () => {
  it("costs one statement for each loader", async () => {
    const { found, statements } = await loading((load) =>
      Promise.all([
        ...[physics, poetry, physics].map(({ id }) => load(shelfById, id)),
        ...[physics, poetry].map(({ id }) => load(booksByShelf, id)),
      ]),
    );
    expect(found.slice(0, 3)).toEqual([physics, poetry, physics]);
    expect(found.slice(3)).toMatchObject([[{ title: "Opticks" }, { title: "Principia" }], []]);
    expect(statements).toBe(2);
  });

  it("is one statement for parents that were themselves loaded", async () => {
    const { statements } = await loading((load) =>
      Promise.all(
        [physics, poetry].map(async ({ id }) => load(booksByShelf, (await load(shelfById, id))!.id)),
      ),
    );
    expect(statements).toBe(2);
  });

  it("costs one more statement for each thousand keys", async () => {
    const ids = [physics.id, ...Array.from({ length: 2_499 }, () => crypto.randomUUID())];
    const { found, statements } = await loading((load) => Promise.all(ids.map((id) => load(shelfById, id))));
    expect(found).toHaveLength(2_500);
    expect(found.filter(Boolean)).toEqual([physics]);
    expect(statements).toBe(3);
  });
});

describe("what was loaded", () => {
  it("is not loaded again in the same request, and again in the next", async () => {
    const { statements } = await loading(async (load) => {
      await load(shelfById, physics.id);
      await load(shelfById, physics.id);
    });
    expect(statements).toBe(1);
    expect((await loading((load) => load(shelfById, physics.id))).statements).toBe(1);
  });

  it("is nothing for a key that is unknown, malformed or another tenant's", async () => {
    const unknown = [crypto.randomUUID(), "x"];
    expect((await loading((load) => Promise.all(unknown.map((id) => load(shelfById, id))))).found).toEqual([
      null,
      null,
    ]);
    expect((await loading((load) => load(shelfById, physics.id), globex)).found).toBeNull();
    expect((await loading((load) => load(booksByShelf, physics.id), globex)).found).toEqual([]);
  });

  it("is found by keys that carry several things", async () => {
    const place = { shelfId: physics.id, title: "Opticks" };
    const { found, statements } = await loading((load) =>
      Promise.all([
        load(bookAt, place),
        load(bookAt, { ...place }),
        load(bookAt, { ...place, shelfId: poetry.id }),
      ]),
    );
    expect(found).toMatchObject([{ title: "Opticks" }, { title: "Opticks" }, null]);
    expect(statements).toBe(1);
  });
});

describe("a failure to load", () => {
  const failing = loadOne<string, Row<typeof Shelf>>({
    name: "failing",
    fetch: (db) => db.sql`select 1 / 0`,
    key: ({ id }) => id,
  });

  it("reaches everybody who asked", async () => {
    const outcomes = await shelves.database
      .tenant(acme)
      .reading((db) => {
        const load = createLoad(db);
        return Promise.allSettled(["a", "b"].map((id) => load(failing, id)));
      })
      .catch((error: unknown) => error);
    // The transaction knows that a statement failed, and is not taken for one that succeeded.
    expect(outcomes).toBeInstanceOf(Error);
    await expect(loading((load) => Promise.all(["a", "b"].map((id) => load(failing, id))))).rejects.toThrow(
      /zero/,
    );
  });
});
