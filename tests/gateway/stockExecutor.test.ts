import { GraphQLError } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { SubgraphFailure, type DataSource } from "../../gateway/executor/contract.ts";
import {
  ACME,
  composeStory,
  openTestGateway,
  type Asking,
  type Heard,
  type TestGateway,
} from "./support/testGateway.ts";

let written: string[] = [];

const notes = {
  name: "notes",
  sdl: `
    type Query {
      open: String @public
      note(id: ID!): Note @authorize(permissions: [NoteRead])
      notes(first: Int): [Note!] @authorize(permissions: [NoteRead]) @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
      things: [Thing!] @authorize(permissions: [NoteRead])
      any: [Any!] @authorize(permissions: [NoteRead])
      strict: String! @authorize(permissions: [SecretRead])
      gone: Note @public
      broken: Note @public
      hollow: Hollow @public
    }
    type Mutation {
      write(text: String!): Note @authorize(permissions: [NoteWrite])
    }
    type Subscription { written: Note @authorize(permissions: [NoteRead]) }
    interface Thing { id: ID!  title: String }
    type Note implements Thing @key(fields: "id") {
      id: ID!
      title: String
      text: String @authorize(permissions: [SecretRead])
      author: Author
    }
    type Safe implements Thing @key(fields: "id") {
      id: ID!
      title: String @authorize(permissions: [SecretRead])
    }
    type Vault @authorize(permissions: [SecretRead]) { code: String }
    union Any = Note | Vault
    type Author @key(fields: "id") { id: ID! }
    type Hollow { full: String! }
  `,
  resolvers: {
    Query: {
      open: () => "anybody",
      note: (_: unknown, { id }: { id: string }) => ({ id, title: "First", text: "hush", author: { id } }),
      notes: () => [
        { id: "1", title: "First", text: "hush", author: { id: "1" } },
        { id: "2", title: "Second", text: "hush", author: { id: "2" } },
        { id: "3", title: "Third", text: "hush", author: null },
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
      gone: () => {
        throw new GraphQLError("There is no such incident.", { extensions: { code: "CONFLICT" } });
      },
      broken: () => {
        throw new Error("connect to 10.0.0.7 with password hunter2");
      },
      hollow: () => ({}),
    },
    Mutation: {
      write: (_: unknown, { text }: { text: string }) => {
        written.push(text);
        return { id: "9", title: text, author: { id: "1" } };
      },
    },
    Thing: { __resolveType: (thing: { __typename: string }) => thing.__typename },
    Any: { __resolveType: (thing: { __typename: string }) => thing.__typename },
  },
};

const authors = {
  name: "authors",
  sdl: `
    type Author @key(fields: "id") { id: ID!  name: String  rank: Int!  phone: String @authorize(permissions: [SecretRead]) }
  `,
  resolvers: {
    Author: {
      __resolveReference: ({ id }: { id: string }) => ({
        id,
        name: `Ada ${id}`,
        rank: Number(id),
        phone: "555",
      }),
      name: ({ id, name }: { id: string; name: string }) => {
        if (id === "2")
          throw new GraphQLError("There is no such user.", { extensions: { code: "NOT_FOUND" } });
        return name;
      },
    },
  },
};

const people = [
  { id: "reader", email: "reader@acme.test", name: "Rea", tenantIds: [ACME], permissions: ["NoteRead"] },
  {
    id: "writer",
    email: "writer@acme.test",
    name: "Wri",
    tenantIds: [ACME],
    permissions: ["NoteRead", "NoteWrite", "SecretRead"],
  },
];

/** What stands before authors, besides HTTP. */
let fault: DataSource["execute"] | null = null;

function dataSource(name: string, url: string): DataSource {
  const source = httpDataSource(url);
  return {
    honorsCancellation: false,
    execute: (request) => (name === "authors" && fault ? fault(request) : source.execute(request)),
    async *subscribe() {
      yield {
        data: {
          written: { __typename: "Note", id: "9", title: "New", author: { __typename: "Author", id: "1" } },
        },
      };
    },
  };
}

const open = (EXECUTOR: string) =>
  openTestGateway({
    subgraphs: [notes, authors],
    people,
    env: { EXECUTOR, LIMIT_COST: "1000", LIMIT_ANSWER_OBJECTS: "40", DEADLINE_MILLISECONDS: "2000" },
    gateway: { dataSource },
  });

let stock: TestGateway;
let compiled: TestGateway;
beforeAll(async () => {
  stock = await open("stock");
  compiled = await open("compiled");
});
afterAll(async () => {
  await stock.close();
  await compiled.close();
});
afterEach(() => {
  fault = null;
  written = [];
  stock.asked.length = 0;
});

async function both(query: string, how?: Asking): Promise<Heard> {
  const heard = await stock.ask(query, how);
  const theirs = await compiled.ask(query, how);
  expect(plain(heard)).toEqual(plain(theirs));
  return heard;
}

// Without what is another each time, and errors in the order of their paths.
function plain({ status, data, errors }: Heard): object {
  const told = errors.map(({ message, path, extensions }) => {
    const text = JSON.stringify([path?.join("."), message, extensions]);
    return text.replaceAll(/[0-9a-f]{32}/g, "the trace");
  });
  return { status, data, errors: told.sort() };
}

describe("EXECUTOR=stock", () => {
  it("answers from several subgraphs, each with a token of its own", async () => {
    const heard = await both(
      `query ($id: ID!) { note(id: $id) { heading: title author { name rank } } open }`,
      {
        as: "reader",
        variables: { id: "1" },
      },
    );
    expect(heard).toMatchObject({
      status: 200,
      data: { note: { heading: "First", author: { name: "Ada 1", rank: 1 } }, open: "anybody" },
      errors: [],
    });
    expect(stock.asked.map(({ subgraph }) => subgraph)).toEqual(["notes", "authors"]);
    for (const { identity } of stock.asked)
      expect(identity).toMatchObject({ tenantId: ACME, actor: { kind: "user", id: "reader" } });
  });

  it("answers null for what is denied, with the denial at every path, and asks nobody for it", async () => {
    const heard = await both(
      `{ one: notes { t: text ...A } things { title ... on Safe { title } } any { ... on Vault { code } } }
       fragment A on Note { author { phone } }`,
      { as: "reader" },
    );
    expect(heard.data).toEqual({
      one: [
        { t: null, author: { phone: null } },
        { t: null, author: { phone: null } },
        { t: null, author: null },
      ],
      things: [{ title: null }, { title: null }],
      any: [{}, { code: null }],
    });
    const denied = heard.errors.map(
      ({ path, extensions }) => `${path?.join(".")} ${String(extensions["code"])}`,
    );
    expect(denied.sort()).toEqual(
      [
        "any.1.code",
        "one.0.author.phone",
        "one.0.t",
        "one.1.author.phone",
        "one.1.t",
        "one.2.t",
        "things.0.title",
        "things.1.title",
      ].map((path) => `${path} PERMISSION_DENIED`),
    );
    expect(stock.asked.map(({ query }) => query).join()).not.toMatch(/text|phone|code/);
  });

  it.each([
    `{ strict open }`,
    `{ notes { id } }`,
    `{ notes { __typename id @skip(if: true) ... @include(if: true) { title } } }`,
    `{ hollow { full } open }`,
    `{ __typename __schema { queryType { name } } open }`,
    `{ __proto__: open constructor: open }`,
    `{ note(id: 7) { id: title author { id: name } } }`,
    `query ($id: ID!) { note(id: $id) { id } }`,
    `query A { open } query B { open }`,
  ])("answers as the compiled executor does, to a reader and to nobody: %s", async (query) => {
    for (const how of [{ as: "reader" }, {}]) {
      expect(plain(await stock.ask(query, how))).toEqual(plain(await compiled.ask(query, how)));
    }
  });

  it("makes a change once, and none of a mutation with anything denied in it", async () => {
    const change = `mutation { write(text: "Hello") { title author { name } } }`;
    const heard = await stock.ask(change, { as: "writer" });
    expect(heard.data).toEqual({ write: { title: "Hello", author: { name: "Ada 1" } } });
    expect(written).toEqual(["Hello"]);
    const refused = await stock.ask(change, { as: "reader" });
    expect(refused).toMatchObject({ data: null, errors: [{ extensions: { code: "PERMISSION_DENIED" } }] });
    expect(written).toEqual(["Hello"]);
  });

  it("tells errors with a code of the table at their paths, and masks all others", async () => {
    const heard = await both(`{ gone { id } broken { id } notes { title author { name } } }`, {
      as: "reader",
    });
    expect(heard.data).toMatchObject({ gone: null, broken: null });
    const codes = heard.errors.map(({ path, extensions }) => [path?.join("."), extensions["code"]]);
    expect(codes).toEqual(
      expect.arrayContaining([
        ["gone", "CONFLICT"],
        ["broken", "INTERNAL_ERROR"],
        ["notes.1.author.name", "NOT_FOUND"],
      ]),
    );
    expect(codes).toHaveLength(3);
    expect(heard.text).not.toContain("hunter2");
  });

  const silent: DataSource["execute"] = () => new Promise(() => undefined);
  const away: DataSource["execute"] = () =>
    Promise.reject(new SubgraphFailure("unreachable", "is away at 10.0.0.7"));
  const nonsense: DataSource["execute"] = async () => ({ status: 200, text: "<html>10.0.0.7</html>" });
  it.each([
    ["is away", away],
    ["is silent beyond the deadline", silent],
    ["answers with nonsense", nonsense],
  ])("answers in part when a subgraph %s, with an error at each path", async (_, execute) => {
    fault = execute;
    const heard = await stock.ask(`{ notes { title author { id name } } }`, { as: "reader" });
    expect(heard.data).toEqual({
      notes: [
        { title: "First", author: { id: "1", name: null } },
        { title: "Second", author: { id: "2", name: null } },
        { title: "Third", author: null },
      ],
    });
    const places = heard.errors.map(
      ({ path = [], extensions: { code, subgraph } }) =>
        `${path.join(".")} ${String(code)} ${String(subgraph)}`,
    );
    expect(places.toSorted((one, other) => one.localeCompare(other))).toEqual([
      "notes.0.author.name SUBGRAPH_UNAVAILABLE authors",
      "notes.1.author.name SUBGRAPH_UNAVAILABLE authors",
    ]);
    expect(heard.text).not.toContain("10.0.0.7");
  });

  it("makes null of the nearest parent that may be when what must not be null is missing", async () => {
    fault = away;
    const heard = await both(`{ notes { title author { rank } } }`, { as: "reader" });
    expect(heard.data).toMatchObject({ notes: [{ author: null }, { author: null }, { author: null }] });
    expect(heard.errors.map(({ path = [] }) => path.join(".")).sort()).toEqual([
      "notes.0.author.rank",
      "notes.1.author.rank",
    ]);
  });

  it("refuses what costs too much, and gives up on an answer that grows too large", async () => {
    const dear = await both(`{ notes(first: 5000) { id } }`, { as: "reader" });
    expect(dear.errors).toMatchObject([{ extensions: { limit: "cost" } }]);
    expect(stock.asked).toEqual([]);
    const fields = Array.from({ length: 18 }, (_unused, index) => `n${index}: notes { id }`).join(" ");
    const large = await both(`{ ${fields} }`, { as: "reader" });
    expect(large).toMatchObject({ data: null, errors: [{ extensions: { code: "ANSWER_TOO_LARGE" } }] });
  });

  it("answers at once what a client would have taken in parts", async () => {
    const heard = await stock.ask(`{ note(id: 1) { id ... @defer { title } } }`, {
      as: "reader",
      headers: { accept: "multipart/mixed;deferSpec=20220824, application/json" },
    });
    expect(heard.data).toEqual({ note: { id: "1", title: "First" } });
  });

  it("leaves subscriptions to the engine that has them", async () => {
    const heard = await stock.ask(`subscription { written { title author { name } } }`, {
      as: "reader",
      headers: { accept: "text/event-stream" },
    });
    expect(heard.text).toContain('{"data":{"written":{"title":"New","author":{"name":"Ada 1"}}}}');
  });

  it("serves a newer supergraph when there is one, and none that is not valid", async () => {
    const renamed = {
      ...notes,
      sdl: notes.sdl.replace("open: String", "opened: String @public open: String"),
    };
    const urls = [...stock.supergraphSdl.matchAll(/@join__graph\(name: "(\w+)", url: "([^"]+)"\)/g)];
    const urlOf = (name: string) => urls.find(([, graph]) => graph === name)?.[2] ?? "";
    await stock.publish(composeStory([renamed, authors], [urlOf("notes"), urlOf("authors")]));
    expect((await stock.ask(`{ opened }`)).errors).toMatchObject([{ path: ["opened"] }]);
    await stock.publish("type Query { nonsense: String }");
    expect((await stock.ask(`{ open }`)).data).toEqual({ open: "anybody" });
    expect((await stock.ask(`{ nonsense }`)).data).toBeUndefined();
  });
});
