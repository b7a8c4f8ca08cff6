import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Animal {
  __typename: string;
  id: string;
  name: string;
  age: number;
}

const fido: Animal = { __typename: "Hound", id: "a1", name: "Fido", age: 3 };
const tiger: Animal = { __typename: "Tabby", id: "a2", name: "Tiger", age: 6 };
const book = { __typename: "Tale", id: "t1", animals: [fido, tiger] };

function refused(): never {
  throw new Error("what is provided is asked for again");
}

describe("fields of an interface provided below a root three subgraphs have in part", () => {
  const voices = voicesOver([
    {
      name: "index",
      typeDefs: `
        type Query { story: Story @shareable tale: Tale @provides(fields: "animals { ... on Hound { name } }") }
        interface Story { id: ID! }
        interface Animal { id: ID! }
        type Tale implements Story @key(fields: "id") { id: ID! animals: [Animal] @shareable }
        type Hound implements Animal @key(fields: "id") { id: ID! @external name: String @external }
        type Tabby implements Animal @key(fields: "id") { id: ID! @external }
      `,
      resolvers: {
        Query: { story: refused, tale: () => book },
        Tale: { __resolveReference: refused },
        Hound: { __resolveReference: refused },
        Tabby: { __resolveReference: refused },
      },
    },
    {
      name: "library",
      typeDefs: `
        type Query { story: Story @shareable @provides(fields: "animals { id name }") }
        interface Story { id: ID! animals: [Animal] }
        interface Animal { id: ID! name: String }
        type Tale implements Story { id: ID! @shareable animals: [Animal] @external }
        type Hound implements Animal { id: ID! @external name: String @external }
        type Tabby implements Animal { id: ID! @external name: String @external }
      `,
      resolvers: { Query: { story: () => book } },
    },
    {
      name: "zoo",
      typeDefs: `
        interface Story { id: ID! animals: [Animal] }
        interface Animal { id: ID! name: String }
        type Tale implements Story @key(fields: "id") { id: ID! animals: [Animal] @shareable }
        type Hound implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }
        type Tabby implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }
      `,
      resolvers: {
        Tale: { __resolveReference: () => book },
        Hound: { __resolveReference: refused },
        Tabby: { __resolveReference: () => tiger },
      },
    },
  ]);

  it("are taken from the root that provides them", () =>
    voices.agree(`{ story { id animals { id name } } }`, {
      story: {
        id: "t1",
        animals: [
          { id: "a1", name: "Fido" },
          { id: "a2", name: "Tiger" },
        ],
      },
    }));
  it("are joined, for one type, with what only another subgraph knows", () =>
    voices.agree(`{ story { id animals { id name ... on Tabby { age } } } }`, {
      story: {
        id: "t1",
        animals: [
          { id: "a1", name: "Fido" },
          { id: "a2", name: "Tiger", age: 6 },
        ],
      },
    }));
});
