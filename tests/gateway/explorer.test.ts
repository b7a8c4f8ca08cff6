import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rememberAddress } from "#shared/http/server.ts";
import { createLog } from "#shared/log/log.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { openGateway, type Gateway } from "../../gateway/gateway.ts";
import { supergraphPage } from "../../gateway/explorer/supergraphPage.ts";
import { composeStory } from "./support/testGateway.ts";

const SANDBOX = "https://studio.apollographql.com";
const supergraphSdl = composeStory([
  {
    name: "books",
    sdl: `type Query { book(id: ID!): Book @authorize(permissions: [NoteRead]) }
      "Something to read." type Book @key(fields: "id") { id: ID! title: String @authorize(permissions: [SecretRead]) kind: Kind }
      enum Kind { PAPER "On a <screen>" SCREEN }`,
    resolvers: {},
  },
  {
    name: "shelves",
    sdl: 'type Book @key(fields: "id") { id: ID! shelf: Shelf } type Shelf { name: String! }',
    resolvers: {},
  },
]);
const operations = [
  { client: "explorer", version: "1", name: "Read", text: "query Read { book(id: 1) { title } }" },
];

function open(env: Record<string, string>): Promise<Gateway> {
  return openGateway({
    supergraphSdl,
    config: readGatewayConfig(env),
    dataSource: () => ({ execute: () => Promise.reject(new Error("nobody is asked")) }),
    log: createLog({ service: "gateway", level: "silent" }),
    explorer: {
      people: () => [{ id: "ada", name: "Ada", tenantIds: ["acme"] }],
      token: async (person) => `token of ${person}`,
      operations,
    },
  });
}

