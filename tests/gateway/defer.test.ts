import { describe, expect, it } from "vitest";
import type { DataSource } from "../../gateway/executor/contract.ts";
import { isAsyncIterable } from "graphql-yoga";
import { merged, readParts, type Told } from "./support/parts.ts";
import { plain, testGraph, type TestGraph } from "./support/testGraph.ts";

const subgraphs = [
  {
    name: "people",
    typeDefs: `
      type Query { me: Person people: [Person!]! nobody: Person }
      type Person @key(fields: "id") { id: ID! name: String! }
    `,
    resolvers: {
      Query: {
        me: () => ({ id: "1", name: "Ada" }),
        people: () => [
          { id: "1", name: "Ada" },
          { id: "2", name: "Grace" },
        ],
        nobody: () => null,
      },
      Person: {
        __resolveReference: ({ id }: { id: string }) => ({ id, name: id === "1" ? "Ada" : "Grace" }),
      },
    },
  },
  {
    name: "letters",
    typeDefs: `
      type Query { letterCount: Int! }
      type Person @key(fields: "id") { id: ID! letters: [Letter!] secret: String! }
      type Letter @key(fields: "id") { id: ID! subject: String! }
    `,
    resolvers: {
      Query: { letterCount: () => 7 },
      Person: {
        __resolveReference: (known: object) => known,
        letters: ({ id }: { id: string }) => [{ id: `${id}a`, subject: "Hello" }],
        secret() {
          throw new Error("nobody is told");
        },
      },
    },
  },
  {
    name: "stamps",
    typeDefs: `type Letter @key(fields: "id") { id: ID! stamp: String }`,
    resolvers: {
      Letter: {
        __resolveReference: (known: object) => known,
        stamp: ({ id }: { id: string }) => `stamp of ${id}`,
      },
    },
  },
];

function inParts(graph: TestGraph, query: string, variables: Record<string, unknown> = {}, denied?: string) {
  const denial = { message: "Not for you.", extensions: { code: "PERMISSION_DENIED" } };
  const prepared = graph.engine.prepare(query, null, variables, {
    acceptsIncremental: true,
    ...(denied && { denied: new Map([[denied, denial]]) }),
  });
  return graph.engine.executeIncrementally(prepared, {
    headersFor: () => ({}),
    deadline: Date.now() + 5_000,
  });
}

async function told(
  graph: TestGraph,
  query: string,
  variables?: Record<string, unknown>,
  denied?: string,
): Promise<Told[]> {
  const answer = await inParts(graph, query, variables, denied);
  if (!isAsyncIterable(answer)) throw new Error(`There were no parts: ${JSON.stringify(plain(answer))}`);
  return readParts(answer);
}

const whole = (text: string) => text.replaceAll(/@defer(\([^)]*\))?/g, "");

