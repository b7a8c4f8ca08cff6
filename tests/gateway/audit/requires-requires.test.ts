import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Bike {
  id: string;
  kilos?: number;
  folds?: boolean;
  isHeavy?: boolean;
  isHeavyFolded?: boolean;
}

const known = (reference: Bike) => reference;
const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error("what is required was not given");
  return value;
};

describe("requirements of requirements", () => {
  const voices = voicesOver([
    {
      name: "scales",
      typeDefs: `type Bike @key(fields: "id") { id: ID! kilos: Float! @inaccessible }`,
      resolvers: { Bike: { __resolveReference: ({ id }: Bike) => ({ id, kilos: 25 }) } },
    },
    {
      name: "shop",
      typeDefs: `type Query { bike: Bike } type Bike @key(fields: "id") { id: ID! folds: Boolean! }`,
      resolvers: {
        Query: { bike: () => ({ id: "b1", folds: true }) },
        Bike: { __resolveReference: ({ id }: Bike) => ({ id, folds: true }) },
      },
    },
    {
      name: "judges",
      typeDefs: `
        type Bike @key(fields: "id") {
          id: ID! kilos: Float! @external folds: Boolean! @external
          isHeavy: Boolean! @requires(fields: "kilos")
          isHeavyFolded: Boolean! @requires(fields: "folds")
        }
      `,
      resolvers: {
        Bike: {
          __resolveReference: known,
          isHeavy: ({ kilos }: Bike) => given(kilos) > 20,
          isHeavyFolded: ({ folds }: Bike) => !given(folds),
        },
      },
    },
    {
      name: "porters",
      typeDefs: `
        type Bike @key(fields: "id") {
          id: ID! isHeavy: Boolean! @external isHeavyFolded: Boolean! @external
          canCarry: Boolean! @requires(fields: "isHeavy")
          canCarryFolded: Boolean! @requires(fields: "isHeavyFolded")
        }
      `,
      resolvers: {
        Bike: {
          __resolveReference: known,
          canCarry: ({ isHeavy }: Bike) => !given(isHeavy),
          canCarryFolded: ({ isHeavyFolded }: Bike) => !given(isHeavyFolded),
        },
      },
    },
  ]);

  it("are met one after another, from a field no client sees", () =>
    voices.agree(`{ bike { canCarry } }`, { bike: { canCarry: false } }));
  it("are met half of the way", () => voices.agree(`{ bike { isHeavy } }`, { bike: { isHeavy: true } }));
  it("are met half of the way and all of it at once", () =>
    voices.agree(`{ bike { isHeavy canCarry } }`, { bike: { isHeavy: true, canCarry: false } }));
  it("are met from a field the root has", () =>
    voices.agree(`{ bike { canCarryFolded } }`, { bike: { canCarryFolded: true } }));
  it("are met on two ways that cross the same subgraphs", () =>
    voices.agree(`{ bike { canCarry canCarryFolded } }`, {
      bike: { canCarry: false, canCarryFolded: true },
    }));
});
