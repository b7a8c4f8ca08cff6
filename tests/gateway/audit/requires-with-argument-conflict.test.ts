import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Ware {
  code: string;
  cents: number;
  grams: number;
  shelf: { mean: number };
}

const wares = [
  { code: "c1", name: "Rope", cents: 11, grams: 1, shelf: { mean: 11 } },
  { code: "c2", name: "Tarp", cents: 22, grams: 2, shelf: { mean: 22 } },
];

describe("two requirements of one field with different arguments", () => {
  const voices = voicesOver([
    {
      name: "freight",
      typeDefs: `
        type Ware @key(fields: "code") {
          code: String! grams: Int @external cents(currency: String!): Int @external
          freight: Int @requires(fields: "cents(currency: \\"USD\\") grams")
          freightEur: Int @requires(fields: "cents(currency: \\"EUR\\") grams")
          shelf: Shelf @external
          isDearShelf: Boolean @requires(fields: "shelf { mean(currency: \\"USD\\") }")
        }
        type Shelf @external { mean(currency: String!): Int }
      `,
      resolvers: {
        Ware: {
          __resolveReference: (reference: Ware) => reference,
          freight: ({ cents, grams }: Ware) => cents * grams * 10,
          freightEur: ({ cents, grams }: Ware) => cents * grams * 7.5,
          isDearShelf: ({ shelf }: Ware) => shelf.mean > 11,
        },
      },
    },
    {
      name: "wares",
      typeDefs: `
        type Query { wares: [Ware] }
        type Ware @key(fields: "code") {
          code: String! name: String cents(currency: String!): Int grams: Int shelf: Shelf
        }
        type Shelf { mean(currency: String!): Int }
      `,
      resolvers: {
        Query: { wares: () => wares },
        Ware: {
          __resolveReference: ({ code }: Ware) => wares.find((ware) => ware.code === code),
          cents({ cents }: Ware, { currency }: { currency: string }) {
            if (currency === "EUR") return cents * 2;
            if (currency === "USD") return cents;
            throw new Error(`no price in ${currency}`);
          },
        },
      },
    },
  ]);

  it("are both met, each with its own arguments", () =>
    voices.agree(
      `{ wares { code name freight freightEur isDearShelf } }`,
      {
        wares: [
          { code: "c1", name: "Rope", freight: 110, freightEur: 165, isDearShelf: false },
          { code: "c2", name: "Tarp", freight: 440, freightEur: 660, isDearShelf: true },
        ],
      },
      { stockDiffers: "it keeps one of the two" },
    ));
});
