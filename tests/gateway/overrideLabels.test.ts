import { afterEach, describe, expect, it } from "vitest";
import { openOverrideLabels, readLabelRule } from "../../gateway/overrideLabels.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override"])`;

const shop = {
  name: "shop",
  sdl: `${LINK}
    type Query { product: Product }
    type Product @key(fields: "id") { id: ID! price: Int stock: Int name: String }
  `,
  resolvers: {
    Query: { product: () => ({ id: "1", price: 1, stock: 1, name: "shop" }) },
    Product: { __resolveReference: () => ({ id: "1", price: 1, stock: 1, name: "shop" }) },
  },
};
const market = {
  name: "market",
  sdl: `${LINK}
    type Product @key(fields: "id") {
      id: ID!
      price: Int @override(from: "shop", label: "new-prices")
      stock: Int @override(from: "shop", label: "percent(50)")
      name: String @override(from: "shop", label: "percent(100)")
    }
  `,
  resolvers: {
    Product: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 2, stock: 2, name: "market" }) },
  },
};

let gateway: TestGateway;
const open = (env: Record<string, string>) => openTestGateway({ subgraphs: [shop, market], env });
const price = async (headers: Record<string, string> = {}) =>
  (await gateway.ask("{ product { price } }", { headers })).data;

describe.each([
  ["our executor", {}],
  ["the stock one", { EXECUTOR: "stock" }],
])("a field that moves by a label, with %s", (_, executor) => {
  afterEach(() => gateway.close());

  it("is where it was until the label is on", async () => {
    gateway = await open(executor);
    expect(await price()).toEqual({ product: { price: 1 } });
    expect(await price({ "x-labels": "new-prices" })).toEqual({ product: { price: 1 } });
  });

  it("is where it goes for everybody, once the configuration says so", async () => {
    gateway = await open({ ...executor, OVERRIDE_LABELS: "new-prices" });
    expect(await price()).toEqual({ product: { price: 2 } });
  });

  it("is where a caller says, by the header that is configured", async () => {
    gateway = await open({ ...executor, OVERRIDE_HEADER: "x-labels" });
    expect(await price({ "x-labels": "other, new-prices" })).toEqual({ product: { price: 2 } });
    // The plan of the one is none of the other's.
    expect(await price()).toEqual({ product: { price: 1 } });
    for (let n = 0; n < 5; n++)
      expect([await price({ "x-labels": "new-prices" }), await price()]).toEqual([
        { product: { price: 2 } },
        { product: { price: 1 } },
      ]);
  });

  it("moves for a share of the clients, and for all at a hundred percent", async () => {
    gateway = await open({ ...executor, OVERRIDE_LABELS: "new-prices=100" });
    const { data } = await gateway.ask("{ product { price stock name } }");
    expect(data).toMatchObject({ product: { price: 2, name: "market" } });
    const { stock } = (data as { product: { stock: number } }).product;
    for (let n = 0; n < 3; n++)
      expect((await gateway.ask("{ product { stock } }")).data).toEqual({ product: { stock } });
  });
});

describe("a share of the clients", () => {
  const labelsOn = openOverrideLabels({
    rules: [readLabelRule("a=30"), readLabelRule("b=30")],
    header: null,
  });
  const on = (labels: readonly string[], client: string) =>
    labelsOn(labels, { headers: new Headers(), client });
  const clients = Array.from({ length: 2_000 }, (_, n) => `user ${n}`);
  const share = (label: string) => clients.filter((client) => on([label], client).length > 0).length / 20;

  it("is as large as it says, and the same clients each time", () => {
    for (const [label, percent] of [
      ["percent(10)", 10],
      ["percent(55.5)", 55.5],
      ["a", 30],
    ] as const) {
      expect(Math.abs(share(label) - percent)).toBeLessThan(4);
      expect(share(label)).toBe(share(label));
    }
    expect([share("percent(0)"), share("percent(100)"), share("unknown")]).toEqual([0, 100, 0]);
  });

  it("grows by clients that were not in it; labels with names have shares of their own", () => {
    const small = clients.filter((client) => on(["percent(10)"], client).length > 0);
    expect(small.every((client) => on(["percent(40)"], client).length > 0)).toBe(true);
    const both = clients.filter((client) => on(["a", "b"], client).length === 2);
    expect(both.length).toBeLessThan(clients.length * 0.2);
  });
});

it.each(["=5", "moved=101", "moved=x", "1moved", "a b"])("the configuration refuses the label %s", (text) => {
  expect(() => readGatewayConfig({ OVERRIDE_LABELS: text })).toThrow(/OVERRIDE_LABELS/);
});
