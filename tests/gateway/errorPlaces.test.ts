import { describe, expect, it } from "vitest";
import type { DataSource, SubgraphAnswer } from "../../gateway/executor/contract.ts";
import { plain, testGraph } from "./support/testGraph.ts";
import { voicesOver } from "./support/voices.ts";

const fails = () => {
  throw new Error("it failed");
};

describe("an error of a field that must not be null", () => {
  const voices = voicesOver([
    {
      name: "parcels",
      typeDefs: `
        type Query { p: Parcel all: [Parcel!]! own: Own }
        type Own { ok: Int! bad: Int! deep: Own }
        type Parcel @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: {
          p: () => ({ id: "1" }),
          all: () => [{ id: "1" }, { id: "2" }, { id: "3" }],
          own: () => ({ ok: 1, bad: fails, deep: { ok: 2, bad: 3 } }),
        },
      },
    },
    {
      name: "weights",
      typeDefs: `
        type Query { ok: Int! bad: Int! fine: Int }
        type Parcel @key(fields: "id") { id: ID! ok: Int! bad: Int! may: Int inner: Inner! }
        type Inner { ok: Int! bad: Int! }
      `,
      resolvers: {
        Query: { ok: () => 1, bad: fails, fine: () => 2 },
        Parcel: {
          __resolveReference: (known: object) => known,
          ok: () => 1,
          bad: ({ id }: { id: string }) => (id === "2" ? 2 : fails()),
          may: () => 3,
          inner: () => ({ ok: 1, bad: fails }),
        },
      },
    },
  ]);
  const stock = { stockDiffers: "it says nothing of the path", servedDiffers: "it blames the null as well" };

  it("is told once, at its own path, and blames nobody beside it", () =>
    voices.agree("{ p { ok bad } }", { p: null }, { errorsAt: ["p.bad"], ...stock }));

  it("has the client's names", () =>
    voices.agree("{ q: p { ok worse: bad id } }", { q: null }, { errorsAt: ["q.worse"], ...stock }));

  it("is so below what failed with it", () =>
    voices.agree("{ p { ok inner { ok bad } } }", { p: null }, { errorsAt: ["p.inner.bad"], ...stock }));

  it("leaves alone what may be null", () =>
    voices.agree("{ p { id may } all { id } }", {
      p: { id: "1", may: 3 },
      all: [{ id: "1" }, { id: "2" }, { id: "3" }],
    }));

  it("is so in a list, for each item", () =>
    voices.agree(
      "{ p { id may bad } all { id } }",
      { p: null, all: [{ id: "1" }, { id: "2" }, { id: "3" }] },
      { errorsAt: ["p.bad"], ...stock },
    ));

  it("is so in an object that its subgraph answered whole", () =>
    voices.agree("{ own { ok bad } }", { own: null }, { errorsAt: ["own.bad"], ...stock }));

  it("is so at the root", () =>
    voices.agree("{ ok bad fine p { id } }", null, { errorsAt: ["bad"], ...stock }));
});

describe("an error that takes a shared list with it in one of two subgraphs", () => {
  const voices = voicesOver([
    {
      name: "whole",
      typeDefs: `type Query { box: Box @shareable } type Box @shareable { items: [Item!] } type Item @shareable { a: Int }`,
      resolvers: { Query: { box: () => ({ items: [{ a: 1 }, { a: 2 }, { a: 3 }] }) } },
    },
    {
      name: "part",
      typeDefs: `type Query { box: Box @shareable } type Box @shareable { items: [Item!] } type Item @shareable { b: Int! c: Int! }`,
      resolvers: {
        Query: {
          box: () => ({
            items: [
              { b: 1, c: 1 },
              { b: fails, c: 1 },
              { b: 3, c: fails },
            ],
          }),
        },
      },
    },
  ]);
  const stock = { stockDiffers: "it says nothing of the path", servedDiffers: "it blames the null as well" };

  it("blames no item beside the one that failed", () =>
    voices.agree(
      "{ box { items { a b } } }",
      { box: { items: null } },
      { errorsAt: ["box.items.1.b"], ...stock },
    ));
});

describe("an error beside what took everything with it already", () => {
  const known = (reference: object) => reference;
  const voices = voicesOver([
    {
      name: "things",
      typeDefs: `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { thing: () => ({ id: "1" }) } },
    },
    {
      name: "sizes",
      typeDefs: `type Thing @key(fields: "id") { id: ID! size: Int! }`,
      resolvers: { Thing: { __resolveReference: known, size: fails } },
    },
    {
      name: "places",
      typeDefs: `type Thing @key(fields: "id") { id: ID! place: Place } type Place { x: Int! }`,
      resolvers: { Thing: { __resolveReference: known, place: () => ({ x: fails }) } },
    },
  ]);

  it("is told at its own path", () =>
    voices.agree(
      "{ thing { size at: place { x } } }",
      { thing: null },
      {
        errorsAt: ["thing.at.x", "thing.size"],
        stockDiffers: "it says nothing of the path",
        servedDiffers: "it blames the null as well",
      },
    ));
});

