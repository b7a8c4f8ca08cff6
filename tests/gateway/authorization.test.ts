import { buildSchema, parse, type OperationDefinitionNode } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DENY_ALL, openPermissions } from "../../gateway/permissions.ts";
import { ACME, composeStory, openTestGateway, OTHER, type TestGateway } from "./support/testGateway.ts";

const notes = {
  name: "notes",
  sdl: `
    type Query {
      open: String @public
      me: String @authorize(permissions: [])
      note(id: ID!): Note @authorize(permissions: [NoteRead])
      notes: [Note!] @authorize(permissions: [NoteRead])
      things: [Thing!] @authorize(permissions: [NoteRead])
      any: [Any!] @authorize(permissions: [NoteRead])
      strict: String! @authorize(permissions: [SecretRead])
    }
    type Mutation {
      write(text: String!): Note! @authorize(permissions: [NoteWrite])
      peek: Note! @authorize(permissions: [NoteRead])
    }
    interface Thing { id: ID!  title: String }
    type Note implements Thing @key(fields: "id") {
      id: ID!
      title: String
      text: String @authorize(permissions: [SecretRead])
      author: Author @authorize(permissions: [AlertRead])
    }
    type Safe implements Thing @key(fields: "id") {
      id: ID!
      title: String @authorize(permissions: [SecretRead])
    }
    type Vault @authorize(permissions: [SecretRead]) { code: String }
    union Any = Note | Vault
    type Author @key(fields: "id") { id: ID! }
  `,
  resolvers: {
    Query: {
      open: () => "anybody",
      me: () => "you",
      note: (_: unknown, { id }: { id: string }) => ({
        id,
        title: "First",
        text: "hush",
        author: { id: "a" },
      }),
      notes: () => [
        { id: "1", title: "First", text: "hush" },
        { id: "2", title: "Second", text: "hush" },
      ],
      things: () => [
        { __typename: "Note", id: "1", title: "First" },
        { __typename: "Safe", id: "2", title: "Hidden" },
      ],
      any: () => [
        { __typename: "Note", id: "1", title: "First" },
        { __typename: "Vault", code: "1234" },
      ],
      strict: () => "secret",
    },
    Mutation: {
      write: (_: unknown, { text }: { text: string }) => ({ id: "9", title: text, text }),
      peek: () => ({ id: "1", title: "First" }),
    },
    Thing: { __resolveType: (thing: { __typename: string }) => thing.__typename },
    Any: { __resolveType: (thing: { __typename: string }) => thing.__typename },
  },
};

const authors = {
  name: "authors",
  sdl: `
    type Author @key(fields: "id") { id: ID!  name: String  phone: String @authorize(permissions: [SecretRead]) }
    type Note @key(fields: "id") { id: ID!  wordCount: Int @authorize(permissions: [AlertRead]) }
  `,
  resolvers: {
    Author: { __resolveReference: ({ id }: { id: string }) => ({ id, name: "Ada", phone: "555" }) },
    Note: { __resolveReference: ({ id }: { id: string }) => ({ id, wordCount: 3 }) },
  },
};

const people = [
  { id: "reader", email: "reader@acme.test", name: "Rea", tenantIds: [ACME], permissions: ["NoteRead"] },
  {
    id: "writer",
    email: "writer@acme.test",
    name: "Wri",
    tenantIds: [ACME],
    permissions: ["NoteRead", "NoteWrite", "AlertRead", "SecretRead"],
  },
  { id: "both", email: "both@acme.test", name: "Bo", tenantIds: [ACME, OTHER], permissions: ["NoteRead"] },
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ subgraphs: [notes, authors], people });
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.asked.length = 0;
});

