import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const keepers = [
  { id: "k1", shift: "DAY" },
  { id: "k2", shift: "SECRET" },
];
const keeper = ({ id }: { id: string }) => keepers.find((one) => one.id === id);

describe("an enum of which a value is not for everybody", () => {
  const voices = voicesOver([
    {
      name: "zoo",
      typeDefs: `
        type Query { keepers: [Keeper] }
        enum Shift { DAY }
        type Keeper @key(fields: "id") { id: ID shift: Shift @shareable }
      `,
      resolvers: {
        Query: { keepers: () => keepers },
        Keeper: { __resolveReference: keeper },
      },
    },
    {
      name: "rota",
      typeDefs: `
        type Query { keepersOn(shift: Shift!): [Keeper!] onRota: [Keeper!] }
        enum Shift { DAY SECRET @inaccessible }
        extend type Keeper @key(fields: "id") { id: ID shift: Shift @shareable }
      `,
      resolvers: {
        Query: {
          keepersOn: (_root: unknown, { shift }: { shift: string }) =>
            keepers.filter((one) => one.shift === shift),
          onRota: () => keepers,
        },
        Keeper: { __resolveReference: keeper },
      },
    },
  ]);

  it("takes nothing from what does not ask for it", () =>
    voices.agree(`{ keepers { id } }`, { keepers: [{ id: "k1" }, { id: "k2" }] }));
  it("is null, with an error, where it has a value that its own subgraph does not know", () =>
    voices.agree(
      `{ keepers { id shift } }`,
      {
        keepers: [
          { id: "k1", shift: "DAY" },
          { id: "k2", shift: null },
        ],
      },
      { errorsAt: ["keepers.1.shift"] },
    ));
  it("can be given where everybody knows the value", () =>
    voices.agree(`{ keepersOn(shift: DAY) { id shift } }`, { keepersOn: [{ id: "k1", shift: "DAY" }] }));
  it("cannot be given the value that is not for everybody", () =>
    voices.reject(`{ keepersOn(shift: SECRET) { id shift } }`, /"SECRET" does not exist/));
  it("is null, without an error, where its subgraph knows the value and clients may not", () =>
    voices.agree(`{ onRota { id shift } }`, {
      onRota: [
        { id: "k1", shift: "DAY" },
        { id: "k2", shift: null },
      ],
    }));
});