describe("an answer in parts", () => {
  it("is what needs no waiting first, then the rest", async () => {
    const results = await told(
      testGraph(subgraphs),
      `{ me { name ... @defer(label: "mail") { letters { subject } } } }`,
    );
    expect(results).toEqual([
      { data: { me: { name: "Ada" } }, pending: [{ id: "0", path: ["me"], label: "mail" }], hasNext: true },
      {
        data: { letters: [{ subject: "Hello" }] },
        part: { id: "0", path: ["me"], label: "mail" },
        pending: [],
        hasNext: false,
      },
    ]);
  });

  it("begins while the rest is still asked for", async () => {
    const gate = Promise.withResolvers<void>();
    const held = (name: string, local: DataSource): DataSource => ({
      execute: async (request) => {
        if (name === "letters") await gate.promise;
        return local.execute(request);
      },
    });
    const answer = await inParts(
      testGraph(subgraphs, held),
      `{ me { name ... @defer { letters { subject } } } }`,
    );
    if (!isAsyncIterable(answer)) throw new Error("There were no parts");
    expect((await answer.next()).value).toMatchObject({ data: { me: { name: "Ada" } }, hasNext: true });
    gate.resolve();
    expect((await answer.next()).value).toMatchObject({ data: { letters: [{ subject: "Hello" }] } });
  });

  it.each([
    ["below a list", `{ people { id ... @defer { letters { subject } } } }`],
    ["one in another", `{ me { name ... @defer { letters { subject ... @defer { stamp } } } } }`],
    [
      "by a named fragment",
      `{ me { ...Mail @defer name } } fragment Mail on Person { letters { id ...Stamp @defer } } fragment Stamp on Letter { stamp }`,
    ],
    ["at the root", `{ me { name } ... @defer { letterCount } }`],
    ["that repeats what is there", `{ me { letters { id } ... @defer { letters { subject stamp } name } } }`],
    [
      "two at one place",
      `{ me { id ... @defer(label: "a") { letters { subject } } ... @defer(label: "b") { name } } }`,
    ],
    ["under aliases", `{ a: me { n: name ... @defer { l: letters { s: stamp } } } }`],
    ["everything at the root", `{ ... @defer { people { name letters { stamp } } } }`],
  ])("comes to the same as the whole: %s", async (_where, query) => {
    const graph = testGraph(subgraphs);
    const results = await told(graph, query);
    expect(results.length).toBeGreaterThan(1);
    expect(results.map(({ hasNext }) => hasNext)).toEqual([...results.slice(1).map(() => true), false]);
    expect(merged(results)).toEqual(plain(await graph.run(whole(query))).data);
    const announced = results.flatMap(({ pending }) => pending);
    expect(results.slice(1).map(({ part }) => part)).toHaveLength(announced.length);
  });

  it.each([
    ["the client accepts no parts", `{ me { name ... @defer { letters { subject } } } }`, {}, false],
    ["it says not to", `{ me { name ... @defer(if: false) { letters { subject } } } }`, {}, true],
    [
      "a variable says not to",
      `query ($later: Boolean!) { me { name ... @defer(if: $later) { letters { subject } } } }`,
      { later: false },
      true,
    ],
    [
      "a default says not to",
      `query ($later: Boolean = false) { me { name ... @defer(if: $later) { letters { subject } } } }`,
      {},
      true,
    ],
  ])("is one answer when %s", async (_why, query, variables, acceptsIncremental) => {
    const { engine } = testGraph(subgraphs);
    const prepared = engine.prepare(query, null, variables, { acceptsIncremental });
    const answer = await engine.executeIncrementally(prepared, {
      headersFor: () => ({}),
      deadline: Date.now() + 5_000,
    });
    expect(isAsyncIterable(answer)).toBe(false);
    expect(plain(answer as never)).toEqual({
      data: { me: { name: "Ada", letters: [{ subject: "Hello" }] } },
    });
  });

  it("comes in parts when a variable says so, of the same operation", async () => {
    const graph = testGraph(subgraphs);
    const query = `query ($later: Boolean!) { me { name ... @defer(if: $later) { letters { subject } } } }`;
    expect(await told(graph, query, { later: true })).toHaveLength(2);
    expect(plain(await graph.run(query, { later: true }))).toEqual({
      data: { me: { name: "Ada", letters: [{ subject: "Hello" }] } },
    });
  });

  it("is one answer where what is deferred turns out to be of nothing", async () => {
    const answer = await inParts(
      testGraph(subgraphs),
      `{ nobody { name ... @defer { letters { subject } } } }`,
    );
    expect(plain(answer as never)).toEqual({ data: { nobody: null } });
  });

  it("keeps a null that may not be within its part, with an error that has the whole path", async () => {
    const [first, second] = await told(testGraph(subgraphs), `{ me { name ... @defer { id secret } } }`);
    expect(first).toMatchObject({ data: { me: { name: "Ada" } } });
    expect(first).not.toHaveProperty("errors");
    expect(second).toMatchObject({
      data: null,
      errors: [{ message: "nobody is told", path: ["me", "secret"] }],
    });
  });

  it("has errors in the part they belong to when a subgraph is away", async () => {
    const away = (name: string, local: DataSource): DataSource =>
      name === "stamps" ? { execute: () => Promise.reject(new Error("away")) } : local;
    const results = await told(
      testGraph(subgraphs, away),
      `{ people { name ... @defer { letters { subject ... @defer { stamp } } } } }`,
    );
    expect(results.filter(({ errors }) => !errors)).toHaveLength(3);
    for (const { data, part, errors } of results.slice(3)) {
      expect(data).toEqual({ stamp: null });
      expect(errors).toMatchObject([{ path: [...(part?.path ?? []), "stamp"] }]);
    }
  });

  it("does not ask for what is denied, in a part as anywhere", async () => {
    const graph = testGraph(subgraphs);
    const [, second] = await told(
      graph,
      `{ me { name ... @defer { letters { subject } } } }`,
      {},
      "Person.letters",
    );
    expect(second).toMatchObject({
      data: { letters: null },
      errors: [{ message: "Not for you.", path: ["me", "letters"] }],
    });
    expect(graph.asked.map(({ subgraph }) => subgraph)).not.toContain("letters");
  });

  it("ends at the deadline, with errors for what has not come", async () => {
    const silent = (name: string, local: DataSource): DataSource =>
      name === "letters"
        ? {
            execute: ({ signal }) =>
              new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason as Error))),
          }
        : local;
    const { engine } = testGraph(subgraphs, silent);
    const prepared = engine.prepare(
      `{ me { name ... @defer { letters { subject } } } }`,
      null,
      {},
      { acceptsIncremental: true },
    );
    const answer = await engine.executeIncrementally(prepared, {
      headersFor: () => ({}),
      deadline: Date.now() + 50,
    });
    if (!isAsyncIterable(answer)) throw new Error("There were no parts");
    expect((await answer.next()).value).toMatchObject({ data: { me: { name: "Ada" } } });
    expect((await answer.next()).value).toMatchObject({
      errors: [{ path: ["me", "letters"] }],
      hasNext: false,
    });
  });

  it("lets the engine close once nothing is asked any more, also when nobody reads the parts", async () => {
    const { engine } = testGraph(subgraphs);
    const prepared = engine.prepare(
      `{ me { name ... @defer { letters { subject } } } }`,
      null,
      {},
      { acceptsIncremental: true },
    );
    await engine.executeIncrementally(prepared, { headersFor: () => ({}), deadline: Date.now() + 5_000 });
    await engine.close();
    expect(engine.apiSchema.getDirective("defer")).toBeDefined();
  });
});

