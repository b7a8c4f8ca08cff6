import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const known = (reference: object) => reference;
const never = () => {
  throw new Error("nobody asked for that");
};

describe("fields under a condition, which require what another subgraph requires of a third", () => {
  const voices = voicesOver([
    {
      name: "store",
      typeDefs: `type Query { ware: Ware } type Ware @key(fields: "id") { id: ID! weight: Float! }`,
      resolvers: {
        Query: { ware: () => ({ id: "w1", weight: 70.5 }) },
        Ware: { __resolveReference: ({ id }: { id: string }) => ({ id, weight: 70.5 }) },
      },
    },
    {
      name: "scales",
      typeDefs: `type Ware @key(fields: "id") { id: ID! weight: Float! @external isHeavy: Boolean! @requires(fields: "weight") }`,
      resolvers: {
        Ware: { __resolveReference: known, isHeavy: ({ weight }: { weight: number }) => weight > 30 },
      },
    },
    {
      name: "porters",
      typeDefs: `type Ware @key(fields: "id") {
        id: ID! isHeavy: Boolean! @external
        needsTwo: Boolean! @requires(fields: "isHeavy")
        needsCart: Boolean! @requires(fields: "isHeavy")
        notIncluded: Boolean! @requires(fields: "isHeavy")
        skipped: Boolean! @requires(fields: "isHeavy")
      }`,
      resolvers: {
        Ware: {
          __resolveReference: known,
          needsTwo: ({ isHeavy }: { isHeavy: boolean }) => isHeavy,
          needsCart: ({ isHeavy }: { isHeavy: boolean }) => isHeavy,
          notIncluded: never,
          skipped: never,
        },
      },
    },
  ]);
  const alone = { ware: { weight: 70.5 } };

  it("are not asked for when a default does not include them", () =>
    voices.agree(
      `query ($when: Boolean = false) { ware { weight notIncluded @include(if: $when) } }`,
      alone,
    ));
  it("are not asked for when a default skips them", () =>
    voices.agree(`query ($when: Boolean = true) { ware { weight skipped @skip(if: $when) } }`, alone));
  it("are answered when a default includes them", () =>
    voices.agree(`query ($when: Boolean = true) { ware { weight needsTwo @include(if: $when) } }`, {
      ware: { weight: 70.5, needsTwo: true },
    }));
  it("are answered when a default does not skip them", () =>
    voices.agree(`query ($when: Boolean = false) { ware { weight needsCart @skip(if: $when) } }`, {
      ware: { weight: 70.5, needsCart: true },
    }));
});
