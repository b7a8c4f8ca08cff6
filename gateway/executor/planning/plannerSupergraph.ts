import { visit, type ConstDirectiveNode, type DirectiveNode, type DocumentNode } from "graphql";
import { argumentsOf, directiveReader } from "#shared/federation/directiveReader.ts";
import { JOIN_SPEC } from "#shared/federation/specifications.ts";

/**
 * The supergraph as the planner gets to see it. The planner takes the first key that fits and does not mind one its subgraph
 * cannot resolve, so resolvable keys are put first.
 */
export function supergraphForPlanner(document: DocumentNode): DocumentNode {
  const { is } = directiveReader(document);
  const isUnresolvableKey = (directive: DirectiveNode) =>
    is(directive, JOIN_SPEC, "type") && argumentsOf(directive)["resolvable"] === false;
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
