import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Sample {
  id: string;
  barcode: string;
  place: { rack: string; row: string; column?: string };
  label?: string;
}

const samples: Sample[] = [
  { id: "1", barcode: "||1", place: { rack: "r1", row: "w1", column: "c1" } },
  { id: "2", barcode: "||2", place: { rack: "r2", row: "w2", column: "c2" } },
];

describe("an entity with many keys, of which each subgraph resolves another", () => {
  const voices = voicesOver([
    {
      name: "labels",
      typeDefs: `
        type Sample
          @key(fields: "id", resolvable: true)
          @key(fields: "barcode", resolvable: false)
          @key(fields: "place { rack row }", resolvable: false)
          @key(fields: "id place { row column }", resolvable: false) {
          id: ID! barcode: ID! place: Place! label: String!
        }
        type Place { rack: ID! row: ID! column: ID! }
      `,
      resolvers: {
        Sample: {
          __resolveReference({ id }: Partial<Sample>) {
            const sample = samples.find((one) => one.id === id);
            if (!sample) throw new Error("labels finds samples by their id alone");
            return { ...sample, label: `sample ${id}` };
          },
        },
      },
    },
    {
      name: "storage",
      typeDefs: `
        type Query { crate: Crate }
        type Crate @key(fields: "id") { id: ID! samples: [Sample!]! }
        type Sample
          @key(fields: "place { rack row }", resolvable: false)
          @key(fields: "id place { row column }", resolvable: true)
          @key(fields: "barcode", resolvable: false)
          @key(fields: "id", resolvable: false) {
          id: ID! barcode: ID! place: Place! label: String! @external
          sticker: String! @requires(fields: "label")
        }
        type Place { rack: ID! row: ID! column: ID! }
      `,
      resolvers: {
        Query: { crate: () => ({ id: "100", samples: [samples[0]] }) },
        Sample: {
          __resolveReference(reference: Sample) {
            if (!reference.place?.column) throw new Error("storage finds samples by id and place");
            return reference;
          },
          sticker: ({ label }: Sample) => (label ? `[${label}]` : null),
        },
      },
    },
  ]);

  it("is asked of each subgraph by the key it resolves", () =>
    voices.agree(
      `{ crate { id samples { id label sticker } } }`,
      { crate: { id: "100", samples: [{ id: "1", label: "sample 1", sticker: "[sample 1]" }] } },
      { stockDiffers: "it picks a key the subgraph does not resolve" },
    ));
});
