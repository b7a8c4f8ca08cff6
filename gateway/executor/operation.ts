import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** One operation of a document with the fragments it may use. */
export interface SelectedOperation {
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Variables that decide a @skip, an @include or a @defer: their values are part of what is compiled. */
  readonly conditionVariables: readonly string[];
}

/** Picks the operation by name as the specification's GetOperation does; null when there is none or the choice is unclear. */
export function selectOperation(
  document: DocumentNode,
  name: string | null | undefined,
): SelectedOperation | null {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const definition = name ? operations.find((node) => node.name?.value === name) : operations[0];
  if (!definition || (!name && operations.length > 1)) return null;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return { definition, fragments, conditionVariables: conditionVariables(document) };
}

function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node: DirectiveNode) {
      if (!isCondition(node) && node.name.value !== "defer") return;
      const condition = node.arguments?.find((argument) => argument.name.value === "if")?.value;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return [...names].sort();
}

function isCondition(directive: DirectiveNode): boolean {
  return directive.name.value === "skip" || directive.name.value === "include";
}

/**
 * The operation with every @skip and @include carried out for these values, so that what remains is asked for without condition.
 * A selection set that loses everything keeps an empty list: it still answers `{}`.
 */
export function settleConditions(
  operation: SelectedOperation,
  variables: Readonly<Record<string, unknown>>,
): SelectedOperation {
  const settle = (set: SelectionSetNode) => settledSelections(set, variables);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const [name, fragment] of operation.fragments) {
    fragments.set(name, { ...fragment, selectionSet: settle(fragment.selectionSet) });
  }
  const definition = { ...operation.definition, selectionSet: settle(operation.definition.selectionSet) };
  return { definition, fragments, conditionVariables: operation.conditionVariables };
}

function settledSelections(
  set: SelectionSetNode,
  variables: Readonly<Record<string, unknown>>,
): SelectionSetNode {
  const selections: SelectionNode[] = [];
  for (const selection of set.selections) {
    const conditions = (selection.directives ?? []).filter(isCondition);
    if (!conditions.every((directive) => holds(directive, variables))) continue;
    const directives = (selection.directives ?? []).filter(
      (directive) => !isCondition(directive) && directive.name.value !== "defer",
    );
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) {
      selections.push({ ...selection, directives });
    } else {
      selections.push({
        ...selection,
        directives,
        selectionSet: settledSelections(selection.selectionSet, variables),
      });
    }
  }
  return { ...set, selections };
}

function holds(directive: DirectiveNode, variables: Readonly<Record<string, unknown>>): boolean {
  const condition = directive.arguments?.find((argument) => argument.name.value === "if")?.value;
  const value =
    condition?.kind === Kind.VARIABLE
      ? variables[condition.name.value] === true
      : condition?.kind === Kind.BOOLEAN && condition.value;
  return directive.name.value === "skip" ? !value : value;
}

/** The fragments that can be reached from these selections, in no order that matters. */
export function reachableFragments(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>();
  const pending: SelectionSetNode[] = [set];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const selection of next.selections) {
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) pending.push(selection.selectionSet);
        continue;
      }
      const fragment = fragments.get(selection.name.value);
      if (!fragment || found.has(fragment.name.value)) continue;
      found.set(fragment.name.value, fragment);
      pending.push(fragment.selectionSet);
    }
  }
  return [...found.values()];
}
