import type { FetchNode } from "@apollo/query-planner";
import {
  Kind,
  TypeInfo,
  parse,
  print,
  visit,
  visitWithTypeInfo,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { rootTypeNames } from "#shared/graphql/rootTypes.ts";

/**
 * A fetch without type conditions that name a root type of the supergraph: a subgraph may call its root types otherwise
 * (`schema { query: MyQuery }`), and composition does not keep these names. On a root type such a condition always holds. Within an
 * interface or a union it stays, unless it is there for `__typename` alone.
 */
export function withoutRootConditions(fetch: FetchNode, schema: GraphQLSchema): FetchNode {
  const roots = rootTypeNames(schema);
  // Most fetches have none, and are not parsed for it.
  if (!roots.some((root) => fetch.operation.includes(`on ${root}`))) return fetch;
  const typeInfo = new TypeInfo(schema);
  const leave = (set: SelectionSetNode): SelectionSetNode => {
    const parent = typeInfo.getParentType()?.name ?? "";
    if (roots.includes(parent))
      return { ...set, selections: set.selections.flatMap((node) => unconditional(node, parent)) };
    if (!set.selections.some(isTypename)) return set;
    return { ...set, selections: set.selections.filter((node) => !isTypenameOf(node, roots)) };
  };
  const document = parse(fetch.operation, { noLocation: true });
  return {
    ...fetch,
    operation: print(visit(document, visitWithTypeInfo(typeInfo, { SelectionSet: { leave } }))),
  };
}

function unconditional(node: SelectionNode, root: string): readonly SelectionNode[] {
  if (node.kind !== Kind.INLINE_FRAGMENT || node.typeCondition?.name.value !== root) return [node];
  if (!node.directives?.length) return node.selectionSet.selections;
  const { typeCondition: _, ...rest } = node;
  return [rest];
}

function isTypenameOf(node: SelectionNode, types: readonly string[]): boolean {
  if (node.kind !== Kind.INLINE_FRAGMENT) return false;
  return (
    types.includes(node.typeCondition?.name.value ?? "") && node.selectionSet.selections.every(isTypename)
  );
}

function isTypename(node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && node.name.value === "__typename" && !node.alias;
}
