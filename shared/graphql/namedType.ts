import { Kind, type TypeNode } from "graphql";

/** The name in a type as a document writes it: `Book` of `[Book!]!`. What graphql's getNamedType is to types, this is to nodes. */
export function namedTypeOf(node: TypeNode): string {
  return node.kind === Kind.NAMED_TYPE ? node.name.value : namedTypeOf(node.type);
}
