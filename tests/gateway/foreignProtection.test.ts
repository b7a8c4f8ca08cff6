import { describe, expect, it } from "vitest";
import { openEngine } from "../../gateway/executor/engine.ts";
import { composed, localSource } from "./support/testGraph.ts";

// Whoever wrote these fields' directives relies on a gateway to enforce them (the link specification, "for: SECURITY").
describe("a supergraph that asks for protection which this gateway does not give", () => {
  it.each([
    ["@authenticated", "@authenticated"],
    ["@requiresScopes", '@requiresScopes(scopes: [["salary"]])'],
    ["@policy", '@policy(policies: [["paid"]])'],
  ])("by %s is refused, not served without it", (name, directive) => {
    const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["${name}"])`;
    const typeDefs = `${link} type Query { name: String salary: Int ${directive} }`;
    const supergraphSdl = composed([{ name: "people", typeDefs }]);
    const log = { warn: () => undefined, error: () => undefined };
    expect(() =>
      openEngine({ supergraphSdl, dataSource: () => localSource(undefined as never), log }),
    ).toThrow(/for: SECURITY but is unsupported/);
  });
});
