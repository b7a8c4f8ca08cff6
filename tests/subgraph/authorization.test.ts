import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { requirements, requirementsOfSupergraph } from "#shared/federation/authorization.ts";
import { authorizationFaults, supergraphFaults } from "#shared/federation/authorizationRules.ts";

const IMPORTS = `["@authorize", "@public"]`;

function sdl(types: string, imports = IMPORTS): string {
  const spelled = imports.includes('as: "@needs"') ? "needs" : "authorize";
  return `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@requires", "@provides",
        "@external", "@composeDirective", "@interfaceObject"])
      @link(url: "https://tocsin.dev/authorization/v1.0", import: ${imports})
      @composeDirective(name: "@${spelled}") @composeDirective(name: "@public")
    directive @${spelled}(permissions: [Permission!]!) repeatable on FIELD_DEFINITION | OBJECT
    directive @public on FIELD_DEFINITION
    enum Permission { Read Write Price Weigh Admin }
    ${types}`;
}

/** What each coordinate needs, as the subgraphs say; composing them has to keep it. */
function needs(...subgraphs: string[]): Record<string, string> {
  const documents = subgraphs.map((types) => parse(types));
  const services = documents.map((typeDefs, index) => ({ name: `s${index}`, typeDefs, url: "" }));
  const { supergraphSdl, errors } = composeServices(services);
  expect(errors).toBeUndefined();
  const demanded = requirements(documents);
  expect(requirementsOfSupergraph(parse(supergraphSdl ?? ""))).toEqual(demanded);
  return Object.fromEntries([...demanded].map(([coordinate, needed]) => [coordinate, needed.join(" ")]));
}

describe("What a field needs", () => {
  it("is what it says, every application of it, and what its type and the type it returns say", () => {
    const said = needs(
      sdl(`
        type Query { book: Book @authorize(permissions: [Read]) @authorize(permissions: [Write]) free: Int @public }
        type Book @authorize(permissions: [Admin]) { id: ID! price: Int @authorize(permissions: [Price]) }`),
    );
    expect(said).toEqual({
      "Query.book": "Admin Read Write",
      "Book.__typename": "Admin",
      "Book.id": "Admin",
      "Book.price": "Admin Price",
    });
  });

  it("is to be signed in when no permission is listed, and nothing when nothing is said", () => {
    const said = needs(
      sdl(`type Query { me: Me @authorize(permissions: []) open: Int @public } type Me { id: ID! }`),
    );
    expect(said).toEqual({ "Query.me": "" });
  });

  it("adds up over the subgraphs that share it, from their own SDL and in the supergraph alike", () => {
    const title = (applied: string) =>
      sdl(`
      type Query { book: Book @shareable @public }
      type Book @key(fields: "id") { id: ID! title: String @shareable ${applied} }`);
    const said = needs(
      title("@authorize(permissions: [Read, Write]) @authorize(permissions: [Price])"),
      title("@authorize(permissions: [Price])"),
      title("@authorize(permissions: [Admin]) @authorize(permissions: [Write, Read])"),
      title(""),
    );
    expect(said).toEqual({ "Book.title": "Admin Price Read Write" });
  });

  it("is, on an interface, what every type that may stand there needs", () => {
    const said = needs(
      sdl(`
        type Query { thing: Thing @public any: Any @public }
        interface Thing { id: ID! }
        union Any = Book | Pen
        type Book implements Thing { id: ID! @authorize(permissions: [Read]) }
        type Pen implements Thing @authorize(permissions: [Admin]) { id: ID! }`),
    );
    expect(said).toEqual({
      "Book.id": "Read",
      "Pen.id": "Admin",
      "Pen.__typename": "Admin",
      "Thing.id": "Admin Read",
      "Thing.__typename": "Admin",
      "Any.__typename": "Admin",
    });
  });

  it("is carried from what it @requires, however far away", () => {
    const said = needs(
      sdl(`
        type Query { book: Book @public }
        type Book @key(fields: "id") { id: ID! price: Int @authorize(permissions: [Price]) box: Box }
        type Box { weight: Int @authorize(permissions: [Weigh]) }`),
      sdl(`
        type Book @key(fields: "id") {
          id: ID! price: Int @external box: Box @external
          postage: Int @requires(fields: "price box { weight }")
        }
        type Box @external { weight: Int }`),
      sdl(`
        type Book @key(fields: "id") { id: ID! postage: Int @external total: Int @requires(fields: "postage") }`),
    );
    expect(said["Book.postage"]).toBe("Price Weigh");
    expect(said["Book.total"]).toBe("Price Weigh");
  });

  it("is carried from what it @provides and from the key it is found by", () => {
    const said = needs(
      sdl(`
        type Query { book: Book @public }
        type Book @key(fields: "code") {
          code: ID! @shareable @authorize(permissions: [Read])
          title: String @shareable @authorize(permissions: [Admin])
        }`),
      sdl(`
        type Query { best: Book @public @provides(fields: "title") }
        type Book @key(fields: "code") {
          code: ID! @shareable @authorize(permissions: [Read]) title: String @external stars: Int
        }`),
    );
    expect(said).toEqual({
      "Query.best": "Admin Read",
      "Book.code": "Read",
      "Book.title": "Admin Read",
      "Book.stars": "Read",
    });
  });

  it("is found under another name of the directive, and under its full one", () => {
    const renamed = sdl(
      `type Query { book: Int @needs(permissions: [Read]) }`,
      `[{ name: "@authorize", as: "@needs" }, "@public"]`,
    );
    expect(needs(renamed)).toEqual({ "Query.book": "Read" });
    const full = parse(`
      extend schema @link(url: "https://tocsin.dev/authorization/v1.0", as: "may")
      type Query { book: Int @may__authorize(permissions: [Read]) }`);
    expect(requirements([full]).get("Query.book")).toEqual(["Read"]);
    expect(authorizationFaults([{ name: "s", document: full }])).toEqual([]);
  });
});

describe("A directive of the right name", () => {
  it("authorizes nothing when no @link says whose it is", () => {
    const document = parse(`directive @authorize(permissions: [String!]!) on FIELD_DEFINITION
      type Query { book: Int @authorize(permissions: ["Read"]) }`);
    expect(requirements([document]).size).toBe(0);
    expect(authorizationFaults([{ name: "s", document }]).map(({ rule }) => rule)).toEqual(["A1", "A5"]);
  });
});

describe("A supergraph from elsewhere", () => {
  it("is found out when it has a root field that says nothing", () => {
    const typeDefs = parse(sdl(`type Query { book: Int  open: Int @public }`));
    const { supergraphSdl = "" } = composeServices([{ name: "s", url: "", typeDefs }]);
    expect(supergraphFaults(parse(supergraphSdl)).map(({ message }) => message)).toEqual([
      "Query.book is a root field and needs @authorize or @public",
    ]);
  });
});
