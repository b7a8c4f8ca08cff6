import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const photos = [
  { __typename: "Photo", id: "i1", takenAt: "dawn" },
  { __typename: "Photo", id: "i2", takenAt: "dusk" },
];
const known = (reference: object) => reference;

describe("a field taken over from a subgraph where the type has another interface", () => {
  const voices = voicesOver([
    {
      name: "wall",
      typeDefs: `
        interface Item { id: ID! takenAt: String! }
        type Photo implements Item @key(fields: "id") { id: ID! takenAt: String! }
        type Query { wall: [Item] }
      `,
      resolvers: {
        Query: { wall: () => photos },
        Photo: { __resolveReference: known, takenAt: () => "never" },
      },
    },
    {
      name: "archive",
      typeDefs: `
        interface Item { id: ID! takenAt: String! }
        interface Picture { id: ID! takenAt: String! }
        type Letter implements Item @key(fields: "id") { id: ID! takenAt: String! text: String! }
        type Photo implements Picture @key(fields: "id") { id: ID! takenAt: String! @override(from: "wall") }
        type Query { archive: [Picture] }
      `,
      resolvers: {
        Query: { archive: () => photos },
        Letter: { __resolveReference: known },
        Photo: { __resolveReference: ({ id }: { id: string }) => photos.find((photo) => photo.id === id) },
      },
    },
  ]);
  const times = [{ takenAt: "dawn" }, { takenAt: "dusk" }];
  const whole = [
    { takenAt: "dawn", id: "i1" },
    { takenAt: "dusk", id: "i2" },
  ];

  it("is asked of the subgraph that took it over, through the interface of the other", () =>
    voices.agree(`{ wall { id takenAt } }`, { wall: whole }));
  it("asks nothing of a type the subgraph does not have", () =>
    voices.agree(`{ wall { ... on Letter { id text } } }`, { wall: [{}, {}] }));
  it("is asked of the subgraph that took it over, through its own interface", () =>
    voices.agree(`{ archive { takenAt } }`, { archive: times }));
  it("is the same of the interface and of the type", () =>
    voices.agree(`{ archive { takenAt id ... on Photo { takenAt id } } }`, { archive: whole }));
});
