import {
  Kind,
  visit,
  type ConstArgumentNode,
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
  /** Whether it may be answered in parts: a query with a @defer, and without introspection, which has no parts. */
  readonly hasDefer: boolean;
  /** Once conditions are settled: what is deferred, by the label that the plan knows it by, with the label the client gave it. */
  readonly deferLabels: ReadonlyMap<string, string | null>;
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
  return { definition, fragments, ...conditionsOf(document, definition), deferLabels: new Map() };
}

function conditionsOf(
  document: DocumentNode,
  { operation }: OperationDefinitionNode,
): Pick<SelectedOperation, "conditionVariables" | "hasDefer"> {
  const names = new Set<string>();
  let [hasDefer, introspects] = [false, false];
  visit(document, {
    Field({ name }) {
      if (name.value === "__schema" || name.value === "__type") introspects = true;
    },
    Directive(node: DirectiveNode) {
      if (isDefer(node)) hasDefer = true;
      else if (!isCondition(node)) return;
      const condition = node.arguments?.find((argument) => argument.name.value === "if")?.value;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return {
    conditionVariables: [...names].sort(),
    hasDefer: hasDefer && !introspects && operation === "query",
  };
}

function isDefer(directive: DirectiveNode): boolean {
  return directive.name.value === "defer";
}

function isCondition(directive: DirectiveNode): boolean {
  return directive.name.value === "skip" || directive.name.value === "include";
}

/**
 * The operation with every @skip and @include carried out for these values, so that what remains is asked for without condition.
 * A selection set that loses everything keeps an empty list: it still answers `{}`. What is to be deferred keeps a @defer with a
 * label of its own; with `defers` left out, nothing is.
 */
export function settleConditions(
  operation: SelectedOperation,
  variables: Readonly<Record<string, unknown>>,
  defers = false,
): SelectedOperation {
  const deferLabels = new Map<string, string | null>();
  const label = (directive: DirectiveNode): DirectiveNode[] => {
    if (!defers || !holds(directive, variables)) return [];
    const name = `deferred${deferLabels.size}`;
    deferLabels.set(name, labelOf(directive));
    return [{ ...directive, arguments: [labelArgument(name)] }];
  };
  const settle = (set: SelectionSetNode) => settledSelections(set, variables, label);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const [name, fragment] of operation.fragments) {
    fragments.set(name, { ...fragment, selectionSet: settle(fragment.selectionSet) });
  }
  const definition = { ...operation.definition, selectionSet: settle(operation.definition.selectionSet) };
  return { ...operation, definition, fragments, deferLabels };
}

function settledSelections(
  set: SelectionSetNode,
  variables: Readonly<Record<string, unknown>>,
  defer: (directive: DirectiveNode) => DirectiveNode[],
): SelectionSetNode {
  const selections: SelectionNode[] = [];
  for (const selection of set.selections) {
    const conditions = (selection.directives ?? []).filter(isCondition);
    if (!conditions.every((directive) => holds(directive, variables))) continue;
    const directives = (selection.directives ?? []).flatMap((directive) => {
      if (isDefer(directive)) return defer(directive);
      return isCondition(directive) ? [] : [directive];
    });
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) {
      selections.push({ ...selection, directives });
    } else {
      selections.push({
        ...selection,
        directives,
        selectionSet: settledSelections(selection.selectionSet, variables, defer),
      });
    }
  }
  return { ...set, selections };
}

function holds(directive: DirectiveNode, variables: Readonly<Record<string, unknown>>): boolean {
  const condition = directive.arguments?.find((argument) => argument.name.value === "if")?.value;
  if (!condition) return true;
  const value =
    condition?.kind === Kind.VARIABLE
      ? variables[condition.name.value] === true
      : condition?.kind === Kind.BOOLEAN && condition.value;
  return directive.name.value === "skip" ? !value : value;
}

function labelOf(directive: DirectiveNode): string | null {
  const label = directive.arguments?.find((argument) => argument.name.value === "label")?.value;
  return label?.kind === Kind.STRING ? label.value : null;
}

function labelArgument(label: string): ConstArgumentNode {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: "label" },
    value: { kind: Kind.STRING, value: label },
  };
}

/** Under which label a selection is deferred; null for one that is not. */
export function deferLabelOf(selection: SelectionNode): string | null {
  const directive = selection.directives?.find(isDefer);
  return directive ? labelOf(directive) : null;
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
