import { Kind, type DocumentNode } from "graphql";
import type { DirectiveReader } from "./directiveReader.ts";
import { JOIN_SPEC } from "./specifications.ts";

/** A subgraph of a supergraph. */
export interface JoinedSubgraph {
  /** What the join directives call it: a value of join__Graph. */
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** The subgraphs that a supergraph is made of. */
export function joinedSubgraphs(supergraph: DocumentNode, directives: DirectiveReader): JoinedSubgraph[] {
  return supergraph.definitions.flatMap((node) => {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
    return (node.values ?? []).flatMap((value) =>
      directives.read(value, JOIN_SPEC, "graph").map(({ name = value.name.value, url = "" }) => {
        return { id: value.name.value, name: String(name), url: String(url) };
      }),
    );
  });
}
