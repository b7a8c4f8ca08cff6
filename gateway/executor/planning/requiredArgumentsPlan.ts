import type { FetchNode, PlanNode, QueryPlanSelectionNode } from "@apollo/query-planner";
import {
  getOperationAST,
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { RequiredVariants } from "./requiredArguments.ts";

/** A fetch whose representations call some fields otherwise than the data they are read from. */
export interface VariantFetch extends FetchNode {
  readonly representedAs?: ReadonlyMap<string, string>;
}

/** The plan in the subgraphs' own terms again: variants asked for by alias, and no fetch that requires one field in two ways. */
export function withoutVariants(
  node: PlanNode,
  variants: RequiredVariants,
  graphOf: (subgraph: string) => string,
): PlanNode {
  const inner = (child: PlanNode) => withoutVariants(child, variants, graphOf);
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return { ...node, nodes: node.nodes.map(inner) };
    case "Flatten":
      return { ...node, node: inner(node.node) };
    case "Condition":
      return {
        ...node,
        ...(node.ifClause ? { ifClause: inner(node.ifClause) } : {}),
        ...(node.elseClause ? { elseClause: inner(node.elseClause) } : {}),
      };
    case "Fetch": {
      const fetches = split(node, variants, graphOf(node.serviceName));
      const [only] = fetches;
      return only && fetches.length === 1 ? only : { kind: "Parallel", nodes: fetches };
    }
    case "Defer":
      return {
        ...node,
        primary: { ...node.primary, ...(node.primary.node ? { node: inner(node.primary.node) } : {}) },
        deferred: node.deferred.map((part) => ({
          ...part,
          ...(part.node ? { node: inner(part.node) } : {}),
        })),
      };
  }
}

function split(fetch: FetchNode, variants: RequiredVariants, graph: string): VariantFetch[] {
  const document = aliased(parse(fetch.operation, { noLocation: true }), variants);
  const plain = { ...fetch, operation: print(document), representedAs: realNames(variants) };
  if (!fetch.requires || !needsTwoWays(fetch.requires, variants)) return [plain];
  const groups: { needs: Set<string>; fields: Set<FieldNode> }[] = [];
  eachEntityField(document, (field, type) => {
    const needs = variants.neededBy(graph, type, field.name.value);
    const group = groups.find((candidate) => !collide(candidate.needs, needs, variants));
    if (!group) groups.push({ needs: new Set(needs), fields: new Set([field]) });
    else {
      group.fields.add(field);
      for (const name of needs) group.needs.add(name);
    }
  });
  return groups.map(({ needs, fields }) => ({
    ...plain,
    ...onlyFields(document, fields, fetch.variableUsages ?? []),
    requires: onlyNeeded(fetch.requires ?? [], needs, variants),
  }));
}

function realNames(variants: RequiredVariants): Map<string, string> {
  return new Map([...variants.byName].map(([name, { field }]) => [name, field]));
}

function aliased(document: DocumentNode, variants: RequiredVariants): DocumentNode {
  return visit(document, {
    Field(node) {
      const variant = variants.byName.get(node.name.value);
      if (!variant) return undefined;
      const name = { kind: Kind.NAME as const, value: variant.field };
      return { ...node, alias: node.alias ?? node.name, name, arguments: variant.arguments };
    },
  });
}

// What fragments select is selected of the same object as what stands beside them.
function needsTwoWays(
  selections: readonly QueryPlanSelectionNode[],
  variants: RequiredVariants,
  seen = new Set<string>(),
): boolean {
  return selections.some((node) => {
    if (node.kind === "InlineFragment") return needsTwoWays(node.selections, variants, seen);
    if (node.selections && needsTwoWays(node.selections, variants)) return true;
    const field = node.kind === "Field" ? variants.byName.get(node.name)?.field : undefined;
    if (!field) return false;
    if (seen.has(field)) return true;
    seen.add(field);
    return false;
  });
}

function collide(
  some: ReadonlySet<string>,
  others: ReadonlySet<string>,
  variants: RequiredVariants,
): boolean {
  return [...others].some((name) => {
    const field = variants.byName.get(name)?.field;
    return [...some].some((known) => known !== name && variants.byName.get(known)?.field === field);
  });
}

function eachEntityField(document: DocumentNode, visitField: (field: FieldNode, type: string) => void): void {
  const into = (set: SelectionSetNode, type: string): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) visitField(node, type);
      else if (node.kind === Kind.INLINE_FRAGMENT)
        into(node.selectionSet, node.typeCondition?.name.value ?? type);
    }
  };
  for (const root of getOperationAST(document)?.selectionSet.selections ?? []) {
    if (root.kind === Kind.FIELD && root.selectionSet) into(root.selectionSet, "");
  }
}

function onlyFields(
  document: DocumentNode,
  fields: ReadonlySet<FieldNode>,
  usages: readonly string[],
): Pick<FetchNode, "operation" | "variableUsages"> {
  const keep = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.FIELD) return fields.has(node) ? [node] : [];
      if (node.kind === Kind.FRAGMENT_SPREAD) return [node];
      const selectionSet = keep(node.selectionSet);
      return selectionSet.selections.length ? [{ ...node, selectionSet }] : [];
    }),
  });
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const selections = definition.selectionSet.selections.map((root) =>
      root.kind === Kind.FIELD && root.selectionSet
        ? { ...root, selectionSet: keep(root.selectionSet) }
        : root,
    );
    return { ...definition, selectionSet: { ...definition.selectionSet, selections } };
  });
  return withUsedVariables({ ...document, definitions }, usages);
}

function withUsedVariables(
  document: DocumentNode,
  usages: readonly string[],
): Pick<FetchNode, "operation" | "variableUsages"> {
  const used = new Set<string>();
  visit(document, { VariableDefinition: () => false, Variable: (node) => void used.add(node.name.value) });
  const definitions = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? onlyUsed(definition, used) : definition,
  );
  return {
    operation: print({ ...document, definitions }),
    variableUsages: usages.filter((name) => used.has(name)),
  };
}

function onlyUsed(definition: OperationDefinitionNode, used: ReadonlySet<string>): OperationDefinitionNode {
  const variableDefinitions = definition.variableDefinitions?.filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return { ...definition, variableDefinitions: variableDefinitions ?? [] };
}

function onlyNeeded(
  selections: readonly QueryPlanSelectionNode[],
  needs: ReadonlySet<string>,
  variants: RequiredVariants,
): QueryPlanSelectionNode[] {
  return selections.flatMap((node): QueryPlanSelectionNode[] => {
    if (node.kind === "Field" && variants.byName.has(node.name) && !needs.has(node.name)) return [];
    if (!node.selections) return [node];
    const inner = onlyNeeded(node.selections, needs, variants);
    return inner.length ? [{ ...node, selections: inner }] : [];
  });
}
