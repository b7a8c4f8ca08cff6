import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const tree = {
  name: "tree",
  sdl: `
    type Query {
      node: Node @public
      nodes(first: Int, last: Int): NodeConnection @public
      page(size: Int = 10): [Node!] @public @listSize(slicingArguments: ["size"])
      dear: Node @public @cost(weight: 2000)
    }
    type Mutation { grow: Node @public }
    type Node { name: String child: Node children: [Node!] }
    type NodeConnection { nodes: [Node!]! edges: [NodeEdge!]! totalCount: Int! }
    type NodeEdge { node: Node! cursor: String! }
  `,
  resolvers: {
    Query: { node: () => ({ name: "root" }), nodes: () => ({ nodes: [], edges: [], totalCount: 0 }) },
  },
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ subgraphs: [tree], env: { LIMIT_COST: "1000" } });
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.asked.length = 0;
});

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(" ");
const nested = (depth: number) => `{ ${"child { ".repeat(depth)}name${" }".repeat(depth)} }`;

async function counted(limit: string): Promise<number> {
  const line = (await metricsText())
    .split("\n")
    .find((each) => each.startsWith(`gateway_limit_exceeded_total{limit="${limit}"`));
  return Number(line?.split(" ").at(-1) ?? 0);
}

describe("useLimits", () => {
  it.each([
    ["tokens", `{ node { ${many(2_000, () => "name")} } }`],
    ["depth", `{ node ${nested(12)} }`],
    [
      "depth",
      `{ node { ...A } } fragment A on Node { child { child { child { child { ...B } } } } } fragment B on Node ${nested(8)}`,
    ],
    ["aliases", `{ node { ${many(31, (i) => `a${i}: name`)} } }`],
    [
      "aliases",
      `{ node { ...A ...A child { ...A ...A } } } fragment A on Node { ${many(8, (i) => `a${i}: name`)} }`,
    ],
    ["literalDepth", `{ node { ... @include(if: ${"[".repeat(900)}${"]".repeat(900)}) { name } } }`],
    ["literalDepth", `query ($a: [Int] = ${"[".repeat(11)}${"]".repeat(11)}) { node { name } }`],
    ["rootFields", `{ ${many(21, () => "__typename")} }`],
    ["rootFields", `{ ${many(6, () => "...F")} } fragment F on Query { ${many(4, () => "__typename")} }`],
    ["directives", `{ __typename ${many(51, () => "@skip(if: false)")} }`],
    [
      "selections",
      `{ node { ...F0 } } ${many(12, (i) => `fragment F${i} on Node { ...F${i + 1} ...F${i + 1} }`)} fragment F12 on Node { name }`,
    ],
  ])(
    "refuses a document with too many %s before any subgraph or the planner sees it",
    async (limit, query) => {
      const before = await counted(limit);
      for (let times = 0; times < 2; times += 1) {
        const heard = await gateway.ask(query);
        expect(heard).toMatchObject({ status: 400, data: undefined });
        expect(heard.errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", limit } }]);
      }
      expect(await counted(limit)).toBe(before + 2);
      expect(gateway.asked).toEqual([]);
    },
  );

  it.each([129, 100_000])("refuses a variable that nests %d deep before anything walks it", async (depth) => {
    const variables = `{ "size": ${"[".repeat(depth)}${"]".repeat(depth)} }`;
    const query = JSON.stringify("query ($size: Int) { page(size: $size) { name } }");
    const heard = await gateway.send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{ "query": ${query}, "variables": ${variables} }`,
    });
    expect(heard.status).toBe(400);
    expect(heard.errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", limit: "variableDepth" } }]);
    expect(gateway.asked).toEqual([]);
  });

  it("takes a document that is just within the limits", async () => {
    const heard = await gateway.ask(`{ node { ${many(30, (i) => `a${i}: name`)} } }`);
    expect(heard.errors).toEqual([]);
    expect((await gateway.ask(`{ node ${nested(10)} }`)).errors).toEqual([]);
  });

  it("refuses fragments that spread each other, and does not count for ever", async () => {
    const heard = await gateway.ask(
      "{ node { ...A } } fragment A on Node { ...B } fragment B on Node { ...A }",
    );
    expect(heard).toMatchObject({
      data: undefined,
      errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
  });

  it("refuses a batch: one request runs one operation", async () => {
    const body = JSON.stringify(Array.from({ length: 10 }, () => ({ query: "{ __typename }" })));
    const heard = await gateway.send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(heard).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "operations" } }],
    });
  });

  it("refuses a body of more than 256 KB, whether its length is announced or not", async () => {
    const query = `{ __typename } #${"x".repeat(256 * 1_024)}`;
    expect(await gateway.ask(query)).toMatchObject({
      status: 413,
      errors: [{ extensions: { code: "BODY_TOO_LARGE" } }],
    });
    const stream = new Blob([JSON.stringify({ query })]).stream();
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: stream,
      duplex: "half",
    };
    expect(await gateway.send("/graphql", init as RequestInit)).toMatchObject({ status: 413 });
  });

  it("refuses introspection that goes round in circles", async () => {
    const circle = "fields { type { fields { type { fields { type { fields { name } } } } } } }";
    const heard = await gateway.ask(`{ __schema { types { ${circle} } } }`);
    expect(heard.data).toBeUndefined();
    expect(heard.errors[0]?.message).toContain("introspection depth");
  });
});

describe("useCost", () => {
  it.each([
    ["a page that is asked for by a number", `{ nodes(first: 1001) { nodes { name } } }`, {}],
    [
      "a page that is asked for by a variable",
      `query ($n: Int) { nodes(last: $n) { edges { node { name } } } }`,
      { n: 600 },
    ],
    ["a variable's default", `query ($n: Int = 5000) { nodes(first: $n) { nodes { name } } }`, {}],
    ["both ends of a page", `{ nodes(first: 1, last: 1001) { nodes { name } } }`, {}],
    ["what @listSize says is a size", `query ($n: Int) { page(size: $n) { name } }`, { n: 1_001 }],
    ["the weight of a field", `{ dear { name } }`, {}],
  ])("refuses what costs too much by %s", async (_name, query, variables) => {
    const before = await counted("cost");
    const heard = await gateway.ask(query, { variables });
    expect(heard).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "COST_EXCEEDED", limit: "cost", maximum: 1_000 } }],
    });
    expect(await counted("cost")).toBe(before + 1);
    expect(gateway.asked).toEqual([]);
  });

  it.each([
    ["negative", `{ nodes(first: -1000) { nodes { name } } dear { name } }`, {}],
    ["negative by a variable", `query ($n: Int) { nodes(first: $n) { nodes { name } } }`, { n: -1 }],
    ["huge", `query ($n: Int) { nodes(first: $n) { nodes { name } } }`, { n: 1e308 }],
  ])("refuses a %s size, so that nothing is subtracted", async (_name, query, variables) => {
    const heard = await gateway.ask(query, { variables });
    expect(heard).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "LIST_SIZE_INVALID", argument: "first" } }],
    });
    expect(gateway.asked).toEqual([]);
  });

  it("multiplies lists within lists", async () => {
    const within = (size: number) => `{ nodes(first: ${size}) { nodes { name children { name } } } }`;
    expect((await gateway.ask(within(300))).errors).toEqual([]);
    expect((await gateway.ask(within(600))).errors).toMatchObject([
      { extensions: { code: "COST_EXCEEDED", cost: 1_201 } },
    ]);
  });
});