/** A list of so many things in one subgraph, and another that answers each of them so. */
function listOf(count: number, answer: (representations: readonly unknown[]) => object, type = "Int") {
  const source = (name: string, local: DataSource): DataSource =>
    name === "things"
      ? local
      : {
          async execute({ variables: { representations } }): Promise<SubgraphAnswer> {
            // It answers one list of entities at a time.
            if (!representations) return { status: 400, text: '{"errors":[{"message":"one at a time"}]}' };
            return { status: 200, text: JSON.stringify(answer(representations as unknown[])) };
          },
        };
  return testGraph(
    [
      {
        name: "things",
        typeDefs: `type Query { box: Box } type Box { things: [Thing] } type Thing @key(fields: "id") { id: ID! }`,
        resolvers: { Query: { box: () => ({ things: Array.from({ length: count }, (_, id) => ({ id })) }) } },
      },
      { name: "sizes", typeDefs: `type Thing @key(fields: "id") { id: ID! size: ${type} more: Int }` },
    ],
    source,
  );
}

describe("an error of an entity", () => {
  const failing = (representations: readonly unknown[]) => ({
    data: { _entities: representations.map((_, index) => (index === 1 ? null : { size: 5, more: 6 })) },
    errors: [{ message: "gone", path: ["_entities", 1] }],
  });

  it("is told once, at the entity's own path, whatever is missing of it", async () => {
    const answer = plain(await listOf(3, failing).run("{ b: box { all: things { id size more } } }"));
    const size = { size: 5, more: 6 };
    expect(answer.data).toEqual({
      b: {
        all: [
          { id: "0", ...size },
          { id: "1", size: null, more: null },
          { id: "2", ...size },
        ],
      },
    });
    expect(answer.errors).toMatchObject([{ message: "gone", path: ["b", "all", 1] }]);
  });

  it("is so where what is missing must not be null", async () => {
    const answer = plain(await listOf(3, failing, "Int!").run("{ box { things { size more } } }"));
    expect(answer.data).toEqual({ box: { things: [{ size: 5, more: 6 }, null, { size: 5, more: 6 }] } });
    expect(answer.errors).toMatchObject([{ message: "gone", path: ["box", "things", 1] }]);
  });

  it("is told wherever the entity is shown", async () => {
    const answer = plain(
      await listOf(2, failing).run("{ box { things { size more } } again: box { things { size } } }"),
    );
    expect(answer.errors?.map(({ path }) => path)).toEqual([
      ["box", "things", 1],
      ["again", "things", 1],
    ]);
  });

  it("is told once where it has no path and the entity is the only one", async () => {
    const pathless = () => ({ data: { _entities: [null] }, errors: [{ message: "gone" }] });
    const answer = plain(await listOf(1, pathless).run("{ box { things { size more } } }"));
    expect(answer.errors).toMatchObject([{ message: "gone", path: ["box", "things", 0] }]);
  });
});

describe("errors without a path about many entities", () => {
  const manyErrors = (representations: readonly unknown[]) => ({
    data: { _entities: representations.map(() => null) },
    errors: representations.map((_, index) => ({ message: `no ${index}` })),
  });

  it("are told once each, at what all that is missing lies in", async () => {
    const { data, errors = [] } = plain(
      await listOf(3, manyErrors).run("{ b: box { all: things { size more } } }"),
    );
    expect(data).toEqual({ b: { all: Array.from({ length: 3 }, () => ({ size: null, more: null })) } });
    expect(errors.map(({ message, path }) => [message, path])).toEqual([
      ["no 0", ["b", "all"]],
      ["no 1", ["b", "all"]],
      ["no 2", ["b", "all"]],
    ]);
  });

  it("explain nulls that must not be", async () => {
    const { data, errors = [] } = plain(
      await listOf(3, manyErrors, "Int!").run("{ box { things { size } } }"),
    );
    expect(data).toEqual({ box: { things: [null, null, null] } });
    expect(errors.map(({ message, path }) => [message, path])).toEqual([
      ["no 0", ["box", "things"]],
      ["no 1", ["box", "things"]],
      ["no 2", ["box", "things"]],
    ]);
  });

  it("are told at the entity where it is one", async () => {
    const { errors = [] } = plain(await listOf(1, manyErrors).run("{ box { things { size } } }"));
    expect(errors.map(({ path }) => path)).toEqual([["box", "things", 0, "size"]]);
  });

  it("take work that grows as the answer does, and so do errors of each and nulls that must not be", async () => {
    // Each of these would be counted in hundreds of millions of steps otherwise, and so would run into the test's deadline.
    const many = await listOf(20_000, manyErrors).run("{ box { things { size } } }");
    expect(many.errors).toHaveLength(1_000);
    const placed = (representations: readonly unknown[]) => ({
      data: { _entities: representations.map(() => null) },
      errors: representations.map((_, index) => ({ message: "no", path: ["_entities", index, "size"] })),
    });
    const each = await listOf(20_000, placed, "Int!").run("{ box { things { size } } }");
    expect(each.errors?.[0]?.path).toEqual(["box", "things", 0, "size"]);
    const nothing = (representations: readonly unknown[]) => ({
      data: { _entities: representations.map(() => ({ size: null })) },
    });
    const nulls = await listOf(40_000, nothing, "Int!").run("{ box { things { size } } }");
    expect(nulls.errors).toHaveLength(1_000);
  }, 20_000);
});
