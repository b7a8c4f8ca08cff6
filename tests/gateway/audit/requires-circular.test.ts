import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Essay {
  id: string;
  byBeginner?: boolean;
  writer?: { id: string; years?: number };
}

const years = new Map([
  ["w1", 5],
  ["w2", 20],
]);
const writerOf = (id: string) => id.replace("e", "w");

describe("requirements that go to and fro between two subgraphs", () => {
  const voices = voicesOver([
    {
      name: "feed",
      typeDefs: `
        type Query { essays: [Essay] }
        type Essay @key(fields: "id") {
          id: ID! byBeginner: Boolean! @external byMaster: Boolean! @requires(fields: "byBeginner")
        }
        type Writer @key(fields: "id") { id: ID! name: String! years: Int! }
      `,
      resolvers: {
        Query: { essays: () => [{ id: "e1" }, { id: "e2" }] },
        Essay: {
          __resolveReference: (reference: Essay) => reference,
          byMaster: ({ byBeginner }: Essay) => (byBeginner === undefined ? null : !byBeginner),
        },
        Writer: { __resolveReference: ({ id }: { id: string }) => ({ id, name: id, years: years.get(id) }) },
      },
    },
    {
      name: "essays",
      typeDefs: `
        type Essay @key(fields: "id") { id: ID! writer: Writer! byBeginner: Boolean! @requires(fields: "writer { years }") }
        type Writer @key(fields: "id") { id: ID! years: Int! @external }
      `,
      resolvers: {
        Essay: {
          __resolveReference: ({ id, writer }: Essay) => ({ id, writer: { id: writerOf(id), ...writer } }),
          byBeginner: ({ writer }: Essay) => (writer?.years === undefined ? null : writer.years < 10),
        },
        Writer: { __resolveReference: (reference: object) => reference },
      },
    },
  ]);

  it("are met on the way there", () =>
    voices.agree(`{ essays { byBeginner } }`, { essays: [{ byBeginner: true }, { byBeginner: false }] }));
  it("are met on the way there and back", () =>
    voices.agree(`{ essays { byMaster } }`, { essays: [{ byMaster: false }, { byMaster: true }] }));
});
