import { parse } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { requirements, requirementsOfSupergraph } from "#shared/federation/authorization.ts";
import { composeStory, openTestGateway, type TestGateway } from "./support/testGateway.ts";

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext", "@composeDirective"])`;

interface Item {
  id: string;
}
const asked: unknown[] = [];
const field = (_: Item, given: object) => (asked.push({ ...given }), JSON.stringify(given));

const shop = {
  name: "shop",
  sdl: `${LINK}
    type Query { shop: Shop shops: [Shop!]! place: Place places: [Place!] }
    interface Place @context(name: "place") { id: ID! city: String item: Item }
    type Shop implements Place @key(fields: "id") @context(name: "shop") {
      id: ID! city: String currency: String
      item: Item items: [Item!] shelves: [[Item]] inner: Inner!
    }
    type Market implements Place @key(fields: "id") @context(name: "shop") {
      id: ID! city: String money: String item: Item
    }
    type Inner { item: Item }
    type Item @key(fields: "id") {
      id: ID!
      plain: String
      price(in: String @fromContext(field: "$shop ... on Shop { currency } ... on Market { money }"), digits: Int = 2): String!
      near(city: String @fromContext(field: "$place { city }")): String
    }
  `,
  resolvers: {
    Query: {
      shop: () => SHOPS[0],
      shops: () => SHOPS,
      place: () => MARKET,
      places: () => [MARKET, ...SHOPS],
    },
    Place: { __resolveType: (place: { id: string }) => (place.id.startsWith("m") ? "Market" : "Shop") },
    Item: {
      __resolveReference: ({ id }: Item) => ({ id, plain: `plain ${id}` }),
      price: field,
      near: field,
    },
  },
};
const reviews = {
  name: "reviews",
  sdl: `${LINK}
    type Query { stars: Int }
    type Item @key(fields: "id") { id: ID! stars: Int }
    type Shop @key(fields: "id") { id: ID! }
  `,
  resolvers: {
    Query: { stars: () => 5 },
    Item: { __resolveReference: ({ id }: Item) => ({ id, stars: Number(id) }) },
  },
};

const item = (id: string) => ({ id, plain: `plain ${id}` });
const shopOf = (id: string, city: string, currency: string | null) => ({
  __typename: "Shop",
  id,
  city,
  currency,
  item: item("1"),
  items: [item("1"), item("2")],
  shelves: [[item("1"), null], [item("3")]],
  inner: { item: item("1") },
});
const SHOPS = [shopOf("1", "Rome", "EUR"), shopOf("2", "Bern", "CHF"), shopOf("3", "Oslo", null)];
const MARKET = { __typename: "Market", id: "m1", city: "York", money: "GBP", item: item("1") };

let gateway: TestGateway;
beforeAll(async () => void (gateway = await openTestGateway({ subgraphs: [shop, reviews] })));
afterAll(() => gateway.close());
beforeEach(() => void asked.splice(0));

// From the third time on it would be the compiled executor that answers.
async function answerTo(query: string, variables = {}) {
  const answers: Awaited<ReturnType<TestGateway["ask"]>>[] = [];
  for (let n = 0; n < 4; n++) answers.push(await gateway.ask(query, { variables }));
  for (const { data, errors } of answers)
    expect({ data, errors }).toEqual({ data: answers[0]!.data, errors: [] });
  return answers[0]!.data;
}
const given = (text: unknown) => JSON.parse(text as string) as unknown;

