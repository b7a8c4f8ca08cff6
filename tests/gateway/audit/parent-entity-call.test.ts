import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Key {
  id: string;
  lot?: string;
}

const tools = [
  { id: "t1", lot: "L1", drawer: { id: "d1", name: "Saws" } },
  { id: "t2", lot: "L2", drawer: { id: "d2", name: "Files" } },
  { id: "t3", lot: "L3", drawer: { id: "d1", name: "Saws" } },
];
const byBoth = ({ id, lot }: Key) => tools.find((tool) => tool.id === id && tool.lot === lot);
const drawerById = ({ id }: Key) => tools.find(({ drawer }) => drawer.id === id)?.drawer;

describe("a value type's field that only another subgraph has, below an entity", () => {
  const shared = 'type Drawer @key(fields: "id") { id: ID! name: String! @shareable }';
  const voices = voicesOver([
    {
      name: "bench",
      typeDefs: `
        type Query { tools: [Tool!]! }
        type Tool @key(fields: "id") @key(fields: "id lot") { id: ID! lot: ID! drawer: Drawer @shareable }
        ${shared}
      `,
      resolvers: {
        Query: { tools: () => tools },
        Tool: { __resolveReference: ({ id }: Key) => tools.find((tool) => tool.id === id) },
        Drawer: { __resolveReference: drawerById },
      },
    },
    {
      name: "chest",
      typeDefs: `type Tool @key(fields: "id lot") { id: ID! lot: ID! drawer: Drawer @shareable } ${shared}`,
      resolvers: { Tool: { __resolveReference: byBoth }, Drawer: { __resolveReference: drawerById } },
    },
    {
      name: "counts",
      typeDefs: `
        type Tool @key(fields: "id lot") { id: ID! lot: ID! drawer: Drawer @shareable }
        type Drawer { contents: Contents }
        type Contents { tools: Int }
      `,
      resolvers: {
        Tool: {
          __resolveReference: byBoth,
          drawer: ({ drawer }: (typeof tools)[number]) => ({
            contents: { tools: tools.filter((tool) => tool.drawer.id === drawer.id).length },
          }),
        },
      },
    },
  ]);

  it("is asked for through the entity, and joined with what is at hand", () =>
    voices.agree(`{ tools { id drawer { id contents { tools } } } }`, {
      tools: [
        { id: "t1", drawer: { id: "d1", contents: { tools: 2 } } },
        { id: "t2", drawer: { id: "d2", contents: { tools: 1 } } },
        { id: "t3", drawer: { id: "d1", contents: { tools: 2 } } },
      ],
    }));
});
