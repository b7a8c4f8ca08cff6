import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { composeFile } from "../../scripts/schema/compose.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compose-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(subgraph: string, sdl: string, file = "Book.graphql"): void {
  mkdirSync(join(folder, "subgraphs", subgraph, "schema"), { recursive: true });
  writeFileSync(join(folder, "subgraphs", subgraph, "schema", file), sdl);
}

function compose({ check = false } = {}): { exitCode: number; said: string[]; written: boolean } {
  const said: string[] = [];
  const to = join(folder, "supergraph.graphql");
  const from = pathToFileURL(join(folder, "subgraphs/"));
  const exitCode = composeFile({ from, to: pathToFileURL(to), check, say: (line) => said.push(line) });
  // The folder has another name each time.
  return { exitCode, said: said.map((line) => line.replaceAll(`${folder}/`, "")), written: existsSync(to) };
}

const BOOKS = `
type Book @key(fields: "id") {
  id: ID!
  title: String! @authorize(permissions: [TeamRead])
}

type Query {
  book(id: ID!): Book @authorize(permissions: [UserRead])
}
`;

describe("Subgraphs that fit", () => {
  it("are written as one supergraph, which then is up to date", () => {
    write("books", BOOKS);
    write("reviews", `type Book @key(fields: "id") { id: ID! stars: Int }`);
    expect(compose({ check: true })).toMatchObject({ exitCode: 1, written: false });
    expect(compose()).toEqual({ exitCode: 0, said: [], written: true });
    expect(compose({ check: true })).toMatchObject({ exitCode: 0, said: [] });
    expect(readFileSync(join(folder, "supergraph.graphql"), "utf8")).toContain(
      '@join__graph(name: "reviews"',
    );
  });

  it("may move a field from one to another", () => {
    const stars = (override: string) => `type Book @key(fields: "id") { id: ID! stars: Int ${override} }`;
    write("books", BOOKS);
    write("reviews", stars(""));
    write("ratings", stars('@override(from: "reviews")'));
    expect(compose()).toEqual({ exitCode: 0, said: [], written: true });
  });

  it("may each add to Query in several files", () => {
    write("books", BOOKS);
    write("books", "type Query { anything: Int @public }", "Anything.graphql");
    expect(compose().exitCode).toBe(0);
  });
});

describe("A supergraph", () => {
  it("is out of date once a subgraph has changed", () => {
    write("books", BOOKS);
    compose();
    write("books", BOOKS.replace("title", "name"));
    const { exitCode, said } = compose({ check: true });
    expect(exitCode).toBe(1);
    expect(said).toEqual([
      "supergraph.graphql is not what the subgraphs compose to: run npm run schema:compose and commit it",
    ]);
  });

  it("stays as it was when composing fails", () => {
    write("books", BOOKS);
    compose();
    const before = readFileSync(join(folder, "supergraph.graphql"), "utf8");
    write("books", BOOKS.replace("@authorize(permissions: [UserRead])", ""));
    expect(compose().exitCode).toBe(1);
    expect(readFileSync(join(folder, "supergraph.graphql"), "utf8")).toBe(before);
  });
});

describe("What cannot be read is told with file and line, as exit code 2:", () => {
  it("a file that is not SDL", () => {
    write("books", "type Book {\n  id: ID!\n  title: \n}");
    expect(compose()).toEqual({
      exitCode: 2,
      said: ['subgraphs/books/schema/Book.graphql:4:1  INVALID_SDL  Syntax Error: Expected Name, found "}".'],
      written: false,
    });
  });

  it("a subgraph without a schema", () => {
    mkdirSync(join(folder, "subgraphs/books/schema"), { recursive: true });
    const { exitCode, said } = compose();
    expect(exitCode).toBe(2);
    expect(said[0]).toMatch(/subgraphs\/books\/schema\/ has no .graphql file$/);
  });

  it("no subgraphs at all", () => {
    mkdirSync(join(folder, "subgraphs"));
    expect(compose()).toMatchObject({ exitCode: 2, written: false });
  });
});

