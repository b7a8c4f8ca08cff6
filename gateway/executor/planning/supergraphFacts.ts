import { Kind, type DocumentNode, type FieldNode, type SelectionSetNode } from "graphql";
import { directiveReader } from "#shared/federation/directiveReader.ts";
import { joinedSubgraphs } from "#shared/federation/joinedSubgraphs.ts";
import { JOIN_SPEC } from "#shared/federation/specifications.ts";
import { parseFieldSet } from "#shared/graphql/fieldSet.ts";

export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** What the engine itself needs to know of a supergraph beyond what the planner does with it. */
export interface SupergraphFacts {
  readonly subgraphs: readonly SubgraphAddress[];
  /** The labels by which fields move from one subgraph to another (`@override(label:)`, federation 2.7), each once and in order. */
  readonly overrideLabels: readonly string[];
  /** What the join directives call a subgraph. */
  graphOf(subgraph: string): string;
  /** The keys by which a subgraph finds an entity of a type. */
  keysOf(subgraph: string, typeName: string): readonly KeyField[][];
}

/** One field of a key; `fields` where the key reaches into an object. */
export interface KeyField {
  readonly name: string;
  readonly fields?: readonly KeyField[];
}

/** Reads subgraph addresses and keys out of the supergraph's join directives. */
export function readSupergraph(document: DocumentNode): SupergraphFacts {
  const directives = directiveReader(document);
  const subgraphs = joinedSubgraphs(document, directives);
  const names = new Map(subgraphs.map(({ id, name }) => [id, name]));
  const keys = new Map<string, KeyField[][]>();
  const labels = new Set<string>();
  for (const node of document.definitions) {
    if (!("name" in node) || !node.name) continue;
    const fields = "fields" in node ? (node.fields ?? []) : [];
    for (const { overrideLabel } of fields.flatMap((field) => directives.read(field, JOIN_SPEC, "field")))
      if (typeof overrideLabel === "string") labels.add(overrideLabel);
    for (const { graph, key } of directives.read(node, JOIN_SPEC, "type")) {
      const subgraph = names.get(String(graph));
      if (subgraph === undefined || typeof key !== "string") continue;
      const place = `${subgraph} ${node.name.value}`;
      keys.set(place, [...(keys.get(place) ?? []), fieldsOf(parseFieldSet(key))]);
    }
  }
  return {
    subgraphs: subgraphs.map(({ name, url }) => ({ name, url })),
    overrideLabels: [...labels].sort(),
    graphOf: (subgraph) => subgraphs.find(({ name }) => name === subgraph)?.id ?? subgraph,
    keysOf: (subgraph, typeName) => keys.get(`${subgraph} ${typeName}`) ?? [],
  };
}

function fieldsOf(set: SelectionSetNode): KeyField[] {
  return set.selections
    .filter((selection): selection is FieldNode => selection.kind === Kind.FIELD)
    .map(({ name, selectionSet }) =>
      selectionSet ? { name: name.value, fields: fieldsOf(selectionSet) } : { name: name.value },
    );
}
