import { describe, expect, it } from "vitest";
import { parse, print, printSchema, visit, type DirectiveNode } from "graphql";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import { apiSchemaOf } from "../../scripts/schema/apiSchema.ts";
import { composeContract } from "../../scripts/schema/contract.ts";
import { checkComposition } from "../../scripts/schema/sections/composition.ts";

const CONTRACT = { variant: "public", include: [], exclude: ["internal"] };

/** Two subgraphs of one version of federation, with whatever the first one says besides. */
function shop(version: string, { imports = "", links = "", on = "" } = {}) {
  const link = `@link(url: "https://specs.apollo.dev/federation/${version}", import: ["@key", "@tag"${imports}])`;
  const products = `extend schema ${link} ${links}
    type Query { products: [Product!] ${on} }
    type Product @key(fields: "id") { id: ID! name: String cost(in: Currency): Int @tag(name: "internal") supplier: Supplier @tag(name: "internal") }
    enum Currency { EUR }
    type Supplier { name: String }`;
  const reviews = `extend schema ${link}
    type Product @key(fields: "id") { id: ID! stars(of: Int, by: ID @tag(name: "internal")): Int }`;
  return Object.entries({ products, reviews }).map(([name, sdl]) => {
    return { name, document: parseSdl(sdl, `${name}.graphql`), url: `http://${name}.test/graphql` };
  });
}

const CONNECT = {
  links: `@link(url: "https://specs.apollo.dev/connect/v0.1", import: ["@connect", "@source"]) @source(name: "rest", http: { baseURL: "http://rest.test" })`,
  on: `@connect(source: "rest", http: { GET: "/products" }, selection: "id name")`,
};

describe("a graph of any version of federation", () => {
  it.each([
    ["v2.3", {}],
    ["v2.9", {}],
    ["v2.10", {}],
    ["v2.10", CONNECT],
    ["v2.11", {}],
    ["v2.12", {}],
    ["v2.12", { imports: ', "@cacheTag"', on: '@cacheTag(format: "products")' }],
    ["v2.12", { imports: ', { name: "@cacheTag", as: "@tagged" }', on: '@tagged(format: "products")' }],
    ["v2.12", { on: '@federation__cacheTag(format: "products")' }],
  ])(
    "composes, by both composers as far as they know it, and so do its contracts: %s %j",
    (version, more) => {
      const subgraphs = shop(version, more);
      const { supergraphSdl, findings } = checkComposition(subgraphs, { isOwn: true });
      expect(findings).toEqual([]);
      expect(supergraphSdl).toMatch("on" in more ? /@join__directive\(/ : /@join__graph\(/);

      const contract = composeContract(subgraphs, CONTRACT, supergraphSdl!);
      expect(contract.errors).toBeUndefined();
      const api = printSchema(apiSchemaOf(contract.supergraphSdl!));
      expect(api).toContain("name: String");
      expect(api).toContain("stars(of: Int): Int");
      expect(api).not.toMatch(/cost|Currency|supplier|Supplier|by: ID/);
      // What gateways have to know of the whole they have to know of the contract.
      const applied = (sdl: string) => {
        const found: string[] = [];
        const Directive = (node: DirectiveNode) => void found.push(print(node));
        visit(parse(sdl), { Directive });
        return found.filter((each) => each.startsWith("@join__directive")).sort();
      };
      expect(applied(contract.supergraphSdl!)).toEqual(applied(supergraphSdl!));
    },
  );

  it.each([
    ["v2.9", "@requiresScopes", '@requiresScopes(scopes: [["read"]])'],
    ["v2.9", "@policy", '@policy(policies: [["read"]])'],
    ["v2.12", "@requiresScopes", '@requiresScopes(scopes: [["read"]])'],
    ["v2.12", "@policy", '@policy(policies: [["read"]])'],
  ])(
    "has contracts that keep what guards it, whose own types no client reaches: %s %s",
    (version, name, on) => {
      const subgraphs = shop(version, { imports: `, "${name}"`, on });
      const { supergraphSdl } = checkComposition(subgraphs, { isOwn: true });
      const contract = composeContract(subgraphs, CONTRACT, supergraphSdl!);
      expect(contract.errors).toBeUndefined();
      expect(contract.supergraphSdl).toContain(on);
      const api = printSchema(apiSchemaOf(contract.supergraphSdl!));
      expect(api).toContain("products: [Product!]");
      expect(api).not.toMatch(/cost|Supplier|__/);
    },
  );

  it("is refused by the first composer where it is newer than that knows", () => {
    const { findings } = checkComposition(shop("v2.99"), { isOwn: true });
    expect(findings).toContainEqual(expect.objectContaining({ severity: "error" }));
    expect(findings.map(({ message }) => message).join()).toContain("v2.99");
  });
});
