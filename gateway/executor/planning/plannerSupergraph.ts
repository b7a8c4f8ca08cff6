import { Kind, valueFromASTUntyped, visit, type ConstDirectiveNode, type DocumentNode } from "graphql";

/**
 * The supergraph as the planner gets to see it. The planner takes the first key that fits and does not mind one its subgraph
 * cannot resolve, so resolvable keys are put first.
 */
export function supergraphForPlanner(document: DocumentNode): DocumentNode {
  const resolvableFirst = <Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(
    node: Node,
  ): Node => {
    if (!node.directives?.some(isUnresolvableKey)) return node;
    const later = node.directives.filter(isUnresolvableKey);
    return {
      ...node,
      directives: [...node.directives.filter((directive) => !isUnresolvableKey(directive)), ...later],
    };
  };
  return visit(document, { ObjectTypeDefinition: resolvableFirst, InterfaceTypeDefinition: resolvableFirst });
}

function isUnresolvableKey(directive: ConstDirectiveNode): boolean {
  if (directive.name.value !== "join__type") return false;
  const resolvable = directive.arguments?.find((argument) => argument.name.value === "resolvable")?.value;
  return resolvable?.kind === Kind.BOOLEAN && valueFromASTUntyped(resolvable) === false;
}
