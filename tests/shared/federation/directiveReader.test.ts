import { Kind, parse, type ObjectTypeDefinitionNode } from "graphql";
import { describe, expect, it } from "vitest";
import { directiveReader } from "#shared/federation/directiveReader.ts";
import { joinedSubgraphs } from "#shared/federation/joinedSubgraphs.ts";
import { JOIN_SPEC } from "#shared/federation/specifications.ts";

/** A supergraph that calls the join specification's directives by this name. */
function supergraph(link: string, join: string) {
  return parse(`
    schema ${link} { query: Query }
    enum ${join}__Graph { ONE @${join}__graph(name: "one", url: "http://one") TWO @${join}__graph(name: "two", url: "") }
    enum Colour { RED }
    type Query @${join}__type(graph: ONE) @${join}__type(graph: TWO, key: "id", resolvable: false) @other(graph: ONE) { id: ID }`);
}

describe.each([
  [
    "under its own name",
    '@link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5")',
    "join",
  ],
  [
    "under another name",
    '@link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", as: "j")',
    "j",
  ],
  [
    "by a @link of another name",
    '@l(url: "https://specs.apollo.dev/link/v1.0", as: "l") @l(url: "https://specs.apollo.dev/join/v0.5")',
    "join",
  ],
  [
    "by @core, as it was before",
    '@core(feature: "https://specs.apollo.dev/core/v0.2") @core(feature: "https://specs.apollo.dev/join/v0.1", as: "j")',
    "j",
  ],
])("A supergraph that links the join specification %s", (_how, link, join) => {
  const document = supergraph(link, join);
  const directives = directiveReader(document);

  it("tells its subgraphs", () => {
    expect(joinedSubgraphs(document, directives)).toEqual([
      { id: "ONE", name: "one", url: "http://one" },
      { id: "TWO", name: "two", url: "" },
    ]);
  });

  it("has its directives read as plain values, and nobody else's among them", () => {
    const query = document.definitions.find(
      (node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION,
    )!;
    expect(directives.read(query, JOIN_SPEC, "type")).toEqual([
      { graph: "ONE" },
      { graph: "TWO", key: "id", resolvable: false },
    ]);
    expect(query.directives?.map((directive) => directives.is(directive, JOIN_SPEC, "type"))).toEqual([
      true,
      true,
      false,
    ]);
    expect(directives.read({}, JOIN_SPEC, "type")).toEqual([]);
  });
});
