import { execute, parse, type GraphQLSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { exposedBehind } from "#shared/errors/exposed.ts";
import { anonymous, type Actor } from "#shared/subgraph/actor.ts";
import { subgraphSchema } from "#shared/subgraph/subgraphSchema.ts";

const reader: Actor = { kind: "user", id: "1", permissions: ["BookRead"] };
const other: Actor = { kind: "user", id: "2", permissions: [] };

const resolvers = {
  Query: { book: () => ({ id: "b" }), me: () => ({ id: "1", email: "ann@example.com" }), open: () => 1 },
  Book: { __resolveReference: (reference: object) => reference },
};

/** A subgraph that calls the directives of authorization by these names. */
function guarded(
  link: string,
  { authorize, orSelf, open }: { authorize: string; orSelf: string; open: string },
): GraphQLSchema {
  const sdl = `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      @link(url: "https://tocsin.dev/authorization/v1.0", ${link})
    directive @${authorize}(permissions: [Permission!]!) repeatable on FIELD_DEFINITION | OBJECT
    directive @${orSelf} on FIELD_DEFINITION
    directive @${open} on FIELD_DEFINITION
    enum Permission { BookRead MailRead }
    type Query { book: Book @${open} me: Person @${authorize}(permissions: []) open: Int @${open} }
    type Book @key(fields: "id") @${authorize}(permissions: [BookRead]) { id: ID! }
    type Pen @key(fields: "id") { id: ID! }
    type Person { id: ID! email: String @${authorize}(permissions: [MailRead]) @${orSelf} }`;
  return subgraphSchema("shelves", parse(sdl), resolvers);
}

async function ask(schema: GraphQLSchema, actor: Actor, query: string) {
  const { data, errors } = await execute({ schema, document: parse(query), contextValue: { actor } });
  return [
    JSON.parse(JSON.stringify(data)) as unknown,
    ...(errors ?? []).map((error) => exposedBehind(error)?.code),
  ];
}

describe.each([
  [
    "imports them",
    `import: ["@authorize", "@orSelf", "@public"]`,
    { authorize: "authorize", orSelf: "orSelf", open: "public" },
  ],
  [
    "imports them under other names",
    `import: [{ name: "@authorize", as: "@needs" }, { name: "@orSelf", as: "@ofThem" }, { name: "@public", as: "@free" }]`,
    { authorize: "needs", orSelf: "ofThem", open: "free" },
  ],
  [
    "names the specification and imports nothing",
    `as: "auth"`,
    { authorize: "auth__authorize", orSelf: "auth__orSelf", open: "auth__public" },
  ],
  [
    "imports nothing at all",
    `for: SECURITY`,
    { authorize: "authorization__authorize", orSelf: "authorization__orSelf", open: "authorization__public" },
  ],
])("A subgraph that %s", (_what, link, names) => {
  const schema = guarded(link, names);
  const entities = `{ _entities(representations: [{ __typename: "Book", id: "b" }, { __typename: "Pen", id: "p" }]) { __typename } }`;

  it("is guarded at each way to a thing", async () => {
    expect(await ask(schema, reader, "{ book { id } }")).toEqual([{ book: { id: "b" } }]);
    expect(await ask(schema, other, "{ book { id } }")).toEqual([{ book: null }, "PERMISSION_DENIED"]);
    expect(await ask(schema, other, entities)).toEqual([
      { _entities: [null, { __typename: "Pen" }] },
      "PERMISSION_DENIED",
    ]);
    expect(await ask(schema, anonymous, "{ me { id } }")).toEqual([{ me: null }, "UNAUTHENTICATED"]);
    expect(await ask(schema, anonymous, "{ open }")).toEqual([{ open: 1 }]);
  });

  it("lets people read of themselves what is @orSelf", async () => {
    expect(await ask(schema, reader, "{ me { email } }")).toEqual([{ me: { email: "ann@example.com" } }]);
    expect(await ask(schema, other, "{ me { email } }")).toEqual([
      { me: { email: null } },
      "PERMISSION_DENIED",
    ]);
  });
});

describe("A subgraph that links no specification", () => {
  it("is guarded by what is spelled as in it", async () => {
    const sdl = `
      directive @authorize(permissions: [String!]!) on FIELD_DEFINITION
      type Query { book: Int @authorize(permissions: ["BookRead"]) }`;
    const schema = subgraphSchema("shelves", parse(sdl), { Query: { book: () => 1 } });
    expect(await ask(schema, reader, "{ book }")).toEqual([{ book: 1 }]);
    expect(await ask(schema, other, "{ book }")).toEqual([{ book: null }, "PERMISSION_DENIED"]);
  });
});