describe("an operation that the planner cannot plan with @defer", () => {
  const graph = testGraph([
    {
      name: "sizes",
      typeDefs: `type Query { parcel: Parcel } type Parcel @key(fields: "id") { id: ID! size: Int }`,
      resolvers: {
        Query: { parcel: () => ({ id: "1", size: 2 }) },
        Parcel: { __resolveReference: ({ id }: { id: string }) => ({ id, size: 3 }) },
      },
    },
    {
      name: "costs",
      typeDefs: `type Parcel @key(fields: "id") { id: ID! size: Int @external cost: Int @requires(fields: "size") }`,
      resolvers: {
        Parcel: {
          __resolveReference: (known: object) => known,
          cost: ({ size }: { size: number }) => size * 2,
        },
      },
    },
    {
      name: "routes",
      typeDefs: `type Parcel @key(fields: "id") {
        id: ID! cost: Int @external price: Int @requires(fields: "cost") next: Parcel
      }`,
      resolvers: {
        Parcel: {
          __resolveReference: (known: object) => known,
          price: ({ cost }: { cost: number }) => cost * 10,
          next: () => ({ id: "2" }),
        },
      },
    },
  ]);

  it("is answered at once, what a field requires within what is deferred included", async () => {
    const query = "{ parcel { id cost ... @defer { next { price } } } }";
    const answer = await inParts(graph, query);
    expect(isAsyncIterable(answer) ? await readParts(answer) : plain(answer)).toEqual({
      data: { parcel: { id: "1", cost: 4, next: { price: 60 } } },
    });
  });
});
