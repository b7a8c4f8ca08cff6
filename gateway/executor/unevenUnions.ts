import {
  Kind,
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
} from "graphql";
import { argumentsOf } from "./supergraphFacts.ts";

/** The unions of which subgraphs know different members: the members by union and by what the join directives call a subgraph. */
export type UnevenUnions = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** Finds the unions of which subgraphs know different members. */
export function unevenUnions(supergraph: DocumentNode): UnevenUnions {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const node of supergraph.definitions) {
    if (node.kind !== Kind.UNION_TYPE_DEFINITION) continue;
    const byGraph = new Map<string, Set<string>>();
    for (const { graph } of argumentsOf(node.directives, "join__type")) byGraph.set(String(graph), new Set());
    for (const { graph, member } of argumentsOf(node.directives, "join__unionMember"))
      byGraph.get(String(graph))?.add(String(member));
    const all = node.types?.length ?? 0;
    if ([...byGraph.values()].some((members) => members.size < all)) found.set(node.name.value, byGraph);
  }
  return found;
}

/**
 * The supergraph with every union whole in every subgraph that knows it. A member a subgraph did not have has no field there but
 * one nobody asks for (`placeholder`), so that the planner can ask for nothing of it.
 */
export function withWholeUnions(
  supergraph: DocumentNode,
  uneven: UnevenUnions,
  placeholder: string,
): DocumentNode {
  const missing = new Map<string, Set<string>>();
  const graphsOf = (node: DefinitionNode) =>
    "directives" in node ? argumentsOf(node.directives as ConstDirectiveNode[], "join__type") : [];
  const unions = supergraph.definitions.map((node) => {
    const byGraph = node.kind === Kind.UNION_TYPE_DEFINITION ? uneven.get(node.name.value) : undefined;
    if (node.kind !== Kind.UNION_TYPE_DEFINITION || !byGraph) return node;
    const added: ConstDirectiveNode[] = [];
    for (const [graph, members] of byGraph) {
      for (const { name } of node.types ?? []) {
        if (members.has(name.value)) continue;
        missing.set(name.value, (missing.get(name.value) ?? new Set()).add(graph));
        added.push(applied("join__unionMember", graph, name.value));
      }
    }
    return { ...node, directives: [...(node.directives ?? []), ...added] };
  });
  const definitions = unions.map((node) => {
    const graphs = node.kind === Kind.OBJECT_TYPE_DEFINITION ? missing.get(node.name.value) : undefined;
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || !graphs) return node;
    const known = [...new Set(graphsOf(node).map(({ graph }) => String(graph)))];
    return withPlaceholders(
      node,
      known,
      [...graphs].filter((graph) => !known.includes(graph)),
      placeholder,
    );
  });
  return { ...supergraph, definitions };
}

function withPlaceholders(
  node: ObjectTypeDefinitionNode,
  known: readonly string[],
  added: readonly string[],
  placeholder: string,
): ObjectTypeDefinitionNode {
  if (!added.length) return node;
  // A field without a join directive is in every subgraph that knows the type; now it is to stay where it was.
  const fields = (node.fields ?? []).map((field): FieldDefinitionNode => {
    if (argumentsOf(field.directives, "join__field").length) return field;
    const joined = known.map((graph) => applied("join__field", graph));
    return { ...field, directives: [...(field.directives ?? []), ...joined] };
  });
  const nobodyAsks: FieldDefinitionNode = {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: placeholder },
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: "Boolean" } },
    directives: added.map((graph) => applied("join__field", graph)),
  };
  const directives = [...(node.directives ?? []), ...added.map((graph) => applied("join__type", graph))];
  return { ...node, directives, fields: [...fields, nobodyAsks] };
}

function applied(directive: string, graph: string, member?: string): ConstDirectiveNode {
  const given: ConstArgumentNode[] = [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: "graph" },
      value: { kind: Kind.ENUM, value: graph },
    },
  ];
  if (member !== undefined)
    given.push({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: "member" },
      value: { kind: Kind.STRING, value: member },
    });
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: directive }, arguments: given };
}
