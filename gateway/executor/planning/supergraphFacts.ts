import {
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type SelectionSetNode,
} from "graphql";

export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** What the engine itself needs to know of a supergraph beyond what the planner does with it. */
export interface SupergraphFacts {
  readonly subgraphs: readonly SubgraphAddress[];
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
  const subgraphs = new Map<string, SubgraphAddress>();
  const keys = new Map<string, KeyField[][]>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== "join__Graph") continue;
    for (const value of node.values ?? []) {
      const { name = value.name.value, url = "" } = argumentsOf(value.directives, "join__graph")[0] ?? {};
      subgraphs.set(value.name.value, { name: String(name), url: String(url) });
    }
  }
  for (const node of document.definitions) {
    if (!("directives" in node) || !("name" in node) || !node.name) continue;
    for (const { graph, key } of argumentsOf(
      node.directives as ConstDirectiveNode[] | undefined,
      "join__type",
    )) {
      const subgraph = subgraphs.get(String(graph));
      if (!subgraph || typeof key !== "string") continue;
      const place = `${subgraph.name} ${node.name.value}`;
      keys.set(place, [...(keys.get(place) ?? []), keyFields(key)]);
    }
  }
  return {
    subgraphs: [...subgraphs.values()],
    graphOf: (subgraph) => [...subgraphs].find(([, { name }]) => name === subgraph)?.[0] ?? subgraph,
    keysOf: (subgraph, typeName) => keys.get(`${subgraph} ${typeName}`) ?? [],
  };
}

/** The arguments of each application of a directive. */
export function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown>[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map((arg) => [arg.name.value, valueFromASTUntyped(arg.value)]),
      ),
    );
}

function keyFields(key: string): KeyField[] {
  const [definition] = parse(`{ ${key} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? fieldsOf(definition.selectionSet) : [];
}

function fieldsOf(set: SelectionSetNode): KeyField[] {
  return set.selections
    .filter((selection): selection is FieldNode => selection.kind === Kind.FIELD)
    .map(({ name, selectionSet }) =>
      selectionSet ? { name: name.value, fields: fieldsOf(selectionSet) } : { name: name.value },
    );
}
