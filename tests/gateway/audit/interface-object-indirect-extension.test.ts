import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const named = ({ id }: { id: string }) => ({ id, title: `title of ${id}`, minutes: 90, pages: 200 });
const federation = (names: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${names}])`;

describe("a type that is extended beside its interface, which is an object elsewhere", () => {
  const voices = voicesOver([
    {
      name: "works",
      typeDefs: `${federation('"@key"')}
        type Query { work: Work }
        interface Work @key(fields: "id") { id: ID! title: String }
        type Film implements Work @key(fields: "id") { id: ID! title: String minutes: Int }
        type Novel implements Work @key(fields: "id") { id: ID! title: String pages: Int }
      `,
      resolvers: {
        Query: { work: () => named({ id: "w1" }) },
        Work: { __resolveType: () => "Film" },
        Film: { __resolveReference: named },
        Novel: { __resolveReference: named },
      },
    },
    {
      name: "directors",
      typeDefs: `${federation('"@key"')}
        type Query { director: Director }
        type Director @key(fields: "id") { id: ID! name: String }
        extend type Film @key(fields: "id") { id: ID! directorName: String }
      `,
      resolvers: {
        Query: { director: () => ({ id: "d1", name: "Agnès" }) },
        Director: { __resolveReference: ({ id }: { id: string }) => ({ id, name: "Agnès" }) },
        Film: { directorName: () => "Agnès" },
      },
    },
    {
      name: "evenings",
      typeDefs: `${federation('"@key", "@interfaceObject"')}
        type Query { evening: Evening }
        type Evening @key(fields: "id") { id: ID! name: String work: Work }
        type Work @key(fields: "id") @interfaceObject { id: ID! }
      `,
      resolvers: {
        Query: { evening: () => ({ id: "e1", name: "Friday", work: { id: "w1" } }) },
        Evening: { __resolveReference: (reference: object) => reference },
        Work: { __resolveReference: (reference: object) => reference },
      },
    },
  ]);

  it("has what each of them adds", () =>
    voices.agree(
      `{
        work { id title ... on Film { minutes directorName } ... on Novel { pages } }
        director { id name }
        evening { id name work { id ... on Film { minutes } } }
      }`,
      {
        work: { id: "w1", title: "title of w1", minutes: 90, directorName: "Agnès" },
        director: { id: "d1", name: "Agnès" },
        evening: { id: "e1", name: "Friday", work: { id: "w1", minutes: 90 } },
      },
    ));
});
