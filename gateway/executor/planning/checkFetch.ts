import type { FetchNode } from "@apollo/query-planner";
import {
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { fragmentOf, fragmentTable, type FragmentTable } from "#shared/graphql/fragments.ts";
import { selectedBelow, selects, type ExternalFields } from "./externalFields.ts";

/** By what a fetch is checked; the graph is its subgraph's name in the join directives. */
export interface FetchCheck {
  readonly schema: GraphQLSchema;
  readonly external: ExternalFields;
  readonly graph: string;
}

/** Throws when a fetch asks a subgraph for what is @external there and not provided: what it answers is nobody's data. */
export function checkFetch({ operation, operationKind, serviceName }: FetchNode, check: FetchCheck): void {
  const document = parse(operation, { noLocation: true });
  const fragments = fragmentTable(document);
  const root = check.schema.getRootType(operationKind);
  const set = getOperationAST(document)?.selectionSet;
  if (!set) return;
  const wrong = externalIn(set, root, [], { ...check, fragments });
  if (wrong) throw new Error(`The plan asks ${serviceName} for ${wrong}, which is @external there.`);
}

type Checking = FetchCheck & { readonly fragments: FragmentTable };

function externalIn(
  { selections }: SelectionSetNode,
  type: GraphQLNamedType | null | undefined,
  provided: readonly SelectionSetNode[],
  checking: Checking,
): string | null {
  const { schema, external, graph, fragments } = checking;
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) {
      const fragment = fragmentOf(node, fragments);
      const condition = fragment?.typeCondition?.name.value;
      const inner = condition === undefined ? type : schema.getType(condition);
      const found = fragment && externalIn(fragment.selectionSet, inner, provided, checking);
      if (found) return found;
      continue;
    }
    const name = node.name.value;
    const place = type?.name ?? "";
    if (external.isExternal(graph, place, name) && !selects(provided, name)) return `${place}.${name}`;
    if (!node.selectionSet) continue;
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    const own = external.providedBy(graph, place, name);
    const below = [...selectedBelow(provided, name), ...(own ? [own] : [])];
    // Below _entities, of which the supergraph says nothing, fragments say which types these are of.
    const found = externalIn(node.selectionSet, field && getNamedType(field.type), below, checking);
    if (found) return found;
  }
  return null;
}