describe("a caller", () => {
  it("lets anybody read what is public, and tells the subgraph that nobody signed in", async () => {
    const heard = await gateway.ask("{ open }");
    expect(heard).toMatchObject({ status: 200, data: { open: "anybody" }, errors: [] });
    expect(gateway.asked[0]?.identity).toMatchObject({
      tenantId: null,
      actor: { kind: "system", id: "anonymous" },
    });
  });

  it("tells each subgraph on whose behalf and in which tenant it is asked", async () => {
    const heard = await gateway.ask(`{ note(id: "1") { title author { name } } }`, { as: "writer" });
    expect(heard.data).toEqual({ note: { title: "First", author: { name: "Ada" } } });
    expect(gateway.asked.map(({ subgraph }) => subgraph)).toEqual(["notes", "authors"]);
    for (const { identity } of gateway.asked) {
      expect(identity).toMatchObject({ tenantId: ACME, actor: { kind: "user", id: "writer" } });
    }
  });

  it("refuses a tenant that the token does not list, and asks for one when there are several", async () => {
    const foreign = await gateway.ask("{ me }", { as: "reader", headers: { "x-tenant-id": OTHER } });
    expect(foreign).toMatchObject({ status: 403, errors: [{ extensions: { code: "TENANT_NOT_LISTED" } }] });
    const unclear = await gateway.ask("{ me }", { as: "both" });
    expect(unclear).toMatchObject({ status: 403, errors: [{ extensions: { code: "TENANT_NOT_LISTED" } }] });
    const clear = await gateway.ask("{ me }", { as: "both", headers: { "x-tenant-id": OTHER } });
    expect(clear.data).toEqual({ me: "you" });
    expect(gateway.asked[0]?.identity?.tenantId).toBe(OTHER);
  });

  it("passes on no header by which a caller claims to be a service", async () => {
    await gateway.ask("{ open }", { headers: { "x-internal-token": "forged", "x-internal-actor": "root" } });
    expect(gateway.asked[0]?.headers.get("x-internal-token")).not.toBe("forged");
    expect(gateway.asked[0]?.headers.get("x-internal-actor")).toBeNull();
  });
});

describe("a query", () => {
  it("answers null for what is not allowed, with one error per path, and the rest", async () => {
    const heard = await gateway.ask(`{ note(id: "1") { title text } open }`, { as: "reader" });
    expect(heard.data).toEqual({ note: { title: "First", text: null }, open: "anybody" });
    expect(heard.errors).toEqual([
      {
        message: "This needs the permission SecretRead.",
        path: ["note", "text"],
        extensions: { code: "PERMISSION_DENIED", permissions: ["SecretRead"] },
      },
    ]);
    expect(gateway.asked.map(({ query }) => query).join()).not.toContain("text");
  });

  it("asks no subgraph for what is not allowed", async () => {
    const heard = await gateway.ask(`{ note(id: "1") { wordCount } }`, { as: "reader" });
    expect(heard.data).toEqual({ note: { wordCount: null } });
    expect(gateway.asked.map(({ subgraph }) => subgraph)).not.toContain("authors");
    gateway.asked.length = 0;
    await gateway.ask(`{ notes { id } me }`);
    expect(gateway.asked).toEqual([]);
  });

  it("says UNAUTHENTICATED to whoever did not sign in", async () => {
    const heard = await gateway.ask("{ me open }");
    expect(heard.data).toEqual({ me: null, open: "anybody" });
    expect(heard.errors).toMatchObject([{ path: ["me"], extensions: { code: "UNAUTHENTICATED" } }]);
  });

  it("lets a null that may not stand bubble up as the specification says", async () => {
    const heard = await gateway.ask("{ open strict }", { as: "reader" });
    expect(heard.data).toBeNull();
    expect(heard.errors).toMatchObject([{ path: ["strict"], extensions: { code: "PERMISSION_DENIED" } }]);
  });

  it("demands what nobody has for a root field that says nothing, should such a graph ever be served", () => {
    const sdl = "type Query { open: String @public forgotten: String }";
    const supergraph = parse(composeStory([{ name: "one", sdl, resolvers: {} }]));
    const schema = buildSchema("type Query { open: String forgotten: String }");
    const document = parse("{ open other: forgotten }");
    const operation = document.definitions[0] as OperationDefinitionNode;
    expect(openPermissions(supergraph, schema).needsOf(document, operation)).toEqual({
      needs: [DENY_ALL],
      fields: [{ coordinate: "Query.forgotten", needs: [DENY_ALL], path: ["other"] }],
    });
  });

  it.each([
    ["an alias", `{ note(id: "1") { x: text } }`],
    ["an alias of another field's name", `{ note(id: "1") { title: text } }`],
    ["a named fragment", `{ note(id: "1") { ...F } } fragment F on Note { text }`],
    ["an inline fragment", `{ note(id: "1") { ... { ... on Note { text } } } }`],
    ["@include", `query ($yes: Boolean = true) { note(id: "1") { text @include(if: $yes) } }`],
    ["@skip on a fragment", `query ($no: Boolean = false) { note(id: "1") { ... @skip(if: $no) { text } } }`],
  ])("is not talked out of it by %s", async (_name, query) => {
    const heard = await gateway.ask(query, { as: "reader" });
    expect(heard.text).not.toContain("hush");
    expect(heard.errors).toMatchObject([{ extensions: { code: "PERMISSION_DENIED" } }]);
    expect(gateway.asked.map(({ query: asked }) => asked).join()).not.toContain("text");
  });
});

