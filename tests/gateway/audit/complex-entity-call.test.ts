import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Tool {
  id: string;
  code: string;
  drawer: { id: string; label: string };
  rent: { euros: number };
}

const tools: readonly Tool[] = ["1", "2"].map((n) => ({
  id: `t${n}`,
  code: `code of t${n}`,
  drawer: { id: `d${n}`, label: `label of d${n}` },
  rent: { euros: Number(n) * 10 },
}));
const tool = ({ id }: { id: string }) => tools.find((one) => one.id === id);
const withKeys = <Key extends keyof Tool>({ tools: known }: { tools: Tool[] }, ...keys: Key[]) => {
  for (const one of known)
    for (const key of keys) if (one[key] === undefined) throw new Error(`no ${key} was told`);
  return known.map(tool);
};

describe("keys that hold lists of entities, each known to another subgraph by another key", () => {
  const voices = voicesOver([
    {
      name: "codes",
      typeDefs: `type Tool @key(fields: "id") @key(fields: "id code") { id: String! code: String! }`,
      resolvers: { Tool: { __resolveReference: tool } },
    },
    {
      name: "boxes",
      typeDefs: `
        type Box @key(fields: "tools { id code }") { tools: [Tool!]! foremost: Tool @shareable chosen: Tool @shareable }
        type Tool @key(fields: "id code") { id: String! code: String }
      `,
      resolvers: {
        Box: {
          __resolveReference: (box: { tools: Tool[] }) => ({
            tools: withKeys(box, "id", "code"),
            foremost: tools[0],
            chosen: tools[1],
          }),
        },
        Tool: { __resolveReference: tool },
      },
    },
    {
      name: "rents",
      typeDefs: `
        type Box @key(fields: "tools { id code drawer { id label } } chosen { id }") {
          tools: [Tool!]! foremost: Tool @shareable chosen: Tool @shareable
        }
        type Tool @key(fields: "id code drawer { id label }") {
          id: String! code: String rent: Rent drawer: Drawer @shareable
        }
        type Drawer @key(fields: "id label") { id: String! label: String }
        type Rent { euros: Float! }
      `,
      resolvers: {
        Box: {
          __resolveReference: (box: { tools: Tool[]; chosen: Tool }) => ({
            tools: withKeys(box, "id", "code", "drawer"),
            foremost: tools[0],
            chosen: tool(box.chosen),
          }),
        },
        Tool: {
          __resolveReference: (one: Tool) => withKeys({ tools: [one] }, "code", "drawer")[0],
        },
        Drawer: { __resolveReference: (drawer: object) => drawer },
      },
    },
    {
      name: "drawers",
      typeDefs: `
        type Query { box: Box! }
        type Box @key(fields: "tools { id }") { tools: [Tool!]! }
        type Tool @extends @key(fields: "id") { id: String! @external drawer: Drawer @shareable }
        type Drawer @key(fields: "id") { id: String! label: String @shareable bestTool: Tool! @shareable }
      `,
      resolvers: {
        Query: { box: () => ({ tools }) },
        Box: { __resolveReference: (box: { tools: Tool[] }) => ({ tools: withKeys(box, "id") }) },
        Tool: { __resolveReference: tool },
        Drawer: {
          __resolveReference: (drawer: object) => drawer,
          bestTool: ({ id }: { id: string }) => tools.find(({ drawer }) => drawer.id === id),
        },
      },
    },
  ]);

  it("are put together from what the others have", () =>
    voices.agree(
      `{ box { tools { id code rent { euros } drawer { bestTool { id } id label } } chosen { id } foremost { id } } }`,
      {
        box: {
          tools: tools.map(({ id, code, rent, drawer }) => ({
            id,
            code,
            rent,
            drawer: { bestTool: { id }, ...drawer },
          })),
          chosen: { id: "t2" },
          foremost: { id: "t1" },
        },
      },
    ));
});
