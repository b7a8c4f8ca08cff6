import { parse } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { requirementsOfSupergraph } from "#shared/federation/authorization.ts";
import { ACME, openTestGateway, type TestGateway } from "./support/testGateway.ts";

const RENAMED = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@external", { name: "@key", as: "@primary" }, "@requires", "@shareable"])
    @link(url: "https://tocsin.dev/authorization/v1.0", import: [{ name: "@authorize", as: "@guard" }, { name: "@public", as: "@anyone" }])
    @composeDirective(name: "@guard")
    @composeDirective(name: "@anyone")
  directive @guard(permissions: [Permission!]!) repeatable on FIELD_DEFINITION | OBJECT
  directive @anyone on FIELD_DEFINITION
  enum Permission { SecretRead TextRead }
`;

const files = {
  name: "files",
  sdl: `${RENAMED}
    type Query {
      file: File @anyone
      renamed: String @guard(permissions: [SecretRead])
    }
    type File @primary(fields: "id") @primary(fields: "path") {
      id: ID!
      path: String!
      text: String @guard(permissions: [TextRead])
      name: String
    }
  `,
  resolvers: {
    Query: {
      file: () => ({ id: "7", path: "/seven", text: "hush", name: "seven" }),
      renamed: () => "secret",
    },
    File: {
      __resolveReference: ({ id, path }: { id?: string; path?: string }) => {
        return id === "7" || path === "/seven"
          ? { id: "7", path: "/seven", text: "hush", name: "seven" }
          : null;
      },
    },
  },
};

const search = {
  name: "search",
  sdl: `${RENAMED}
    type File @primary(fields: "id") {
      id: ID!
      text: String @external
      summary: String @requires(fields: "text")
      rank: Int
    }
  `,
  resolvers: {
    File: {
      __resolveReference: (reference: { id: string; text?: string }) => reference,
      summary: ({ text }: { text?: string }) => `about ${text}`,
      rank: ({ id }: { id: string }) => (id === "7" ? 1 : -1),
    },
  },
};

const people = [
  { id: "guest", email: "guest@acme.test", name: "Gue", tenantIds: [ACME], permissions: [] },
  {
    id: "owner",
    email: "owner@acme.test",
    name: "Own",
    tenantIds: [ACME],
    permissions: ["SecretRead", "TextRead"],
  },
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ subgraphs: [files, search], people });
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.asked.length = 0;
});

describe("published ways around authorization", () => {
  it("reading a guarded field through another that requires it (GHSA-m8jr-fxqx-8xx6)", async () => {
    const heard = await gateway.ask("{ file { name summary } }", { as: "guest" });
    expect(heard.data).toEqual({ file: { name: "seven", summary: null } });
    expect(heard.errors).toMatchObject([
      { extensions: { code: "PERMISSION_DENIED", permissions: ["TextRead"] } },
    ]);
    expect(gateway.asked.map(({ query }) => query).join()).not.toContain("text");
    expect((await gateway.ask("{ file { summary } }", { as: "owner" })).data).toEqual({
      file: { summary: "about hush" },
    });
  });

  it("importing the directive under another name (GHSA-g8jh-vg5j-4h3f)", async () => {
    expect([...requirementsOfSupergraph(parse(gateway.supergraphSdl)).keys()]).toContain("Query.renamed");
    expect((await gateway.ask("{ renamed }", { as: "guest" })).data).toEqual({ renamed: null });
    expect((await gateway.ask("{ renamed }", { as: "owner" })).data).toEqual({ renamed: "secret" });
  });

  it("polluting a prototype by aliases and variables (GHSA-pfjj-6f4p-rvmh)", async () => {
    const query =
      "query ($__proto__: Boolean!) { __proto__: file { constructor: name __proto__: rank @include(if: $__proto__) } }";
    const variables = JSON.parse(
      '{"__proto__": true, "constructor": {"prototype": {"polluted": 1}}}',
    ) as Record<string, unknown>;
    const heard = await gateway.ask(query, { variables });
    expect(heard.text).toBe('{"data":{"__proto__":{"constructor":"seven","__proto__":1}}}');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("giving a field the name of a key, so that the alias stands in for it (federation#3036)", async () => {
    const heard = await gateway.ask("{ file { id: name rank } }");
    expect(heard).toMatchObject({ errors: [], data: { file: { id: "seven", rank: 1 } } });
    const both = await gateway.ask("{ file { path: id id: path rank } }");
    expect(both.data).toEqual({ file: { path: "7", id: "/seven", rank: 1 } });
  });
});
