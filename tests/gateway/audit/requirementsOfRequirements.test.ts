import { expect, it } from "vitest";
import { plain, testGraph } from "../support/testGraph.ts";

const known = (reference: object) => reference;

// The planner asks for what is required together with the object that it is of, as if that required nothing itself.
it("refuses a plan that asks for what requires something without telling it", async () => {
  const graph = testGraph([
    {
      name: "holder",
      typeDefs: `
        type Query { thing: Thing! }
        type Thing @key(fields: "id") { id: ID! label: String @requires(fields: "name(n: 1)") name(n: Int): String @external }
      `,
      resolvers: {
        Query: { thing: () => ({ id: "1" }) },
        Thing: {
          __resolveReference: known,
          label: ({ name }: { name?: string }) => (name === undefined ? "untold" : `label of ${name}`),
        },
      },
    },
    {
      name: "shower",
      typeDefs: `
        type Thing @key(fields: "id") {
          id: ID! label: String @external name(n: Int): String @external
          shown: String @requires(fields: "label name(n: 2)")
        }
      `,
      resolvers: {
        Thing: {
          __resolveReference: known,
          shown: ({ label, name }: { label: string; name: string }) => `${label}, ${name}`,
        },
      },
    },
    {
      name: "names",
      typeDefs: `type Thing @key(fields: "id") { id: ID! name(n: Int): String }`,
      resolvers: {
        Thing: { __resolveReference: known, name: (_: unknown, { n }: { n: number }) => `n${n}` },
      },
    },
  ]);
  const { data, errors } = plain(await graph.run("{ thing { shown } }"));
  expect({ data, errors }).toMatchObject({
    data: null,
    errors: [{ extensions: { code: "OPERATION_NOT_PLANNED" } }],
  });
  expect(graph.asked).toEqual([]);
  expect(plain(await graph.run("{ thing { label } }"))).toEqual({
    data: { thing: { label: "label of n1" } },
  });
  await graph.engine.close();
});
