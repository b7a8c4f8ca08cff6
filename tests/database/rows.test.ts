import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Row } from "#shared/database/entity.ts";
import { containing, type Where } from "#shared/database/where.ts";
import { acme, Book, globex, openShelves, Shelf, shelve, type Shelves } from "./shelves.ts";

let shelves: Shelves;
let shelf: Row<typeof Shelf>;

beforeAll(async () => {
  shelves = await openShelves();
  shelf = await shelve(shelves.database, acme, "Physics");
});

afterAll(() => shelves.close());

const acmes = () => shelves.database.tenant(acme);
const insert = (row: Partial<Row<typeof Book>>) =>
  acmes().transaction((tx) => tx.insert(Book, { shelfId: shelf.id, title: "Opticks", ...row }));

describe("a row", () => {
  it("comes back as a plain object of what was written, with the defaults of what was not", async () => {
    const marks = { words: ["light", 'a "quote"', "ü"] };
    const book = await insert({ title: "Opticks", marks });
    expect(book).toEqual({
      tenantId: acme,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as string,
      shelfId: shelf.id,
      title: "Opticks",
      pages: null,
      printedAt: null,
      marks,
    });
    expect(Object.getPrototypeOf(book)).toBe(Object.prototype);
    expect(await acmes().findOne(Book, { id: book.id })).toEqual(book);
  });

  it("keeps the microseconds of a moment, wherever it passes through", async () => {
    const printedAt = Temporal.Instant.from("1704-02-16T09:00:00.123456Z");
    const book = await insert({ printedAt });
    expect(book.printedAt?.epochNanoseconds).toBe(printedAt.epochNanoseconds);
    const found = await acmes().findOne(Book, { printedAt });
    expect(found?.printedAt?.epochNanoseconds).toBe(printedAt.epochNanoseconds);
    const [written] = await acmes().sql<{ printed_at: Temporal.Instant }>`
      select printed_at from library.book where printed_at = ${printedAt} and printed_at = any (${[printedAt]})`;
    expect(written?.printed_at.toString()).toBe("1704-02-16T09:00:00.123456Z");
  });

  it("of thousands that are inserted at once stands at its place", async () => {
    const titles = Array.from({ length: 12_000 }, (_, index) => `Volume ${index}`);
    const books = await shelves.database.tenant(globex).transaction(async (tx) => {
      const { id: shelfId } = await tx.insert(Shelf, { name: "Many" });
      return tx.insertMany(
        Book,
        titles.map((title, pages) => ({ shelfId, title, pages })),
      );
    });
    expect(books.map(({ title }) => title)).toEqual(titles);
    expect(await shelves.database.tenant(globex).count(Book, { pages: { $gte: 6_000 } })).toBe(6_000);
  });
});

describe("what is looked for", () => {
  let looked: Row<typeof Shelf>;
  let named: Record<"thin" | "thick" | "uncounted", string>;
  beforeAll(async () => {
    looked = await shelve(shelves.database, acme, "Looked through");
    const idOf = async (row: Partial<Row<typeof Book>>) => (await insert({ shelfId: looked.id, ...row })).id;
    named = {
      thin: await idOf({ title: "Thin 100%", pages: 10 }),
      thick: await idOf({ title: "Thick 100 pages", pages: 1_000 }),
      uncounted: await idOf({ title: "Uncounted" }),
    };
  });
  const books = (where: Where<Row<typeof Book>>) =>
    acmes().find(Book, { shelfId: looked.id, ...where }, { orderBy: { title: "desc" } });
  const idsOf = async (where: object) => (await books(where)).map(({ id }) => id);

  it.each<[string, object, (keyof typeof named)[]]>([
    ["a value", { pages: 10 }, ["thin"]],
    ["no value", { pages: null }, ["uncounted"]],
    ["any other value, or none", { pages: { $ne: 10 } }, ["uncounted", "thick"]],
    ["some value", { pages: { $ne: null } }, ["thin", "thick"]],
    ["one of several", { pages: { $in: [10, 1_000, 7] } }, ["thin", "thick"]],
    ["none of several", { pages: { $nin: [10] } }, ["thick"]],
    ["a range", { pages: { $gt: 10, $lte: 1_000 } }, ["thick"]],
    ["alternatives", { $or: [{ pages: 10 }, { title: "Uncounted" }] }, ["uncounted", "thin"]],
    ["no alternative", { $or: [] }, []],
    ["a text, whatever its case and whatever % means elsewhere", { title: containing("100%") }, ["thin"]],
    ["nothing in particular", {}, ["uncounted", "thin", "thick"]],
  ])("may be %s", async (_, where, expected) => {
    expect(await idsOf(where)).toEqual(expected.map((name) => named[name]));
  });

  it.each<[string, object, number]>([
    ["equal to", { id: "1; drop table library.book" }, 0],
    ["among", { id: { $in: ["x", ""] } }, 0],
    ["after", { id: { $gt: "x" } }, 0],
    ["different from", { id: { $ne: "x" } }, 3],
    ["not among", { id: { $nin: ["x"] } }, 3],
  ])("is answered, not refused, when it is %s a malformed id", async (_, where, count) => {
    expect(await books(where)).toHaveLength(count);
  });

  it("is refused when there is no such property or operator", async () => {
    await expect(idsOf({ constructor: 1 })).rejects.toThrow("Book has no property constructor");
    await expect(idsOf({ pages: { $near: 1 } })).rejects.toThrow("There is no operator $near");
  });

  it("comes in the order asked for, and no more of it than that", async () => {
    const last = await acmes().find(
      Book,
      { id: { $in: Object.values(named) } },
      { orderBy: { title: "asc" }, limit: 1 },
    );
    expect(last.map(({ id }) => id)).toEqual([named.thick]);
  });
});
