import {
  Kind,
  type ConstArgumentNode,
  type DirectiveNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { argumentValue } from "#shared/graphql/argumentValue.ts";
import { isDefer, labelOf } from "#shared/graphql/deferDirective.ts";
import { isCondition } from "./conditions.ts";
import type { SelectedOperation } from "./selectOperation.ts";

/**
 * The operation with every @skip and @include carried out for these values, so that what remains is asked for without condition.
 * A selection set that loses everything keeps an empty list: it still answers `{}`. What is to be deferred keeps a @defer with a
 * label of its own; with `defers` left out, nothing is.
 */
export function applySkipAndInclude(
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
  const condition = argumentValue(directive, "if");
  if (!condition) return true;
  const value =
    condition?.kind === Kind.VARIABLE
      ? variables[condition.name.value] === true
      : condition?.kind === Kind.BOOLEAN && condition.value;
  return directive.name.value === "skip" ? !value : value;
}

function labelArgument(label: string): ConstArgumentNode {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: "label" },
    value: { kind: Kind.STRING, value: label },
  };
}
