import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Reader {
  id: string;
  surname?: string;
  loans?: { id: string }[];
}

describe("a requirement on objects of a list that is itself the outcome of a requirement", () => {
  const voices = voicesOver([
    {
      name: "readers",
      typeDefs: `
        type Query { reader: Reader }
        type Reader @key(fields: "id") { id: ID! surname: String! town: String }
      `,
      resolvers: { Query: { reader: () => ({ id: 1, surname: "Moss", town: "Ayr" }) } },
    },
    {
      name: "counts",
      typeDefs: `
        type Loan @key(fields: "id", resolvable: false) { id: ID! }
        type Reader @key(fields: "id") {
          id: ID! loans: [Loan!] @external
          late: Int @requires(fields: "loans { id }") taken: Int @requires(fields: "loans { id }")
        }
      `,
      resolvers: {
        Reader: {
          __resolveReference: (reference: Reader) => reference,
          late: ({ loans }: Reader) => (Array.isArray(loans) ? 0 : null),
          taken: ({ loans }: Reader) => loans?.map(({ id }) => id.length)[0],
        },
      },
    },
    {
      name: "loans",
      typeDefs: `
        type Loan @key(fields: "id") { id: ID! }
        type Reader @key(fields: "id") {
          id: ID! surname: String! @external loans: [Loan!] @requires(fields: "surname")
        }
      `,
      resolvers: {
        Reader: {
          __resolveReference: (reference: Reader) => reference,
          loans: ({ surname }: Reader) => (surname ? [{ id: `${surname}1` }] : null),
        },
      },
    },
  ]);

  it("is met after the one that it needs, once for both fields", () =>
    voices.agree(`{ reader { taken late } }`, { reader: { taken: 5, late: 0 } }));
});
