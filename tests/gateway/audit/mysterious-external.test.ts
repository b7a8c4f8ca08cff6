import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const wines = [
  { id: "w1", name: "Rioja", price: 9 },
  { id: "w2", name: "Barolo", price: 30 },
];
const byId = ({ id }: { id: string }) => wines.find((wine) => wine.id === id);

describe("a type extended with a key that is said to be external", () => {
  const voices = voicesOver([
    {
      name: "cellar",
      typeDefs: `
        type Query { wines: [Wine] }
        type Wine @key(fields: "id") { id: ID! name: String }
      `,
      resolvers: { Query: { wines: () => wines }, Wine: { __resolveReference: byId } },
    },
    {
      name: "tills",
      typeDefs: `
        type Query { cheapest: Wine }
        extend type Wine @key(fields: "id") { id: ID! @external price: Float }
      `,
      resolvers: { Query: { cheapest: () => wines[0] }, Wine: { __resolveReference: byId } },
    },
  ]);

  it("is found from the extension and joined with its owner's fields", () =>
    voices.agree(`{ cheapest { id price name } }`, { cheapest: { id: "w1", price: 9, name: "Rioja" } }));
  it("is found from its owner and joined with the extension's fields", () =>
    voices.agree(`{ wines { name price id } }`, {
      wines: [
        { name: "Rioja", price: 9, id: "w1" },
        { name: "Barolo", price: 30, id: "w2" },
      ],
    }));
});
