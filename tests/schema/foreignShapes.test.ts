import { afterEach, describe, expect, it } from "vitest";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";

// Shapes of graphs that are out there, in SDL of our own: each with a change that somebody notices, and who that is.
interface Shape {
  readonly subgraphs: Readonly<Record<string, string>>;
  /** What an operation asks for. */
  readonly asks: string;
  /** What is taken out of which subgraph, and the coordinate that then is missed. */
  readonly takes: readonly [subgraph: string, text: string, coordinate: string];
}

const v2 = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports.map((name) => `"@${name}"`).join(", ")}])\n`;

const SHAPES: Readonly<Record<string, Shape>> = {
  "Federation 1, which extends types of others": {
    subgraphs: {
      accounts: `type Query { me: User } type User @key(fields: "id") { id: ID! name: String }`,
      reviews: `extend type User @key(fields: "id") { id: ID! @external reviews: [Review!] } type Review { body: String stars: Int }`,
    },
    asks: "{ me { name reviews { body } } }",
    takes: ["reviews", "body: String", "Review.body"],
  },
  "roots by other names, and one that an extension gives": {
    subgraphs: {
      films: `schema { query: Reading mutation: Writing }\n${v2("key")} type Reading { film: Film } type Writing { like: Int } type Film @key(fields: "id") { id: ID! title: String length: Int }`,
      stars: `${v2("key")} type Query { best: Film } type Film @key(fields: "id") { id: ID! stars: Int }`,
    },
    asks: "{ film { title stars } }",
    takes: ["films", "title: String", "Film.title"],
  },
  "an interface with a key, and an object in its place": {
    subgraphs: {
      media: `${v2("key")} type Query { media: [Media!] } interface Media @key(fields: "id") { id: ID! title: String } type Book implements Media @key(fields: "id") { id: ID! title: String } type Film implements Media @key(fields: "id") { id: ID! title: String }`,
      ratings: `${v2("key", "interfaceObject")} type Media @interfaceObject @key(fields: "id") { id: ID! rating: Int votes: Int }`,
    },
    asks: "{ media { title rating } }",
    takes: ["ratings", "rating: Int ", "Media.rating"],
  },
  "fields that need what others have, in a key of several parts": {
    subgraphs: {
      stock: `${v2("key", "external", "requires", "shareable")} type Query { items: [Item!] } type Item @key(fields: "sku place { id }") { sku: ID! place: Place! weight: Int @external cost: Int @requires(fields: "weight") left: Int } type Place @shareable { id: ID! }`,
      goods: `${v2("key", "shareable")} type Item @key(fields: "sku place { id }") { sku: ID! place: Place! weight: Int name: String } type Place @shareable { id: ID! }`,
    },
    asks: "{ items { cost name } }",
    takes: ["goods", "name: String ", "Item.name"],
  },
  "directives of its own that it composes, imported by other names": {
    subgraphs: {
      shop: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@key", as: "@primary" }, "@composeDirective", { name: "@tag", as: "@label" }]) @link(url: "https://shop.test/cached/v1.0", import: ["@cached"]) @composeDirective(name: "@cached")\ndirective @cached(seconds: Int!) on FIELD_DEFINITION type Query { offer: Offer @cached(seconds: 5) } type Offer @primary(fields: "id") { id: ID! @label(name: "open") price: Int old: Int }`,
      notes: `${v2("key")} type Offer @key(fields: "id") { id: ID! note: String }`,
    },
    asks: "{ offer { price note } }",
    takes: ["shop", "price: Int ", "Offer.price"],
  },
  "a field that moves to another subgraph by a label, for a share": {
    subgraphs: {
      old: `${v2("key")} type Query { invoice: Invoice } type Invoice @key(fields: "id") { id: ID! total: Int due: String }`,
      next: `${v2("key", "override")} type Invoice @key(fields: "id") { id: ID! total: Int @override(from: "old", label: "percent(20)") paid: Boolean }`,
    },
    asks: "{ invoice { total due paid } }",
    takes: ["next", "paid: Boolean ", "Invoice.paid"],
  },
  "unions and enums of several, inputs that nest, and arguments with defaults": {
    subgraphs: {
      search: `${v2("shareable")} type Query { find(in: Where = { text: "x" }): [Found!] } input Where { text: String area: Area } input Area { near: String = "here" kind: Kind } enum Kind { SEA LAND } union Found = Town | Lake type Town @shareable { name: String size: Int } type Lake { name: String depth: Int }`,
      towns: `${v2("shareable")} type Query { town: Town } type Town @shareable { name: String size: Int } union Found = Town`,
    },
    asks: "{ find(in: { area: { kind: SEA } }) { ... on Lake { depth } } }",
    takes: ["search", "depth: Int ", "Lake.depth"],
  },
};

describe("the graph of somebody else, of a shape that there is", () => {
  let project: ForeignProject;
  afterEach(() => project.remove());

  it.each(Object.entries(SHAPES))(
    "is published, checked, changed and gone back to: %s",
    async (_name, shape) => {
      const [subgraph, text, coordinate] = shape.takes;
      project = await foreignProject(shape.subgraphs);
      const first = await project.publish();
      expect({ ...first, out: first.out.slice(-60) }).toMatchObject({ exitCode: 0, error: "" });
      const operations = [{ id: "1", name: "Page", type: "query", body: `query Page ${shape.asks}` }];
      const manifest = { format: "apollo-persisted-query-manifest", version: 1, operations };
      await project.write("registry/operations/web/1.json", JSON.stringify(manifest));
      for (const name of Object.keys(shape.subgraphs))
        expect(await project.check(name)).toMatchObject({ exitCode: 0 });

      const sdl = shape.subgraphs[subgraph]!;
      await project.write(`${subgraph}.graphql`, sdl.replace(text, ""));
      const { Changes, Operations } = await project.sections();
      expect(Changes?.findings).toContainEqual(
        expect.objectContaining({
          severity: "error",
          coordinate,
          usedBy: [{ client: "web 1", operation: "Page" }],
        }),
      );
      expect(Operations?.status).toBe("FAILED");
      expect((await project.publish()).exitCode).toBe(1);

      await project.write(`${subgraph}.graphql`, sdl.replace(text, `${text} more: Int `));
      expect((await project.publish(subgraph)).out).toContain("Published version 2 of current.");
      const published = await project.read("registry/current/supergraph.graphql");
      for (const name of Object.keys(shape.subgraphs))
        expect(published).toContain(`"http://${name}.test/graphql"`);
      expect((await project.rollback("--to", "1")).out).toContain("again, as version 3.");
      expect((await project.sections())["Changes"]?.findings.map(({ code }) => code)).toContain(
        "FIELD_ADDED",
      );
    },
  );
});