describe("What does not fit together is told with file and line, as exit code 1:", () => {
  const faultsOf = () => {
    const { exitCode, said, written } = compose();
    expect({ exitCode, written }).toEqual({ exitCode: 1, written: false });
    return said;
  };

  it("a type nobody defines", () => {
    write("books", BOOKS.replace("String!", "Title!"));
    expect(faultsOf()).toEqual([
      expect.stringMatching(
        /^subgraphs\/books\/schema\/Book.graphql:4:\d+ {2}INVALID_GRAPHQL {2}.*Unknown type "?Title"?/,
      ),
    ]);
  });

  it("a field that two subgraphs define without sharing it", () => {
    write("books", BOOKS.replace("@authorize(permissions: [TeamRead])", ""));
    write("shops", `\ntype Book @key(fields: "id") { id: ID! title: String! }`);
    expect(faultsOf()).toEqual([
      expect.stringMatching(
        /^subgraphs\/books\/schema\/Book.graphql:4:3 {2}INVALID_FIELD_SHARING {2}.*"Book.title"/,
      ),
    ]);
  });

  it("a field that cannot be reached", () => {
    write("books", BOOKS);
    write("shops", `type Book @key(fields: "isbn") { isbn: ID! price: Int }`);
    expect(faultsOf()).toContainEqual(
      expect.stringMatching(/^subgraphs\/shops\/schema\/Book.graphql:1:\d+ {2}SATISFIABILITY_ERROR {2}/),
    );
  });

  it("a hint", () => {
    write("books", BOOKS);
    write("shops", `"Something else."\ntype Book @key(fields: "id") { id: ID! @deprecated(reason: "a") }\n`);
    write(
      "shelves",
      `"Something different."\ntype Book @key(fields: "id") { id: ID! @deprecated(reason: "b") }\n`,
    );
    expect(faultsOf()).toContainEqual(
      expect.stringMatching(/graphql:\d+:\d+ {2}[A-Z_]*(INCONSISTENT|MERGED)[A-Z_]* {2}/),
    );
  });
});

describe("The rules about authorization:", () => {
  const faultsOf = () => {
    const { exitCode, said } = compose();
    expect(exitCode).toBe(1);
    return said;
  };

  it("a root field says who may read it (A1)", () => {
    write("books", BOOKS.replace("@authorize(permissions: [UserRead])", ""));
    expect(faultsOf()).toEqual([
      "subgraphs/books/schema/Book.graphql:8:3  A1  Query.book is a root field and needs @authorize or @public",
    ]);
  });

  it("a root field is not both open and closed, and nothing but a root field is @public (A1)", () => {
    write(
      "books",
      BOOKS.replace("id: ID!\n", "id: ID! @public\n").replace("[UserRead])", "[UserRead]) @public"),
    );
    expect(faultsOf()).toEqual([
      "subgraphs/books/schema/Book.graphql:3:3  A1  Book.id is no root field: @public means nothing here",
      "subgraphs/books/schema/Book.graphql:8:3  A1  Query.book is both @public and @authorize",
    ]);
  });

  it("subgraphs that share a field say the same of it (A2)", () => {
    const shared = BOOKS.replace("String!", "String! @shareable");
    write("books", shared);
    write(
      "shops",
      `type Book @key(fields: "id") {\n id: ID!\n title: String! @shareable @authorize(permissions: [RoleRead]) }`,
    );
    expect(faultsOf()).toEqual([
      "subgraphs/shops/schema/Book.graphql:3:2  A2  Book.title must be authorized alike by every subgraph: " +
        "books says @authorize(permissions: [TeamRead]), shops says @authorize(permissions: [RoleRead])",
    ]);
  });

  it("to say nothing is to say something else (A2)", () => {
    write("books", BOOKS.replace("String!", "String! @shareable"));
    write("shops", `type Book @key(fields: "id") { id: ID! title: String! @shareable }`);
    expect(faultsOf()[0]).toContain("shops says nothing");
  });

  it("the same, written in another way, is the same (A2)", () => {
    write(
      "books",
      BOOKS.replace("[TeamRead]", "[TeamRead, RoleRead]").replace("String!", "String! @shareable"),
    );
    const title =
      "title: String! @shareable @authorize(permissions: [RoleRead]) @authorize(permissions: [TeamRead])";
    write("shops", `type Book @key(fields: "id") { id: ID! ${title} }`);
    expect(compose().said).toEqual([]);
  });

  it("a subgraph that only refers to an entity need not repeat what its owner demands (A2)", () => {
    write("books", BOOKS.replace('"id") {', '"id") @authorize(permissions: [RoleRead]) {'));
    write(
      "shops",
      `type Book @key(fields: "id", resolvable: false) { id: ID! } type Shop { best: Book }
      type Query { shop: Shop @public }`,
    );
    expect(compose().said).toEqual([]);
  });

  it("interfaces, their fields and unions say nothing: their types do (A3)", () => {
    write(
      "books",
      `${BOOKS.replace("type Book", "type Book implements Thing")}
interface Thing {
  id: ID! @authorize(permissions: [UserRead])
}`,
    );
    expect(faultsOf()).toContain(
      "subgraphs/books/schema/Book.graphql:12:3  A3  Thing.id is abstract: @authorize belongs on the object types and their fields",
    );
    write("books", `${BOOKS} union Thing @authorize(permissions: [UserRead]) = Book`);
    expect(faultsOf().join("\n")).toMatch(/A3 {2}Thing is abstract/);
  });

  it("an unknown spelling is no authorization (A5)", () => {
    write(
      "books",
      `${BOOKS.replace("@authorize(permissions: [TeamRead])", "@authorise")}\ndirective @authorise on FIELD_DEFINITION`,
    );
    expect(faultsOf()).toEqual([
      "subgraphs/books/schema/Book.graphql:4:18  A5  @authorise belongs to no specification that is @linked here",
    ]);
  });
});
