import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Key {
  id?: string;
  name?: string;
  barcode?: string;
}

const lamp = { id: "t1", name: "Lamp", label: "t1 on a label", barcode: "0001", price: 12.5 };
const { id, name, label, barcode, price } = lamp;
const onShelf = { id, name, label };
const atTill = { id, name, barcode, price };
const isAtTill = (key: Key) => key.barcode === barcode || (key.id === id && key.name === name);

describe("an extended type of Federation 1 with several keys, one of which nobody else has", () => {
  const voices = voicesOver([
    {
      name: "shelf",
      typeDefs: `# federation 1
        type Query { onShelf: Thing }
        type Thing @key(fields: "id") { id: ID! name: String label: ID }
      `,
      resolvers: {
        Query: { onShelf: () => onShelf },
        Thing: { __resolveReference: (key: Key) => (key.id === id ? onShelf : null) },
      },
    },
    {
      name: "till",
      typeDefs: `# federation 1
        type Query { atTill: Thing }
        type Thing @extends @key(fields: "id name") @key(fields: "barcode") {
          id: ID @external name: String @external barcode: String @external price: Float!
        }
      `,
      resolvers: {
        Query: { atTill: () => atTill },
        Thing: { __resolveReference: (key: Key) => (isAtTill(key) ? atTill : null) },
      },
    },
  ]);

  it("tells the one key to whom knows the other", () =>
    voices.agree(`{ onShelf { id label price barcode name } }`, { onShelf: lamp }));
});
