import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import { eslintRules } from "../../scripts/schema/graphqlEslint.ts";
import { lintRules } from "../../scripts/schema/lintRules/lintRules.ts";
import { lint } from "../../scripts/schema/sections/lint.ts";
import { foreignProject } from "./foreignProject.ts";

const today = Temporal.PlainDate.from("2026-11-21");
const check = (sdl: string, rules: readonly string[]) =>
  lint({ changing: [{ name: "books", document: parseSdl(sdl, "books.graphql") }] }, rules, today);

describe("a lint rule", () => {
  it.each(lintRules)("finds its bad example where it stands, and lets its good one be: $name", (rule) => {
    const column = rule.bad.indexOf("^") + 1;
    expect(check(rule.bad.replace("^", ""), [rule.name])).toMatchObject([
      { severity: "error", code: rule.name, at: { file: "books.graphql", line: 1, column }, fix: rule.fix },
    ]);
    expect(check(rule.good, [rule.name])).toEqual([]);
  });

  it("has a file, and each file of the folder is a rule in the list", () => {
    const files = readdirSync(new URL("../../scripts/schema/lintRules/", import.meta.url));
    expect(files.filter((file) => !/^lintRules?\.ts$/.test(file))).toHaveLength(lintRules.length);
  });
});

describe("linting", () => {
  it.each([
    ["naming-convention", "type book { Name: String }"],
    ["naming-convention", "enum Kind { paper }"],
    ["no-hashtag-description", "type Query {\n  # One book.\n  book: String\n}"],
    ["unique-enum-value-names", "enum Kind { PAPER Paper }"],
  ])("knows %s of @graphql-eslint", (rule, sdl) => {
    expect(Object.keys(eslintRules)).toContain(rule);
    expect(check(sdl, [rule]).map(({ code }) => code)).toContain(rule);
  });

  it.each([
    ["a day that has come", "Use title. Goes on 2026-11-20.", "was to go on 2026-11-20"],
    ["no day", "use title", "without the day"],
    ["a day that there is not", "Goes on 2027-02-30.", "without the day"],
    ["nothing to say", " ", "without a reason"],
  ])("refuses a deprecation with %s", (_what, reason, problem) => {
    const [finding] = check(`type Book { name: String @deprecated(reason: "${reason}") }`, [
      "dated-deprecations",
    ]);
    expect(finding?.message).toContain(problem);
  });

  it("is content when one of several subgraphs describes a type that they share", () => {
    const documents = ['"Something to read." type Book { id: ID! }', "type Book { id: ID! }"].map(
      (sdl, index) => {
        return { name: String(index), document: parseSdl(sdl, `${index}.graphql`) };
      },
    );
    expect(lint({ changing: documents }, ["described-types"], today)).toEqual([]);
  });

  it.each([
    ["a field that is named after its type", "type User { id: ID! } type Team { user: User! }", []],
    ["one that is and may be null", "type User { id: ID! } type Team { user: User }", ["Team.user"]],
    ["a list, for its order", "type User { id: ID! } type Team { users: [User!]! }", ["Team.users"]],
    ["what a connection is made of", "type UserConnection { nodes: [User!]! totalCount: Int! }", []],
    ["a name of the list that may be null", "type User { name: String }", ["User.name"]],
    [
      "arguments that read a page",
      '"Teams." type Team { "All." users(first: Int, after: String): Int! }',
      [],
    ],
    ["another argument", 'type Team { "All." users(text: String): Int! }', ["Team.users(text:)"]],
    ["the id of a type of the graph", "type User { id: ID! } input New { userId: ID! userIds: [ID!]! }", []],
    ["an id of none", "type User { id: ID! } input New { leadId: ID! }", ["New.leadId"]],
    ["what may be left out", "type User { id: ID! } input New { userId: ID }", ["New.userId"]],
    ["what may be, of an input that says so", '"What is left out stays." input Changes { name: String }', []],
    ["a value of an enum", "enum Kind { MONDAY PAPER }", ["Kind.PAPER"]],
  ])("asks for words or none about %s", (_what, sdl, coordinates) => {
    expect(check(sdl, ["described-fields"]).map(({ coordinate }) => coordinate)).toEqual(coordinates);
  });

  it("is content when one of several subgraphs describes a value that they share", () => {
    const documents = ['enum Kind { "Printed." PAPER }', "enum Kind { PAPER }"].map((sdl, index) => {
      return { name: String(index), document: parseSdl(sdl, `${index}.graphql`) };
    });
    expect(lint({ changing: documents }, ["described-fields"], today)).toEqual([]);
  });

  it("does not take what an argument's null means for what the field's does", () => {
    const sdl = 'type Mutation { "Says who leads; null takes the lead away." lead(id: ID): ID }';
    expect(check(sdl, ["explained-root-nulls"])).toMatchObject([{ coordinate: "Mutation.lead" }]);
  });

  it("excepts a line only with a reason", () => {
    const silent = (comment: string) => check(`${comment}\ntype Book { id: ID! }`, ["described-types"]);
    expect(silent("# schema-check-disable-next-line described-types")).toHaveLength(1);
    expect(silent("# schema-check-disable-next-line described-types — generated elsewhere")).toEqual([]);
    expect(silent("# schema-check-disable-next-line bounded-lists — generated elsewhere")).toHaveLength(1);
  });

  it("takes no exception that gives no reason, in ESLint's words either", () => {
    const silent = (comment: string) => check(`${comment}\nenum Kind { paper }`, ["naming-convention"]);
    for (const comment of ["# eslint-disable", "# eslint-disable-next-line"]) {
      expect(silent(comment)).toMatchObject([{ code: "naming-convention", at: { line: 2 } }]);
    }
  });

  it("knows the root of a graph by whatever name it goes", () => {
    const sdl = "schema { query: Shop }\ntype Shop {\n  books: [String!]\n}";
    const found = check(sdl, ["described-types", "described-root-fields", "bounded-lists"]);
    expect(found.map(({ code, at }) => [code, at?.line])).toEqual([
      ["described-root-fields", 3],
      ["bounded-lists", 3],
    ]);
  });

  it("asks for the size of a connection wherever it is, and of a list at the root", () => {
    const found = check(
      "type Shelf {\n  books: BookConnection!\n  some(first: Int): BookConnection\n  labels: [String!]!\n}",
      ["bounded-lists"],
    );
    expect(found).toMatchObject([{ coordinate: "Shelf.books", at: { line: 2, column: 3 } }]);
  });

  it("leaves this project's own ways out of other people's graphs, and takes the rules that they name", async () => {
    const sdl =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")\ntype Query {\n  "Books."\n  books: [String!]\n}\n';
    const general = await foreignProject({ books: sdl }, {});
    const named = await foreignProject({ books: sdl }, { lint: ["bounded-lists"] });
    const misspelt = await foreignProject({ books: sdl }, { lint: ["bounded-list"] });
    try {
      expect((await general.sections())["Lint"]).toMatchObject({ status: "PASSED", findings: [] });
      expect((await named.sections())["Lint"]?.findings).toMatchObject([
        { code: "bounded-lists", at: { line: 4, column: 3 } },
      ]);
      expect(await misspelt.check()).toMatchObject({
        exitCode: 2,
        error: expect.stringContaining("There is no lint rule bounded-list:") as string,
      });
    } finally {
      for (const project of [general, named, misspelt]) await project.remove();
    }
  });
});
