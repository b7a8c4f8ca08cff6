import { Trace } from "@apollo/usage-reporting-protobuf";
import { stripIgnoredCharacters } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anonymous, type Actor } from "#shared/subgraph/actor.ts";
import { openProducts, somebody, type OpenProducts } from "./openProducts.ts";

// What Apollo's subgraph compatibility suite asks of a subgraph, point by point.

let opened: OpenProducts;
let sdl: string;

beforeAll(async () => {
  opened = await openProducts();
  sdl = stripIgnoredCharacters(opened.sdl);
});

afterAll(() => opened.close());

async function entities(fields: string, ...representations: object[]): Promise<unknown[]> {
  return (await opened.ask(entitiesQuery(fields), { of: representations }))["_entities"] as unknown[];
}

const entitiesQuery = (fields: string) =>
  `query ($of: [_Any!]!) { _entities(representations: $of) { ${fields} } }`;

describe("what a subgraph says of itself", () => {
  it("has the types of the specification: _Service, _Entity, _Any, FieldSet and link__Purpose", async () => {
    const answer = await opened.ask(`{
      service: __type(name: "_Service") { kind fields { name type { kind ofType { name } } } }
      entity: __type(name: "_Entity") { kind possibleTypes { name } }
      any: __type(name: "_Any") { kind }
      fieldSet: __type(name: "federation__FieldSet") { kind }
      purpose: __type(name: "link__Purpose") { kind enumValues { name } }
    }`);
    expect(answer).toMatchObject({
      service: { kind: "OBJECT", fields: [{ name: "sdl" }] },
      entity: { kind: "UNION" },
      any: { kind: "SCALAR" },
      fieldSet: { kind: "SCALAR" },
      purpose: { kind: "ENUM", enumValues: [{ name: "SECURITY" }, { name: "EXECUTION" }] },
    });
    const { possibleTypes } = answer["entity"] as { possibleTypes: { name: string }[] };
    expect(possibleTypes.map(({ name }) => name).sort()).toEqual([
      "DeprecatedProduct",
      "Inventory",
      "Product",
      "ProductResearch",
      "User",
    ]);
  });

  it("_service: the SDL that it was built from, from which the graph is composed", () => {
    expect(sdl).toContain("type Query");
    expect(opened.supergraphSdl).toContain("PRODUCTS");
  });

  it("@link: federation once, with what is imported, by another name where it has one", () => {
    const links =
      sdl.match(/@link\(url:"[^"]+",?(?: ?import:\[[^\]]*\])?\)/g) ?? sdl.match(/@link\([^)]*\)/g) ?? [];
    expect(links.filter((link) => link.includes("specs.apollo.dev/federation/v2"))).toHaveLength(1);
    expect(links.join(" ")).toMatch(/\{name:"@hand",? ?as:"@handmade"\}/);
    expect(sdl).toMatch(/notes:String.*?@handmade/);
    expect(sdl).toContain("@federation__extends");
  });

  it("@composeDirective: directives of its own that reach the supergraph, renamed or not", () => {
    expect(sdl).toMatch(/@composeDirective\(name:"@custom"\)/);
    expect(sdl).toMatch(/directive@custom on OBJECT/);
    expect(sdl).toMatch(/type Product[^{]*@custom/);
    expect(opened.supergraphSdl).toMatch(/\ntype Product\n( .*\n)* +@custom\n/);
    expect(opened.supergraphSdl).toMatch(/notes: String [^\n]*@handmade/);
  });

  it("@tag: on the SDL and in the supergraph", () => {
    expect(sdl).toMatch(/notes:String[^:]*@tag\(name:"internal"\)/);
    expect(opened.supergraphSdl).toMatch(/notes: String [^\n]*@tag\(name: "internal"\)/);
  });
});

describe("entities", () => {
  it("@key: one field", async () => {
    expect(
      await entities("... on User { email name }", {
        __typename: "User",
        email: "support@apollographql.com",
      }),
    ).toEqual([{ email: "support@apollographql.com", name: "Jane Smith" }]);
  });

  it("@key: several fields", async () => {
    const key = { sku: "apollo-federation-v1", package: "@apollo/federation-v1" };
    expect(
      await entities("... on DeprecatedProduct { sku package reason }", {
        __typename: "DeprecatedProduct",
        ...key,
      }),
    ).toEqual([{ ...key, reason: "Migrate to Federation V2" }]);
  });

  it("@key: a field of a field", async () => {
    const found = await entities("... on ProductResearch { study { caseNumber description } outcome }", {
      __typename: "ProductResearch",
      study: { caseNumber: "1234" },
    });
    expect(found).toEqual([
      { study: { caseNumber: "1234", description: "Federation Study" }, outcome: null },
    ]);
  });

  it("@key: several keys of one entity, all in one question", async () => {
    const found = await entities(
      "... on Product { id sku }",
      { __typename: "Product", id: "apollo-federation" },
      { __typename: "Product", sku: "federation", package: "@apollo/federation" },
      { __typename: "Product", sku: "studio", variation: { id: "platform" } },
    );
    expect(found).toEqual([
      { id: "apollo-federation", sku: "federation" },
      { id: "apollo-federation", sku: "federation" },
      { id: "apollo-studio", sku: "studio" },
    ]);
  });

  it("come in the order in which they were asked for, null with an error for those there are not", async () => {
    const fields = "__typename ... on Product { sku } ... on User { email }";
    const of = [
      { __typename: "Product", id: "nothing" },
      { __typename: "User", email: "support@apollographql.com" },
      { __typename: "Product", id: "apollo-studio" },
    ];
    const { data, errors } = await opened.answer(entitiesQuery(fields), { of });
    expect(data?.["_entities"]).toMatchObject([
      null,
      { __typename: "User" },
      { __typename: "Product", sku: "studio" },
    ]);
    expect(errors).toMatchObject([{ path: ["_entities", 0], extensions: { code: "NOT_FOUND" } }]);
  });

  it("@extends: adds to a type of another subgraph", async () => {
    const { product } = (await opened.askGateway(
      '{ product(id: "apollo-studio") { createdBy { yearsOfEmployment averageProductsCreatedPerYear } } }',
    )) as { product: { createdBy: { yearsOfEmployment: number } } };
    expect(product.createdBy.yearsOfEmployment).toBe(7);
  });
});

describe("fields of several subgraphs", () => {
  it("@external and @requires: a field made of what another subgraph knows", async () => {
    const given = { __typename: "User", email: "a@b.test", totalProductsCreated: 30, yearsOfEmployment: 4 };
    expect(await entities("... on User { averageProductsCreatedPerYear }", given)).toEqual([
      { averageProductsCreatedPerYear: 8 },
    ]);
    const { product } = (await opened.askGateway(
      '{ product(id: "apollo-federation") { createdBy { averageProductsCreatedPerYear } } }',
    )) as {
      product: unknown;
    };
    expect(product).toEqual({ createdBy: { averageProductsCreatedPerYear: 191 } });
  });

  it("@requires: of an object's fields, asked by another subgraph of this one", async () => {
    expect(
      await opened.askGateway(
        '{ product(id: "apollo-federation") { delivery(zip: "1") { estimatedDelivery } } }',
      ),
    ).toEqual({
      product: { delivery: { estimatedDelivery: "small, 1: tomorrow" } },
    });
  });

  it("@provides: another subgraph's field, without asking that one", async () => {
    const query = '{ product(id: "apollo-federation") { createdBy { email totalProductsCreated } } }';
    const provided = {
      product: { createdBy: { email: "support@apollographql.com", totalProductsCreated: 1337 } },
    };
    expect(await opened.ask(query)).toEqual(provided);
    expect(await opened.askGateway(query)).toEqual(provided);
  });

  it("@shareable: a type that several subgraphs answer", async () => {
    expect(sdl).toMatch(/type ProductDimension[^{]*@shareable/);
    expect(await opened.ask('{ product(id: "apollo-federation") { dimensions { size weight } } }')).toEqual({
      product: { dimensions: { size: "small", weight: 1 } },
    });
  });

  it("@override: a field taken over from another subgraph", async () => {
    expect(sdl).toMatch(/name:String[^:]*@override\(from:"users"\)/);
    expect(await opened.askGateway('{ product(id: "apollo-federation") { createdBy { name } } }')).toEqual({
      product: { createdBy: { name: "Jane Smith" } },
    });
  });

  it("@inaccessible: answered to services, and not there for clients", async () => {
    const query = '{ product(id: "apollo-federation") { dimensions { unit } } }';
    expect(await opened.ask(query)).toEqual({ product: { dimensions: { unit: "kg" } } });
    await expect(opened.askGateway(query)).rejects.toThrow(/Cannot query field "unit"/);
  });

  it("@interfaceObject: a field of every type of an interface it does not know", async () => {
    expect(sdl).toMatch(/type Inventory[^{]*@interfaceObject/);
    const reasons = '{ inventory(id: "apollo-oss") { __typename deprecatedProducts { sku reason } } }';
    expect(await opened.askGateway(reasons)).toEqual({
      inventory: {
        __typename: "Warehouse",
        deprecatedProducts: [{ sku: "apollo-federation-v1", reason: "Migrate to Federation V2" }],
      },
    });
  });
});

describe("federated tracing", () => {
  const query =
    '{ mine: product(id: "apollo-federation") { sku research { study { description } } } nobody: product(id: "x") { sku } }';
  const ask = (headers: Record<string, string>) => opened.subgraph.execute({ query, headers });
  const traceHeader = { "apollo-federation-include-trace": "ftv1" };

  it("tells how long each field took, in Apollo's format, to whoever asks", async () => {
    const { data, extensions } = await ask({ ...opened.headersOf(somebody), ...traceHeader });
    expect(data).toMatchObject({ mine: { sku: "federation" }, nobody: null });
    const trace = Trace.decode(Buffer.from(String(extensions?.["ftv1"]), "base64"));
    const [mine] = trace.root!.child!;
    expect(mine).toMatchObject({
      responseName: "mine",
      originalFieldName: "product",
      type: "Product",
      parentType: "Query",
    });
    const [sku, research] = mine!.child!;
    expect(sku).toMatchObject({ responseName: "sku", type: "String", parentType: "Product" });
    expect(research!.child![0]).toMatchObject({ index: 0, child: [{ responseName: "study" }] });
    for (const { startTime = 0, endTime = 0 } of [mine!, sku!, research!]) {
      expect(endTime).toBeGreaterThanOrEqual(startTime ?? 0);
      expect(trace.durationNs).toBeGreaterThanOrEqual(endTime ?? 0);
    }
    expect(trace.endTime!.seconds).toBeGreaterThanOrEqual(trace.startTime!.seconds!);
  });

  it("tells the same over HTTP", async () => {
    const headers = { ...opened.headersOf(somebody), ...traceHeader, "content-type": "application/json" };
    const request = new Request("http://products/graphql", {
      method: "POST",
      headers,
      body: JSON.stringify({ query }),
    });
    const { extensions } = (await (await opened.subgraph.fetch(request)).json()) as {
      extensions: { ftv1: string };
    };
    expect(Trace.decode(Buffer.from(extensions.ftv1, "base64")).root!.child).toHaveLength(2);
  });

  it.each<[string, Actor, Record<string, string>]>([
    ["nobody asks", somebody, {}],
    ["something else is asked for", somebody, { "apollo-federation-include-trace": "ftv2" }],
    ["nobody is signed in", anonymous, traceHeader],
  ])("tells nothing when %s", async (_when, actor, headers) => {
    const answer = await ask({ ...opened.headersOf(actor), ...headers });
    expect(answer.data).toBeDefined();
    expect(answer.extensions).toBeUndefined();
  });
});
