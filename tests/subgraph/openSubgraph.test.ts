import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#shared/subgraph/actor.ts";
import type { SubgraphResult } from "#shared/subgraph/openSubgraph.ts";
import { Book, Shelf } from "./library/library.ts";
import { acme, librarian, openLibrary, type OpenLibrary } from "./library/openLibrary.ts";

let library: OpenLibrary;

beforeAll(async () => {
  library = await openLibrary();
});

beforeEach(() => empty());

afterAll(() => library.close());

describe("a subgraph", () => {
  it("answers nothing without a token, not even what it is", async () => {
    const entities = '{ _entities(representations: [{ __typename: "Book", id: "1" }]) { __typename } }';
    for (const query of ["{ greeting }", "{ _service { sdl } }", entities]) {
      const heard = await library.subgraph.execute({ query, variables: {}, headers: {} });
      expect([heard.data ?? null, heard.errors?.[0]?.extensions?.["code"]]).toEqual([
        null,
        "UNAUTHENTICATED",
      ]);
    }
    const body = JSON.stringify({ query: "{ greeting }" });
    const headers = { "content-type": "application/json" };
    const response = await library.subgraph.fetch(
      new Request("http://localhost/graphql", { method: "POST", headers, body }),
    );
    expect(response.status).toBe(401);
  });

  it("reads a whole query in one transaction, and each mutation in its own", async () => {
    const { data } = await ask("{ one: transaction two: transaction three: transaction }");
    expect(new Set(Object.values(data ?? {})).size).toBe(1);
  });

  it("tells what was meant to be told, and hides everything else", async () => {
    const told = await ask("{ refuse }");
    expect(told.errors?.[0]).toMatchObject({
      message: "There is no shelf 7.",
      path: ["refuse"],
      extensions: { code: "NOT_FOUND", thing: "shelf" },
    });
    const hidden = await ask("{ crash }");
    expect(hidden.errors?.[0]).toMatchObject({ path: ["crash"], extensions: { code: "INTERNAL_ERROR" } });
    expect(JSON.stringify([told, hidden])).not.toMatch(/1234|row 3/);
  });

  it("asks again who may read what, at root fields, fields and entities", async () => {
    const [book] = await library.shelve([{ stars: 5 }]);
    const nobody = { kind: "user", id: "eve", permissions: [] } as const;
    const byEntity = `{ _entities(representations: [{ __typename: "Book", id: "${book!.id}" }]) { ... on Book { title price } } }`;
    const refused = await Promise.all([
      ask(`{ book(id: "${book!.id}") { title } }`, nobody),
      ask(byEntity, nobody),
      ask(`mutation { renameBook(id: "${book!.id}", title: "Mine") { title } }`, nobody),
    ]);
    for (const { errors } of refused) expect(errors?.[0]?.extensions?.["code"]).toBe("PERMISSION_DENIED");
    expect(await library.database.tenant(acme).findOne(Book, { id: book!.id })).toMatchObject({
      title: "Book 0",
    });
    expect((await ask("{ greeting }", nobody)).data).toEqual({ greeting: "Good evening" });
  });

  it("fetches all entities of a request with one statement each kind", async () => {
    const books = await library.shelve(Array.from({ length: 40 }, (_, stars) => ({ stars: stars % 5 })));
    const representations = books.map(({ id }) => ({ __typename: "Book", id }));
    const query =
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Book { title shelf { name } } } }";
    const statements = async (count: number) => {
      const before = library.database.statements();
      await ask(query, librarian, { of: representations.slice(0, count) });
      return library.database.statements() - before;
    };
    expect(await statements(40)).toBe(await statements(1));
  });
});

describe("a connection", () => {
  const stars = fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { maxLength: 30 });

  it("shows each row on exactly one page, in order, forwards and backwards", async () => {
    await fc.assert(
      fc.asyncProperty(stars, fc.integer({ min: 1, max: 7 }), async (rated, size) => {
        await empty();
        const books = await library.shelve(rated.map((each) => ({ stars: each })));
        const forwards = await walk("first", "after", size);
        const backwards = (await walk("last", "before", size)).reverse();
        expect(forwards.flat().sort()).toEqual(books.map((book) => book.id).sort());
        expect(backwards.flat()).toEqual(forwards.flat());
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("refuses pages that are none, with the argument's name", async () => {
    await library.shelve([{ stars: 1 }]);
    for (const [args, argument] of [
      ["first: 0", "first"],
      ["first: 101", "first"],
      ["first: -1", "first"],
      ["last: 1000", "last"],
      ['first: 1, after: "nonsense"', "after"],
    ]) {
      const { errors } = await ask(`{ books(${args}) { nodes { id } } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "INVALID_ARGUMENT", argument });
    }
  });
});

function ask(
  query: string,
  actor: Actor = librarian,
  variables: Record<string, unknown> = {},
): Promise<SubgraphResult> {
  return library.subgraph.execute({ query, variables, headers: library.headersOf(actor) });
}

async function empty(): Promise<void> {
  await library.database.tenant(acme).transaction(async (tx) => {
    await tx.sql`delete from library.book`;
    await tx.sql`delete from library.shelf`;
  });
}

interface Page {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

/** The ids of the books of the only shelf, page by page, until there is no further page. */
async function walk(size: "first" | "last", from: "after" | "before", count: number): Promise<string[][]> {
  const [shelf] = await library.database.tenant(acme).find(Shelf, {});
  const pages: string[][] = [];
  for (let cursor: string | null = null; ;) {
    const query = `query ($of: [_Any!]!, $cursor: String) { _entities(representations: $of) { ... on Shelf {
      books(${size}: ${count}, ${from}: $cursor) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`;
    const answer = await ask(query, librarian, { of: [{ __typename: "Shelf", id: shelf!.id }], cursor });
    const { nodes, pageInfo } = (answer.data as { _entities: { books: Page }[] })._entities[0]!.books;
    pages.push(size === "first" ? nodes.map((node) => node.id) : nodes.map((node) => node.id).reverse());
    if (!(size === "first" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) {
      return size === "first" ? pages : pages.map((page) => page.toReversed());
    }
    cursor = size === "first" ? pageInfo.endCursor : pageInfo.startCursor;
  }
}
