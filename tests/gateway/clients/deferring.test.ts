import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { Defer20220824Handler, GraphQL17Alpha9Handler } from "@apollo/client/incremental";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestGateway, type TestGateway } from "../support/testGateway.ts";

let gateway: TestGateway;
let gate: PromiseWithResolvers<void>;
beforeEach(async () => {
  gate = Promise.withResolvers();
  gateway = await openTestGateway({
    subgraphs: [
      {
        name: "people",
        sdl: `type Query { me: Person @public } type Person @key(fields: "id") { id: ID! name: String }`,
        resolvers: { Query: { me: () => ({ id: "1", name: "Ada" }) } },
      },
      {
        name: "letters",
        sdl: `
          type Person @key(fields: "id") {
            id: ID!
            subjects: [String!]
            broken: String
            missing: String!
            notes: String @authorize(permissions: [NoteRead])
          }
        `,
        resolvers: {
          Person: {
            async subjects() {
              await gate.promise;
              return ["Hello"];
            },
            broken() {
              throw new Error("a secret of the subgraph");
            },
            missing: () => null,
            notes: () => "hidden",
          },
        },
      },
    ],
  });
});
afterEach(async () => {
  gate.resolve();
  await gateway.close();
});

describe.each([
  ["the handler of 2022", () => new Defer20220824Handler()],
  ["the handler of the working draft", () => new GraphQL17Alpha9Handler()],
])("Apollo Client with %s", (_name, incrementalHandler) => {
  const watch = (query: string) => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${gateway.url}/graphql` }),
      cache: new InMemoryCache(),
      incrementalHandler: incrementalHandler() as Defer20220824Handler,
    });
    const seen: { data?: unknown; errors?: unknown; state: string }[] = [];
    const subscription = client
      .watchQuery({ query: gql(query), errorPolicy: "all" })
      .subscribe(({ data, error, dataState }) => {
        const errors = error && (JSON.parse(JSON.stringify(error)) as { errors?: unknown }).errors;
        seen.push({
          data: data && JSON.parse(JSON.stringify(data)),
          state: dataState,
          ...(errors !== undefined && { errors }),
        });
      });
    return { seen, stop: () => (subscription.unsubscribe(), client.stop()) };
  };

  it("shows what is there before the rest comes", async () => {
    const { seen, stop } = watch(`{ me { id name ... @defer(label: "mail") { subjects } } }`);
    await expect.poll(() => seen.at(-1)?.state).toBe("streaming");
    expect(seen.at(-1)?.data).toMatchObject({ me: { name: "Ada" } });
    expect(JSON.stringify(seen)).not.toContain("Hello");
    gate.resolve();
    await expect.poll(() => seen.at(-1)?.state).toBe("complete");
    expect(seen.at(-1)?.data).toMatchObject({ me: { name: "Ada", subjects: ["Hello"] } });
    stop();
  });

  it.each([
    ["an error of the subgraph, masked", "broken", "INTERNAL_ERROR"],
    ["a null that may not be", "missing", "missing"],
    ["what it may not read", "notes", "UNAUTHENTICATED"],
  ])("hears of %s in a deferred part", async (_what, field, told) => {
    const { seen, stop } = watch(`{ me { id name ... @defer(label: "later") { ${field} } } }`);
    await expect.poll(() => JSON.stringify(seen)).toContain(told);
    expect(JSON.stringify(seen)).not.toContain("a secret of the subgraph");
    expect(JSON.stringify(seen)).not.toContain("hidden");
    expect(seen.at(-1)?.data).toMatchObject({ me: { name: "Ada" } });
    stop();
  });
});

it("finishes on the graph it started on when that changes", async () => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "multipart/mixed;deferSpec=20220824" },
    body: JSON.stringify({ query: `{ me { name ... @defer { subjects } } }` }),
  });
  await gateway.publish(`${gateway.supergraphSdl}\n# newer\n`);
  gate.resolve();
  expect((await response.text()).split("\r\n")).toEqual([
    "",
    "---",
    "content-type: application/json; charset=utf-8",
    "",
    '{"data":{"me":{"name":"Ada"}},"hasNext":true}',
    "---",
    "content-type: application/json; charset=utf-8",
    "",
    '{"incremental":[{"data":{"subjects":["Hello"]},"path":["me"]}],"hasNext":false}',
    "-----",
    "",
  ]);
});

it("answers whoever reads no parts at once, and shows in the schema that there is @defer", async () => {
  gate.resolve();
  expect((await gateway.ask(`{ me { name ... @defer { subjects } } }`)).data).toEqual({
    me: { name: "Ada", subjects: ["Hello"] },
  });
  const { data } = await gateway.ask(`{ __schema { directives { name args { name } } } }`);
  expect(JSON.stringify(data)).toContain('{"name":"defer","args":[{"name":"label"},{"name":"if"}]}');
});