describe("the explorer", () => {
  let gateway: Gateway;
  beforeAll(async () => void (gateway = await open({ NODE_ENV: "development" })));
  afterAll(() => gateway.close());

  const browser = { accept: "text/html", "sec-fetch-dest": "document" };
  const get = (path: string, headers: Record<string, string> = browser) =>
    gateway.fetch(new Request(`http://localhost:4000${path}`, { headers }));
  const signIn = (headers: Record<string, string>, body: string, at = "http://localhost:4000") =>
    gateway.fetch(new Request(`${at}/explorer/sign-in`, { method: "POST", headers, body }));
  const own = {
    origin: "http://localhost:4000",
    "sec-fetch-site": "same-origin",
    "content-type": "application/json",
  };
  const ada = JSON.stringify({ personId: "ada" });

  it.each(["/", "/graphql", "/graphql?query=%7Bbook%7D"])(
    "is served to browsers at %s, with nothing from elsewhere",
    async (path) => {
      const response = await get(path);
      const text = await response.text();
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(text).toContain("query Read { book(id: 1) { title } }");
      expect(text).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    },
  );

  it("signs in as somebody who is there, from its own page", async () => {
    expect(await (await get("/explorer/people")).json()).toEqual([{ id: "ada", name: "Ada" }]);
    const response = await signIn(own, ada);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await response.json()).toEqual({ token: "token of ada", tenantId: "acme", name: "Ada" });
  });

  it("names nobody under a name that was made to lead here", async () => {
    const rebound = await gateway.fetch(new Request("http://rebound.test:4000/explorer/people"));
    expect(await rebound.json()).toEqual([]);
  });

  it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("signs in from this machine: %s", async (address) => {
    const init = { method: "POST", headers: own, body: ada };
    const request = new Request("http://localhost:4000/explorer/sign-in", init);
    rememberAddress(request, address);
    expect((await gateway.fetch(request)).status).toBe(200);
  });

  it.each(["10.0.0.7", "::ffff:10.0.0.7", "fe80::1"])(
    "signs nobody in, and names nobody, from another machine, whatever it says of itself: %s",
    async (address) => {
      const init = { method: "POST", headers: own, body: ada };
      const request = new Request("http://localhost:4000/explorer/sign-in", init);
      const people = new Request("http://localhost:4000/explorer/people", { headers: browser });
      for (const each of [request, people]) rememberAddress(each, address);
      expect((await gateway.fetch(request)).status).toBe(403);
      expect(await (await gateway.fetch(people)).json()).toEqual([]);
    },
  );

  it.each([
    [
      "a page of another origin",
      { ...own, origin: "https://evil.test", "sec-fetch-site": "cross-site" },
      ada,
      undefined,
    ],
    ["another site that hides where it is", { ...own, "sec-fetch-site": "cross-site" }, ada, undefined],
    ["no page at all", { "content-type": "application/json" }, ada, undefined],
    ["a form", { ...own, "content-type": "text/plain" }, ada, undefined],
    [
      "a name that was made to lead here",
      { ...own, origin: "http://rebound.test:4000" },
      ada,
      "http://rebound.test:4000",
    ],
    ["somebody who is not there", own, JSON.stringify({ personId: "eve" }), undefined],
    ["nonsense", own, "{", undefined],
  ])("signs nobody in for %s", async (_who, headers, body, at) => {
    const response = await signIn(headers, body, at);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain("token of");
  });

  it("says what is wrong with the newest graph", async () => {
    expect(await (await get("/explorer/problem")).json()).toEqual({ problem: null });
  });

  it("lets Apollo Sandbox ask, without cookies, and no other page", async () => {
    const preflight = (origin: string) =>
      gateway.fetch(
        new Request("http://localhost:4000/graphql", {
          method: "OPTIONS",
          headers: {
            origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type,authorization,x-tenant-id",
            "access-control-request-private-network": "true",
          },
        }),
      );
    const allowed = await preflight(SANDBOX);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      "access-control-allow-origin": SANDBOX,
      "access-control-allow-headers": "content-type,authorization,x-tenant-id",
      "access-control-allow-private-network": "true",
    });
    expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
    expect((await preflight("https://evil.test")).headers.get("access-control-allow-origin")).toBeNull();

    const headers = { origin: SANDBOX, "content-type": "application/json" };
    const body = JSON.stringify({ query: "{ __typename }" });
    const answer = await gateway.fetch(
      new Request("http://localhost:4000/graphql", { method: "POST", headers, body }),
    );
    expect(answer.headers.get("access-control-allow-origin")).toBe(SANDBOX);
    expect(await answer.json()).toEqual({ data: { __typename: "Query" } });
    expect(answer.headers.get("vary")).toBe("origin");
    const asked = await get("/graphql?query=%7B__typename%7D", {
      "apollo-require-preflight": "yes",
      accept: "application/json",
    });
    expect([asked.status, asked.headers.get("vary")]).toEqual([200, "origin"]);
  });

  it("is not there in production, nor is anything of it", async () => {
    const production = await open({ NODE_ENV: "production" });
    const ask = (path: string, init?: RequestInit) =>
      production.fetch(new Request(`http://localhost:4000${path}`, init));
    for (const path of ["/supergraph", "/explorer/people", "/explorer/problem"]) {
      expect((await ask(path, { headers: browser })).status).toBe(404);
    }
    expect((await ask("/explorer/sign-in", { method: "POST", headers: own, body: ada })).status).toBe(404);
    const sandbox = await ask("/graphql", { method: "OPTIONS", headers: { origin: SANDBOX } });
    expect(sandbox.headers.get("access-control-allow-origin")).toBeNull();
    await production.close();
  });

  it("signs nobody in where production serves it on purpose", async () => {
    const production = await open({ NODE_ENV: "production", GRAPHIQL: "true" });
    const ask = (path: string, init?: RequestInit) =>
      production.fetch(new Request(`http://localhost:4000${path}`, init));
    expect(await (await ask("/explorer/people")).json()).toEqual([]);
    expect((await ask("/explorer/sign-in", { method: "POST", headers: own, body: ada })).status).toBe(403);
    await production.close();
  });
});

describe("the page of the supergraph", () => {
  const page = supergraphPage(supergraphSdl, operations);

  it("has a room for each subgraph, and joins those that share an entity", () => {
    const rooms = [...page.matchAll(/class="name"[^>]*>([^<]+)</g)].map(([, name]) => name);
    expect(new Set(rooms)).toEqual(new Set(["books", "shelves"]));
    const lines = [...page.matchAll(/<path\s+class="(\w+)"\s+data-entity="(\w+)"/g)].map(
      ([, kind, entity]) => `${entity} ${kind}`,
    );
    expect(lines.toSorted((a, b) => a.localeCompare(b))).toEqual(["Book adds", "Book owner"]);
  });

  it("shows which subgraph resolves a field, its authorization, and which operations select it", () => {
    const row = /<tr\s+id="Book\.title"[^]*?<\/tr>/.exec(page)?.[0];
    expect(row).toContain("SecretRead");
    expect(row).toContain("books");
    expect(row).toContain('title="Read"');
  });

  it("has a place for every type that anything links to, and escapes what people wrote", () => {
    const places = new Set([...page.matchAll(/id="(type-\w+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#(type-\w+)"/g)].map(([, id]) => id);
    expect(links.filter((link) => !places.has(link))).toEqual([]);
    expect(page).toContain("On a &lt;screen&gt;");
    expect(() => parse(decodeURIComponent(/\/graphql\?query=([^"]+)/.exec(page)![1]!))).not.toThrow();
  });
});
