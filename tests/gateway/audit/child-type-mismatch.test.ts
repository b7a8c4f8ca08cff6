import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const actor = { __typename: "Actor", id: "a1", name: "Ada" };
const robot = { __typename: "Robot", id: "r1", name: "R1" };
const both = () => [actor, robot];
const cast = ["id", "name"] as const;

type Field = (typeof cast)[number];
const pick = (one: typeof actor, fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field, one[field]]));

/** The players as they are asked for, `depth` understudies deep. */
function asked(fields: readonly Field[], depth: number): string {
  const inner = depth ? ` understudies { ${asked(fields, depth - 1)} }` : "";
  return `... on Actor { ${fields.join(" ")}${inner} } ... on Robot { ${fields.join(" ")}${inner} }`;
}

/** The same as it is answered. */
function answered(fields: readonly Field[], depth: number): object[] {
  const inner = depth ? { understudies: answered(fields, depth - 1) } : {};
  return both().map((one) => ({ ...pick(one, fields), ...inner }));
}

describe("a union whose types have a field of the same name, which one of them may lack", () => {
  const voices = voicesOver([
    {
      name: "stage",
      typeDefs: `type Query { actors: [Actor!]! } type Actor { id: ID @shareable }`,
      resolvers: { Query: { actors: () => [actor] } },
    },
    {
      name: "agency",
      typeDefs: `
        type Query { players: [Player!]! }
        union Player = Actor | Robot
        type Actor @key(fields: "id") { id: ID! @shareable name: String understudies: [Player!]! }
        type Robot { id: ID name: String understudies: [Player!]! }
      `,
      resolvers: {
        Query: { players: both },
        Actor: { __resolveReference: () => actor, understudies: both },
        Robot: { understudies: both },
      },
    },
  ]);
  const actors = [pick(actor, cast)];

  it("answers it for both", () =>
    voices.agree(`{ actors { id name } players { ${asked(cast, 0)} } }`, {
      actors,
      players: answered(cast, 0),
    }));
  it("answers it for both, under each", () =>
    voices.agree(`{ actors { id name } players { ${asked(cast, 1)} } }`, {
      actors,
      players: answered(cast, 1),
    }));
  it("answers it for both, under each of each", () =>
    voices.agree(`{ actors { id name } players { ${asked(cast, 2)} } }`, {
      actors,
      players: answered(cast, 2),
    }));
  it("needs no care where the field is of the same type", () =>
    voices.agree(`{ players { ${asked(["name"], 2)} } }`, { players: answered(["name"], 2) }));
});
