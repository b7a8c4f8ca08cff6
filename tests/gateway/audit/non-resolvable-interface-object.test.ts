import { parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { testGraph } from "../support/testGraph.ts";
import { voicesOver } from "../support/voices.ts";

const loaf = { __typename: "Rye", id: "l1", grain: "coarse" };

function refused(): never {
  throw new Error("what cannot be resolved is asked for");
}

const subgraphs = [
  {
    name: "one",
    typeDefs: `
      interface Record @key(fields: "id") { id: ID! }
      type Loaf @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
      type Query { nameless: Record loaf: Loaf! }
    `,
    resolvers: {
      Query: { nameless: () => ({ __typename: "Record", id: "r1" }), loaf: () => ({ id: loaf.id }) },
    },
  },
  {
    name: "two",
    typeDefs: `
      type Record @key(fields: "id", resolvable: false) @interfaceObject { id: ID! note: String }
      interface Loaf @key(fields: "id") { id: ID! }
      type Rye implements Loaf @key(fields: "id") { id: ID! grain: String! }
      type Query { noted: Record }
    `,
    resolvers: {
      Query: { noted: () => ({ id: "r1" }) },
      Record: { __resolveReference: refused, note: () => "keep dry" },
      Loaf: { __resolveReference: () => loaf },
      Rye: { __resolveReference: () => loaf },
    },
  },
];

const servedDiffers = "no type has the interface, so to graphql-js there can be no object of it";

describe("an interface object that cannot be resolved by its key", () => {
  const voices = voicesOver(subgraphs);

  it("tells its fields where it is found", () =>
    voices.agree(`{ noted { id note } }`, { noted: { id: "r1", note: "keep dry" } }, { servedDiffers }));
  it("is no way to its fields from elsewhere, which is an error and no data", () =>
    voices.agree(`{ nameless { note } }`, null, {
      errorsAt: [""],
      stockDiffers: "it answers an operation without a plan with an empty object",
    }));
  it("tells its key where it is found", () =>
    voices.agree(`{ noted { id } }`, { noted: { id: "r1" } }, { servedDiffers }));
  it("is null with an error where no type has the interface", () =>
    voices.agree(`{ nameless { id } }`, { nameless: null }, { errorsAt: ["nameless"] }));
  it("tells its key without anybody asking for its type", () =>
    voices.agree(`{ loaf { id } }`, { loaf: { id: "l1" } }));
  it("is not asked for what only a type of the interface has", () => {
    const { apiSchema } = testGraph(subgraphs).engine;
    const [fault] = validate(apiSchema, parse(`{ loaf { id grain } }`));
    expect(fault?.message).toContain('Cannot query field "grain" on type "Loaf"');
  });
  it("is asked for its type where a fragment depends on it", () =>
    voices.agree(`{ loaf { ... on Rye { id } } }`, { loaf: { id: "l1" } }));
});
