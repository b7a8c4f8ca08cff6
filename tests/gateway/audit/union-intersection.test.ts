import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const novel = {
  __typename: "Novel",
  id: "n1",
  title: "Emma",
  pressTitle: "Press: Emma",
  filmTitle: "Film: Emma",
};
const tune = { __typename: "Tune", id: "u2", title: "Humming", pressTitle: "Press: Humming" };
const reel = { __typename: "Reel", id: "r3", title: "Chase", filmTitle: "Film: Chase" };

describe("unions that two subgraphs know in part, on fields they share", () => {
  const voices = voicesOver([
    {
      name: "press",
      typeDefs: `
        union Work = Novel | Tune
        union Find = Novel | Tune
        type Novel @key(fields: "id") { id: ID! title: String! @shareable pressTitle: String! }
        type Tune @key(fields: "id") { id: ID! title: String! @shareable pressTitle: String! }
        type Query {
          work: Work @shareable pressWork: Work @shareable novel: Novel @shareable tune: Work @shareable
          reader: Reader @shareable
        }
        type Reader { work: Find @shareable pressWork: Find novel: Novel @shareable tune: Find @shareable }
      `,
      resolvers: {
        Query: {
          work: () => novel,
          pressWork: () => novel,
          novel: () => novel,
          tune: () => tune,
          reader: () => ({ work: novel, pressWork: novel, novel, tune }),
        },
        Novel: { __resolveReference: ({ id }: { id: string }) => (id === novel.id ? novel : null) },
        Tune: { __resolveReference: ({ id }: { id: string }) => (id === tune.id ? tune : null) },
      },
    },
    {
      name: "film",
      typeDefs: `
        union Work = Novel | Reel
        union Find = Novel | Reel
        type Reel @key(fields: "id") { id: ID! title: String! @shareable filmTitle: String! }
        type Novel @key(fields: "id") { id: ID! title: String! @shareable filmTitle: String! }
        type Query { work: Work @shareable filmWork: Work @shareable novel: Work @shareable reader: Reader @shareable }
        type Reader { work: Find @shareable filmWork: Find novel: Find @shareable }
      `,
      resolvers: {
        Query: {
          work: () => novel,
          filmWork: () => novel,
          novel: () => novel,
          reader: () => ({ work: novel, filmWork: reel, novel }),
        },
        Novel: { __resolveReference: ({ id }: { id: string }) => (id === novel.id ? novel : null) },
        Reel: { __resolveReference: ({ id }: { id: string }) => (id === reel.id ? reel : null) },
      },
    },
  ]);
  const titled = { title: "Emma" };
  const each = `__typename ... on Tune { title } ... on Reel { title } ... on Novel { title }`;
  const eachWhole = `
    __typename ... on Tune { title pressTitle } ... on Reel { title filmTitle } ... on Novel { title pressTitle filmTitle }
  `;
  const readAll = {
    reader: {
      work: { __typename: "Novel", ...titled },
      novel: { __typename: "Novel", ...titled },
      tune: { __typename: "Tune", title: "Humming" },
    },
  };

  it("have nothing of a member the value is not", () =>
    voices.agree(`{ work { ... on Reel { title } } }`, { work: {} }));
  it("have the fields of the member both know", () =>
    voices.agree(`{ work { ... on Novel { title } } }`, { work: titled }));
  it("have the fields of the member the value is, besides another's", () =>
    voices.agree(`{ work { ... on Novel { title } ... on Reel { title } } }`, { work: titled }));
  it("have each member's fields wherever the field is", () =>
    voices.agree(`{ reader { work { ${each} } novel { ${each} } tune { ${each} } } }`, readAll));
  it("have nothing of a member the value is not, further down", () =>
    voices.agree(`{ reader { work { ... on Reel { title } } } }`, { reader: { work: {} } }));
  it("have the fields of the member both know, further down", () =>
    voices.agree(`{ reader { work { ... on Novel { title } } } }`, { reader: { work: titled } }));
  it("have the fields of the member the value is, besides another's, further down", () =>
    voices.agree(`{ reader { work { ... on Novel { title } ... on Reel { title } } } }`, {
      reader: { work: titled },
    }));
  it("have each member's fields wherever the field is, in another order", () =>
    voices.agree(`{ reader { tune { ${each} } novel { ${each} } work { ${each} } } }`, readAll));
  it("have nothing of a member the value is not, whose fields two subgraphs know", () =>
    voices.agree(`{ pressWork { ... on Reel { title filmTitle } } }`, { pressWork: {} }));
  it("have the fields of the member that two subgraphs know in part", () =>
    voices.agree(`{ pressWork { ... on Novel { title pressTitle filmTitle } } }`, {
      pressWork: { title: "Emma", pressTitle: "Press: Emma", filmTitle: "Film: Emma" },
    }));
  it("have all of it for each member wherever the field is", () => {
    const whole = { __typename: "Novel", title: "Emma", pressTitle: "Press: Emma", filmTitle: "Film: Emma" };
    return voices.agree(`{ reader { work { ${eachWhole} } novel { ${eachWhole} } tune { ${eachWhole} } } }`, {
      reader: {
        work: whole,
        novel: whole,
        tune: { __typename: "Tune", title: "Humming", pressTitle: "Press: Humming" },
      },
    });
  });
  it("have a member's fields only where a subgraph that knows it was asked", () =>
    voices.agree(
      `{ reader { pressWork { ... on Reel { title filmTitle } } filmWork { ... on Reel { title filmTitle } } } }`,
      { reader: { pressWork: {}, filmWork: { title: "Chase", filmTitle: "Film: Chase" } } },
    ));
});
