import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { librarian, openLibrary, type OpenLibrary } from "./library/openLibrary.ts";

let opened: OpenLibrary;
let book: string;

beforeAll(async () => {
  opened = await openLibrary();
  book = (await opened.shelve([{ stars: 5 }]))[0]!.id;
});

afterAll(() => opened.close());

function send(body: string | null, changes: { method?: string; type?: string; token?: string } = {}) {
  const { method = "POST", type = "application/json" } = changes;
  const headers = { ...opened.headersOf(librarian), "content-type": type };
  if (changes.token !== undefined) headers["x-internal-token"] = changes.token;
  return opened.subgraph.fetch(new Request("http://library/graphql", { method, headers, body }));
}

describe("Over HTTP a subgraph", () => {
  it("answers what it answers in its own process, word for word", async () => {
    const mine = `{ book(id: "${book}") { title shelf { books(first: 1) { totalCount edges { isGood } } } } }`;
    for (const query of [
      mine,
      "{ refuse crash }",
      "{ nothing }",
      "{ greeting",
      "query ($id: ID!) { greeting }",
    ]) {
      const overHttp = (await (await send(JSON.stringify({ query }))).json()) as object;
      const inProcess = await opened.subgraph.execute({ query, headers: opened.headersOf(librarian) });
      expect(withoutTrace(overHttp)).toEqual(withoutTrace(inProcess));
    }
  });

  it.each([
    ["another method", { method: "PUT" }, 405],
    ["another content type", { type: "text/plain" }, 415],
    ["a form", { type: "application/x-www-form-urlencoded" }, 415],
    ["an upload", { type: "multipart/form-data; boundary=x" }, 415],
    ["no content type", { type: "" }, 415],
    ["a token of nobody", { token: "x.y.z" }, 401],
    ["no token", { token: "" }, 401],
  ])("refuses %s", async (_what, changes, status) => {
    const response = await send(JSON.stringify({ query: "{ greeting }" }), changes);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain("Good evening");
  });

  it("refuses GET, which could carry a query in its address", async () => {
    const headers = { ...opened.headersOf(librarian), "content-type": "application/json" };
    const request = new Request("http://library/graphql?query=%7Bgreeting%7D", { headers });
    expect((await opened.subgraph.fetch(request)).status).toBe(405);
  });

  it.each([
    ["not JSON", "{"],
    ["a batch", `[{"query":"{greeting}"}]`],
    ["no query", "{}"],
    ["null", "null"],
  ])("refuses a body that is %s", async (_what, body) => {
    const answer = (await (await send(body)).json()) as { data?: unknown; errors?: unknown[] };
    expect([answer.data ?? null, answer.errors?.length]).toEqual([null, 1]);
  });
});

describe("The mutations of one request", () => {
  it("each read what the one before wrote", async () => {
    const both = `mutation {
      first: renameBook(id: "${book}", title: "Emma") { title shelf { books(first: 1) { nodes { title } } } }
      second: renameBook(id: "${book}", title: "Evelina") { title shelf { books(first: 1) { nodes { title } } } }
    }`;
    const { data } = await opened.subgraph.execute({ query: both, headers: opened.headersOf(librarian) });
    const read = (title: string) => ({ title, shelf: { books: { nodes: [{ title }] } } });
    expect(data).toEqual({ first: read("Emma"), second: read("Evelina") });
  });
});

describe("A query", () => {
  it("that needs no row sends no statement", async () => {
    const before = opened.database.statements();
    const query = "{ greeting again: greeting __typename _service { sdl } }";
    const { errors } = await opened.subgraph.execute({ query, headers: opened.headersOf(librarian) });
    expect([errors, opened.database.statements() - before]).toEqual([undefined, 0]);
  });

  it("reads pages of many parents and their counts with as many statements as of one", async () => {
    for (const stars of [1, 2, null]) await opened.shelve([{ stars }, { stars: 3 }]);
    const shelves = await opened.database.tenant("019a0000-0000-7000-8000-000000000001").sql<{ id: string }>`
      select id from library.shelf`;
    const of = shelves.map(({ id }) => ({ __typename: "Shelf", id }));
    const query = `query ($of: [_Any!]!) {
      _entities(representations: $of) { ... on Shelf { books(first: 1) { totalCount nodes { stars } } } } }`;
    const statements = async (representations: readonly object[]) => {
      const before = opened.database.statements();
      const headers = opened.headersOf(librarian);
      const { data } = await opened.subgraph.execute({ query, headers, variables: { of: representations } });
      return { data, sent: opened.database.statements() - before };
    };
    const [one, all] = [await statements(of.slice(0, 1)), await statements(of)];
    expect(all.sent).toBe(one.sent);
    const counts = (all.data as { _entities: { books: { totalCount: number } }[] })._entities;
    expect(counts.map(({ books }) => books.totalCount)).toEqual(expect.arrayContaining([1, 2]));
  });
});

describe("A cursor that somebody made up", () => {
  const made = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString("base64url");
  const id = "019a0000-0000-7000-8000-000000000001";

  it.each([
    made("id+", "not an id"),
    made("id+", 7),
    made("id+"),
    made("title+id+", "x", id),
    made("stars-id-", "many", id),
    made("stars-id-", 1.5, id),
    made("stars-id-", 99_999_999_999, id),
    made("stars-id-", { $gt: 0 }, id),
    made(),
    "",
    "%%%",
  ])("is refused and hurts nothing: %#", async (after) => {
    const query = `query ($of: [_Any!]!, $after: String) {
      books(after: $after) { nodes { id } }
      _entities(representations: $of) { ... on Shelf { books(after: $after) { nodes { id } } } } }`;
    const [shelf] = await opened.database.tenant(id).sql<{
      id: string;
    }>`select id from library.shelf limit 1`;
    const variables = { after, of: [{ __typename: "Shelf", id: shelf!.id }] };
    const { errors } = await opened.subgraph.execute({
      query,
      variables,
      headers: opened.headersOf(librarian),
    });
    const codes = errors?.map(({ extensions }) => extensions?.["code"]);
    expect(codes).toContain("INVALID_ARGUMENT");
    expect(codes).not.toContain("INTERNAL_ERROR");
  });
});

function withoutTrace(answer: object): object {
  return JSON.parse(JSON.stringify(answer).replaceAll(/[0-9a-f]{32}/g, "a trace")) as object;
}
