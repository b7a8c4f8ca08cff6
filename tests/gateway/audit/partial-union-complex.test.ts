import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const both = { __typename: "Plain", label: "plain" };
const ours = { __typename: "OnlyLeft", left: "left alone" };
const theirs = { __typename: "OnlyRight", right: "right alone" };

interface Box {
  id: string;
  items?: object[];
}

describe("a union of which each subgraph has a part, below an entity both have", () => {
  const side = (name: string, root: string, only: string, field: string, items: object[]) => ({
    name,
    typeDefs: `
      type Query { ${root}: Box shared: Box @shareable }
      type Box @key(fields: "id") { id: ID! lid: Lid @shareable ${name === "right" ? "lining: Lid" : ""} }
      type Lid @shareable { items: [Item!]! }
      union Item = Plain | ${only}
      type Plain @shareable { label: String }
      type ${only} { ${field}: String }
    `,
    resolvers: {
      Query: { [root]: () => ({ id: "b1", items }), shared: () => ({ id: "b1", items: [both] }) },
      Box: {
        __resolveReference: ({ id }: Box) => ({ id, items }),
        lid: ({ items: held = items }: Box) => ({ items: held }),
        ...(name === "right" ? { lining: () => ({ items }) } : {}),
      },
    },
  });
  const voices = voicesOver([
    side("left", "leftBox", "OnlyLeft", "left", [both, ours]),
    side("right", "rightBox", "OnlyRight", "right", [both, theirs]),
  ]);
  const items = `items { __typename ... on Plain { label } ... on OnlyLeft { left } ... on OnlyRight { right } }`;

  it("tells of the left one's own member its type alone, as the right one could have been asked", () =>
    voices.agree(`{ leftBox { lid { ${items} } } }`, {
      leftBox: { lid: { items: [both, { __typename: "OnlyLeft", left: null }] } },
    }));
  it("tells of the right one's own member its type alone, as the left one could have been asked", () =>
    voices.agree(`{ rightBox { lid { ${items} } } }`, {
      rightBox: { lid: { items: [both, { __typename: "OnlyRight", right: null }] } },
    }));
  it("is empty for a member the subgraph does not have", () =>
    voices.agree(`{ leftBox { lid { items { __typename ... on OnlyRight { right } } } } }`, {
      leftBox: { lid: { items: [{ __typename: "Plain" }, { __typename: "OnlyLeft" }] } },
    }));
  it("is what both say below a root both have", () =>
    voices.agree(`{ shared { lid { ${items} } } }`, { shared: { lid: { items: [both] } } }));
  it("is what the right one says below a field only it has, wherever the box was found", () =>
    voices.agree(`{ leftBox { lining { ${items} } } }`, { leftBox: { lining: { items: [both, theirs] } } }));
});
