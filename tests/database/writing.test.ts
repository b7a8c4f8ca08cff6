import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { Change, NewRow, Row } from "#shared/database/entity.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { acme, Book, openShelves, Shelf, shelve, type Shelves } from "./shelves.ts";

let shelves: Shelves;
let shelf: Row<typeof Shelf>;
beforeAll(async () => {
  shelves = await openShelves();
  shelf = await shelve(shelves.database, acme, "Physics");
});
afterAll(() => shelves.close());

const write = <T>(work: (tx: TenantTransaction) => Promise<T>) =>
  shelves.database.tenant(acme).transaction(work);

describe("what is written", () => {
  it("has every column that is neither nullable nor has a default, and no other tenant", async () => {
    // @ts-expect-error a book stands on a shelf and has a title
    await expect(write((tx) => tx.insert(Book, {}))).rejects.toThrow(/null value/);
    // @ts-expect-error a title is never null
    await expect(write((tx) => tx.insert(Book, { shelfId: shelf.id, title: null }))).rejects.toThrow(
      /null value/,
    );
    // @ts-expect-error there is no such column
    expectTypeOf({ name: "x", colour: "red" } satisfies NewRow<typeof Shelf>).toBeObject();
    expectTypeOf<NewRow<typeof Book>>().not.toHaveProperty("tenantId");
    expectTypeOf<NewRow<typeof Book>>().toHaveProperty("id").toEqualTypeOf<string | undefined>();
    const { pages } = await write((tx) => tx.insert(Book, { shelfId: shelf.id, title: "Opticks" }));
    expect(pages).toBeNull();
  });

  it("has no property that no column holds: a spread brings none in unseen", async () => {
    const read = { shelfId: shelf.id, title: "Principia", colour: "red" };
    const told = "Book has no property colour";
    await expect(write((tx) => tx.insert(Book, { ...read }))).rejects.toThrow(told);
    const fine = { shelfId: shelf.id, title: "Fine" };
    await expect(write((tx) => tx.insertMany(Book, [fine, read]))).rejects.toThrow(told);
    const change = { title: "Principia Mathematica", colour: undefined };
    await expect(write((tx) => tx.update(Book, { shelfId: shelf.id }, change))).rejects.toThrow(told);
    expect(await shelves.database.tenant(acme).count(Book, { title: { $in: ["Fine", read.title] } })).toBe(0);
  });

  it("keeps its id and its tenant when it is changed", async () => {
    expectTypeOf<Change<typeof Book>>().not.toHaveProperty("id");
    expectTypeOf<Change<typeof Book>>().not.toHaveProperty("tenantId");
    // @ts-expect-error an id is for good
    await write((tx) => tx.update(Shelf, { name: "nowhere" }, { id: crypto.randomUUID() }));
    // @ts-expect-error a name is never null
    await expect(write((tx) => tx.update(Shelf, { id: shelf.id }, { name: null }))).rejects.toThrow(
      /null value/,
    );
  });

  it("is never all there is, because nobody said which", async () => {
    // @ts-expect-error which
    await expect(write((tx) => tx.delete(Shelf, {}))).rejects.toThrow(/not said/);
    // @ts-expect-error which
    await expect(write((tx) => tx.update(Shelf, {}, { name: "All" }))).rejects.toThrow(/not said/);
    // @ts-expect-error undefined is none
    await expect(write((tx) => tx.delete(Shelf, { id: undefined }))).rejects.toThrow(/not said/);
    expect(await shelves.database.tenant(acme).count(Shelf, {})).toBe(1);
    expect(await write((tx) => tx.delete(Shelf, { name: "nowhere" }))).toBe(0);
  });
});
