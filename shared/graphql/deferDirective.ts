import { Kind, type DirectiveNode, type SelectionNode } from "graphql";
import { argumentValue } from "./argumentValue.ts";

/** Whether this is @defer. */
export function isDefer(directive: DirectiveNode): boolean {
  return directive.name.value === "defer";
}

/** The label that a @defer gives; null where it gives none. */
export function labelOf(directive: DirectiveNode): string | null {
  const label = argumentValue(directive, "label");
  return label?.kind === Kind.STRING ? label.value : null;
}

/** Under which label a selection is deferred; null for one that is not. */
export function deferLabelOf(selection: SelectionNode): string | null {
  const directive = selection.directives?.find(isDefer);
  return directive ? labelOf(directive) : null;
}