describe("an argument from a context", () => {
  it("is what the object above says, beside those that the client gives", async () => {
    const data = (await answerTo("{ shop { item { price other: price(digits: 4) } } }")) as {
      shop: { item: { price: string; other: string } };
    };
    expect(given(data.shop.item.price)).toEqual({ in: "EUR", digits: 2 });
    expect(given(data.shop.item.other)).toEqual({ in: "EUR", digits: 4 });
  });

  it("is another below each object, also of the same entity, through lists of lists and objects between", async () => {
    const data = (await answerTo(
      "{ shops { items { price } shelves { price } inner { item { price stars } } } }",
    )) as {
      shops: {
        items: { price: string }[];
        shelves: ({ price: string } | null)[][];
        inner: { item: { price: string } };
      }[];
    };
    const currencies = data.shops.map(({ items, shelves, inner }) =>
      [...items, ...shelves.flat(), inner.item].map(
        (each) => each && (given(each.price) as { in: string }).in,
      ),
    );
    expect(currencies).toEqual([
      ["EUR", "EUR", "EUR", null, "EUR", "EUR"],
      ["CHF", "CHF", "CHF", null, "CHF", "CHF"],
      [null, null, null, null, null, null],
    ]);
  });

  it("is taken by the type of the object above", async () => {
    const query =
      "{ places { __typename item { near } ... on Shop { item { price } } ... on Market { item { price } } } place { item { near } } }";
    const data = (await answerTo(query)) as {
      places: { item: { price: string; near: string } }[];
      place: { item: { near: string } };
    };
    expect(data.places.map((place) => [given(place.item.price), given(place.item.near)])).toEqual([
      [{ in: "GBP", digits: 2 }, { city: "York" }],
      [{ in: "EUR", digits: 2 }, { city: "Rome" }],
      [{ in: "CHF", digits: 2 }, { city: "Bern" }],
      [{ in: null, digits: 2 }, { city: "Oslo" }],
    ]);
    expect(given(data.place.item.near)).toEqual({ city: "York" });
  });

  it("is none of the client's: neither an alias nor a variable of the same name comes in its way", async () => {
    const data = (await answerTo(
      "query ($contextualArgument_1_0: Int = 7) { shop { currency: id city: currency item { price(digits: $contextualArgument_1_0) } } }",
      { contextualArgument_1_0: 5 },
    )) as { shop: { currency: string; city: string; item: { price: string } } };
    expect(data.shop).toMatchObject({ currency: "1", city: "EUR" });
    expect(given(data.shop.item.price)).toEqual({ in: "EUR", digits: 5 });
    const refused = await gateway.ask('{ shop { item { price(in: "USD") } } }');
    expect(refused.errors[0]?.extensions["code"]).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it("asks once for all that have the same", async () => {
    gateway.asked.splice(0);
    await gateway.ask("{ shops { items { price } } shop { items { price } } }");
    const entities = gateway.asked.filter(({ query }) => query.includes("_entities"));
    expect(entities).toHaveLength(3);
  });

  it("is there though a part of the operation is deferred", async () => {
    const response = await gateway.send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "multipart/mixed; deferSpec=20220824" },
      body: JSON.stringify({ query: "{ shop { id ... @defer { item { price } } } }" }),
    });
    expect(response.text).toContain('\\"in\\":\\"EUR\\"');
  });
});

describe("what is read for an argument from a context", () => {
  const AUTHORIZE = `
    @link(url: "https://tocsin.dev/authorization/v1.0", import: ["@authorize"])
    @composeDirective(name: "@authorize")
    directive @authorize(permissions: [String!]!) repeatable on FIELD_DEFINITION | OBJECT
  `;
  const guarded = {
    name: "guarded",
    sdl: `${LINK} ${AUTHORIZE}
      type Query { person: Person @authorize(permissions: []) }
      type Person @key(fields: "id") @context(name: "person") {
        id: ID! @authorize(permissions: [])
        secret: String @authorize(permissions: ["SecretRead"])
        thing: Thing @authorize(permissions: [])
      }
      type Thing @key(fields: "id") {
        id: ID! @authorize(permissions: [])
        hint(of: String @fromContext(field: "$person { secret }")): String @authorize(permissions: [])
      }
    `,
    resolvers: {},
  };

  it("is demanded of whoever reads the field, of the subgraph's SDL as of the supergraph", () => {
    const ofSubgraph = requirements([parse(guarded.sdl)]).get("Thing.hint");
    const ofSupergraph = requirementsOfSupergraph(parse(composeStory([guarded]))).get("Thing.hint");
    expect([ofSubgraph, ofSupergraph]).toEqual([["SecretRead"], ["SecretRead"]]);
  });
});
