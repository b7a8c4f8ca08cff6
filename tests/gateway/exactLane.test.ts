import { describe, expect, it } from "vitest";
import { plain, testGraph } from "./support/testGraph.ts";

const products = [
  { id: "1", name: "Table", price: 100, weight: 5 },
  { id: "2", name: "Chair", price: 50, weight: 3 },
];

const shop = [
  {
    name: "products",
    typeDefs: `
      type Query { products: [Product!]! product(id: ID!): Product broken: Product }
      type Mutation { rename(id: ID!, name: String!): Product! fail: Int! }
      type Product @key(fields: "id") { id: ID! name: String! price(currency: String = "EUR"): Int weight: Int }
    `,
    resolvers: {
      Query: {
        products: () => products,
        product: (_: unknown, { id }: { id: string }) => products.find((product) => product.id === id),
        broken: () => {
          throw new Error("broken on purpose");
        },
      },
      Mutation: {
        rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...products[0], id, name }),
        fail: () => {
          throw new Error("refused");
        },
      },
      Product: {
        __resolveReference: ({ id }: { id: string }) => products.find((product) => product.id === id),
        price: ({ price }: { price: number }, { currency }: { currency: string }) =>
          currency === "EUR" ? price : price * 2,
      },
    },
  },
  {
    name: "reviews",
    typeDefs: `
      type Query { topReview: Review }
      type Product @key(fields: "id") {
        id: ID! price(currency: String = "EUR"): Int @external
        reviews: [Review!] rating: Int! expensive: Boolean @requires(fields: "price(currency: \\"USD\\")")
      }
      type Review @key(fields: "id") { id: ID! text: String product: Product! }
    `,
    resolvers: {
      Query: { topReview: () => ({ id: "r1", text: "good", product: { id: "1" } }) },
      Product: {
        __resolveReference: (reference: { id: string }) => reference,
        reviews: ({ id }: { id: string }) => [{ id: `r${id}`, text: "good", product: { id } }],
        rating: ({ id }: { id: string }) => {
          if (id === "2") throw new Error("no rating yet");
          return 5;
        },
        expensive: ({ price }: { price: number }) => price > 150,
      },
    },
  },
];

describe("a query across subgraphs", () => {
  const graph = testGraph(shop);

  it("answers in the client's order and under the client's names", async () => {
    const result = plain(
      await graph.run(`{ all: products { title: name id reviews { product { name } text } } }`),
    );
    expect(JSON.stringify(result)).toBe(
      '{"data":{"all":[{"title":"Table","id":"1","reviews":[{"product":{"name":"Table"},"text":"good"}]},{"title":"Chair","id":"2","reviews":[{"product":{"name":"Chair"},"text":"good"}]}]}}',
    );
  });

  it("does not take an alias for a key", async () => {
    const result = plain(await graph.run(`{ product(id: "1") { id: name reviews { id } } }`));
    expect(result).toEqual({ data: { product: { id: "Table", reviews: [{ id: "r1" }] } } });
  });

  it("keeps the client's arguments apart from those of a requirement", async () => {
    const result = plain(await graph.run(`{ product(id: "1") { price(currency: "EUR") expensive } }`));
    expect(result).toEqual({ data: { product: { price: 100, expensive: true } } });
  });

  it("gives null to the nearest parent that may be null, and the error its path at every place", async () => {
    const result = plain(
      await graph.run(
        `{ product(id: "2") { rating } again: product(id: "2") { name rating } ok: product(id: "1") { rating } }`,
      ),
    );
    expect(result.data).toEqual({ product: null, again: null, ok: { rating: 5 } });
    expect(result.errors?.map(({ message, path }) => ({ message, path }))).toEqual([
      { message: "no rating yet", path: ["product", "rating"] },
      { message: "no rating yet", path: ["again", "rating"] },
    ]);
  });

  it("carries out conditions, also when nothing is left of a selection", async () => {
    const query = `query ($no: Boolean = false) { product(id: "1") { name @include(if: $no) reviews @skip(if: true) { id } } }`;
    expect(plain(await graph.run(query))).toEqual({ data: { product: {} } });
    expect(plain(await graph.run(query, { no: true }))).toEqual({ data: { product: { name: "Table" } } });
  });

  it("answers introspection itself, beside data", async () => {
    const result = plain(await graph.run(`{ __typename __type(name: "Product") { name } broken { id } }`));
    expect(result.data).toEqual({ __typename: "Query", __type: { name: "Product" }, broken: null });
    expect(result.errors).toMatchObject([{ message: "broken on purpose", path: ["broken"] }]);
  });

  it("keeps names such as __proto__ plain names", async () => {
    const result = JSON.stringify(
      plain(await graph.run(`{ __proto__: product(id: "1") { constructor: name } toString: __typename }`)),
    );
    expect(result).toBe('{"data":{"__proto__":{"constructor":"Table"},"toString":"Query"}}');
  });

  it("runs a mutation's fields one after another and each alias on its own", async () => {
    graph.asked.length = 0;
    const result = plain(
      await graph.run(
        `mutation { a: rename(id: "1", name: "A") { name } b: rename(id: "1", name: "A") { name rating } }`,
      ),
    );
    expect(result).toEqual({ data: { a: { name: "A" }, b: { name: "A", rating: 5 } } });
    expect(graph.asked.filter(({ query }) => query.startsWith("mutation"))).toHaveLength(2);
  });

  it("asks no subgraph for a denied field and answers it null with an error", async () => {
    const denied = new Map([
      ["Product.reviews", { message: "no", extensions: { code: "PERMISSION_DENIED" } }],
    ]);
    graph.asked.length = 0;
    const result = plain(await graph.run(`{ products { name r: reviews { id } } }`, {}, { denied }));
    expect(result.data).toEqual({
      products: [
        { name: "Table", r: null },
        { name: "Chair", r: null },
      ],
    });
    expect(result.errors?.map(({ path, extensions }) => [path, extensions?.["code"]])).toEqual([
      [["products", 0, "r"], "PERMISSION_DENIED"],
      [["products", 1, "r"], "PERMISSION_DENIED"],
    ]);
    expect(graph.asked).toHaveLength(1);
  });
});
