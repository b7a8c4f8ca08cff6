import type { DirectiveNode } from "graphql";

/** Whether this is @skip or @include. */
export function isCondition(directive: DirectiveNode): boolean {
  return directive.name.value === "skip" || directive.name.value === "include";
}