describe("interfaces and unions", () => {
  it("need of an interface's field what the field of every possible type needs (GHSA-mx7m-j9xf-62hw)", async () => {
    const heard = await gateway.ask("{ things { id title } }", { as: "reader" });
    expect(heard.data).toEqual({
      things: [
        { id: "1", title: null },
        { id: "2", title: null },
      ],
    });
    expect(heard.text).not.toContain("Hidden");
  });

  it("allow a type's own field through a fragment, and deny the other's", async () => {
    const query = "{ things { ... on Note { title } ...S } } fragment S on Safe { title }";
    const heard = await gateway.ask(query, { as: "reader" });
    expect(heard.data).toEqual({ things: [{ title: "First" }, { title: null }] });
    expect(heard.errors).toMatchObject([{ extensions: { code: "PERMISSION_DENIED" } }]);
  });

  it("do not show a guarded type through a union that is open (GHSA-x33c-7c2v-mrj9)", async () => {
    const heard = await gateway.ask("{ any { ... on Note { title } ... on Vault { code } } }", {
      as: "reader",
    });
    expect(heard.text).not.toContain("1234");
    expect(heard.data).toEqual({ any: [{ title: "First" }, { code: null }] });
  });

  it("show everything to whoever has the permissions", async () => {
    const heard = await gateway.ask("{ things { title } any { __typename ... on Vault { code } } }", {
      as: "writer",
    });
    expect(heard.errors).toEqual([]);
    expect(heard.data).toEqual({
      things: [{ title: "First" }, { title: "Hidden" }],
      any: [{ __typename: "Note" }, { __typename: "Vault", code: "1234" }],
    });
  });
});

describe("a mutation", () => {
  it("is refused whole, before anything was done, when a part of it is not allowed", async () => {
    const heard = await gateway.ask(`mutation { write(text: "mine") { id } peek { text } }`, {
      as: "reader",
    });
    expect(heard.data).toBeNull();
    expect(heard.errors.map(({ path, extensions }) => [path, extensions["code"]])).toEqual([
      [["write"], "PERMISSION_DENIED"],
      [["peek", "text"], "PERMISSION_DENIED"],
    ]);
    expect(gateway.asked).toEqual([]);
  });

  it("is refused even for a part that a variable leaves out", async () => {
    const query = `mutation ($no: Boolean!) { peek { id } write(text: "x") @include(if: $no) { id } }`;
    await gateway.ask(query, { as: "reader", variables: { no: false } });
    expect(gateway.asked).toEqual([]);
  });

  it("is done when all of it is allowed", async () => {
    const heard = await gateway.ask(`mutation { write(text: "mine") { id text } }`, { as: "writer" });
    expect(heard).toMatchObject({ errors: [], data: { write: { id: "9", text: "mine" } } });
  });
});
