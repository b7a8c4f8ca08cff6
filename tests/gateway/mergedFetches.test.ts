import { afterEach, describe, expect, it } from "vitest";
import type { DataSource } from "../../gateway/executor/contract.ts";
import { query as workload, subgraphs as workloadSubgraphs } from "../bench/gateway/workload.ts";
import { plain, testGraph, type TestGraph, type TestSubgraph } from "./support/testGraph.ts";

const shop: TestSubgraph = {
  name: "shop",
  typeDefs: `type Query { books: [Book] people: [Person] }
    type Book @key(fields: "id") { id: ID! } type Person @key(fields: "id") { id: ID! }`,
  resolvers: { Query: { books: () => [{ id: "b1" }], people: () => [{ id: "p1" }, { id: "p2" }] } },
};
const names: TestSubgraph = {
  name: "names",
  typeDefs: `type Book @key(fields: "id") { id: ID! title(in: String): String } type Person @key(fields: "id") { id: ID! name(in: String): String! }`,
  resolvers: {
    Book: {
      __resolveReference: (known: object) => known,
      title: (_: object, { in: word }: { in: string }) => `a ${word}`,
    },
    Person: {
      __resolveReference: (known: object) => known,
      name: ({ id }: { id: string }) => {
        if (id === "p2") throw new Error("has none");
        return id;
      },
    },
  },
};
const both = "query Both($in: String) { books { id title(in: $in) } people { id name(in: $in) } }";
const answered = {
  data: { books: [{ id: "b1", title: "a word" }], people: [{ id: "p1", name: "p1" }, null] },
  errors: [{ message: "has none", path: ["people", 1, "name"] }],
};

const opened: TestGraph[] = [];
afterEach(async () => {
  for (const { engine } of opened.splice(0)) await engine.close();
});

function open(
  subgraphs: readonly TestSubgraph[],
  source?: (subgraph: string, local: DataSource) => DataSource,
  limits = {},
): TestGraph {
  const graph = testGraph(subgraphs, source, limits);
  opened.push(graph);
  return graph;
}

const workloadCalls = ["accounts", "accounts", "inventory", "inventory", "products", "products", "reviews"];
const isMerged = (query: string) => query.includes("_1:_entities");

describe("fetches of one step to one subgraph", () => {
  it("are asked for in one request, whose errors have the paths that they have otherwise", async () => {
    const graph = open([shop, names]);
    for (let time = 0; time < 3; time++) {
      graph.asked.length = 0;
      expect(plain(await graph.run(both, { in: "word" }))).toMatchObject(answered);
      // Books and people of the shop are one request anyway.
      expect(graph.asked.map(({ subgraph }) => subgraph)).toEqual(["shop", "names"]);
    }
    const [, { query, variables }] = graph.asked as [unknown, TestGraph["asked"][number]];
    expect(query.match(/_\d:_entities\(representations:\$_\d\)/g)).toHaveLength(2);
    expect(variables).toMatchObject({ in: "word" });
  });

  it("take 7 calls for the workload of bench:gateway, which 16 fetches plan, in both executors", async () => {
    const graph = open(workloadSubgraphs);
    for (const times of [1, 2, 3]) {
      graph.asked.length = 0;
      expect(plain(await graph.run(workload)).errors, `run ${times}`).toBeUndefined();
      expect(graph.asked.map(({ subgraph }) => subgraph).sort()).toEqual(workloadCalls);
    }
  });

  it("are asked for by the same text, whatever there is to ask", async () => {
    const texts = new Set<string>();
    let books: object[] = [];
    const changing = {
      ...shop,
      resolvers: { Query: { books: () => books, people: () => [{ id: "p1" }, { id: "p3" }] } },
    };
    const graph = open([changing, names]);
    for (const there of [[{ id: "b1" }], [{ id: "b1" }, { id: "b2" }], []]) {
      books = there;
      graph.asked.length = 0;
      expect(plain(await graph.run(both)).errors).toBeUndefined();
      for (const { subgraph, query } of graph.asked) if (subgraph === "names") texts.add(query);
    }
    // With only people there, what is asked for people alone.
    expect([...texts].map(isMerged)).toEqual([true, false]);
  });
});

describe("a subgraph that does not answer several lists of entities at once", () => {
  it("is asked for each by itself, and from then on at once", async () => {
    const refused: string[] = [];
    const graph = open([shop, names], (_, local) => ({
      async execute(request) {
        if (!isMerged(request.query)) return local.execute(request);
        refused.push(request.query);
        return { status: 400, text: '{"errors":[{"message":"Aliases are not allowed."}]}' };
      },
    }));
    for (let time = 0; time < 3; time++)
      expect(plain(await graph.run(both, { in: "word" }))).toMatchObject(answered);
    expect(refused).toHaveLength(1);
  });

  it("is not asked again when it does not answer at all", async () => {
    let asked = 0;
    const graph = open([shop, names], (subgraph, local) => ({
      async execute(request) {
        if (subgraph === "shop") return local.execute(request);
        asked += 1;
        return { status: 503, text: "away" };
      },
    }));
    const { data, errors } = plain(await graph.run(both));
    expect(data).toEqual({ books: [{ id: "b1", title: null }], people: [null, null] });
    expect(new Set(errors?.map(({ extensions }) => extensions?.["code"]))).toEqual(
      new Set(["SUBGRAPH_UNAVAILABLE"]),
    );
    expect(asked).toBe(1);
  });
});

it("of which one does not come go without it", async () => {
  const slow = Promise.withResolvers<void>();
  const people: TestSubgraph = {
    name: "people",
    typeDefs: `type Query { people: [Person] } type Person @key(fields: "id") { id: ID! }`,
    resolvers: { Query: { people: () => [{ id: "p1" }] } },
  };
  const books: TestSubgraph = {
    name: "books",
    typeDefs: `type Query { books: [Book] } type Book @key(fields: "id") { id: ID! }`,
    resolvers: { Query: { books: () => [{ id: "b1" }] } },
  };
  const order: string[] = [];
  const graph = open([people, books, names], (subgraph, local) => ({
    async execute(request) {
      // The people come only once what is asked of the books has been answered.
      if (subgraph === "people") await slow.promise;
      order.push(subgraph);
      const answer = await local.execute(request);
      if (subgraph === "names") slow.resolve();
      return answer;
    },
  }));
  const { data } = plain(await graph.run(both, { in: "word" }));
  expect(data).toEqual({ books: [{ id: "b1", title: "a word" }], people: [{ id: "p1", name: "p1" }] });
  expect(order).toEqual(["books", "names", "people", "names"]);
});
