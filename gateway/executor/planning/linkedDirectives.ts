import {
  DirectiveLocation,
  Kind,
  extendSchema,
  visit,
  type DirectiveDefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import { namedTypeOf } from "#shared/graphql/namedType.ts";

/** An API schema with the directives of operations that subgraphs put into the graph with @composeDirective. */
export interface LinkedDirectives {
  readonly apiSchema: GraphQLSchema;
  /**
   * The operation as subgraphs may be asked: without these directives. A supergraph does not say which subgraphs know one, and a
   * subgraph that does not refuses the whole question.
   */
  without(operation: DocumentNode): DocumentNode;
}

/**
 * Lets clients use the directives of operations that a supergraph defines and the stock API schema lacks: it leaves out all that comes
 * with a link, and so refuses whoever uses them.
 */
export function allowLinkedDirectives(apiSchema: GraphQLSchema, supergraph: DocumentNode): LinkedDirectives {
  const definitions = supergraph.definitions.flatMap((node) => {
    if (node.kind !== Kind.DIRECTIVE_DEFINITION || apiSchema.getDirective(node.name.value)) return [];
    const locations = node.locations.filter(({ value }) => ofOperations.has(value));
    return locations.length && canBeGiven(node, apiSchema) ? [{ ...node, locations }] : [];
  });
  if (!definitions.length) return { apiSchema, without: (operation) => operation };
  const names = new Set(definitions.map(({ name }) => name.value));
  return {
    apiSchema: extendSchema(apiSchema, { kind: Kind.DOCUMENT, definitions }),
    without: (operation) =>
      visit(operation, { Directive: ({ name }) => (names.has(name.value) ? null : undefined) }),
  };
}

const ofOperations: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

// What clients do not get to see they cannot give as an argument.
function canBeGiven({ arguments: given = [] }: DirectiveDefinitionNode, schema: GraphQLSchema): boolean {
  return given.every(({ type }) => schema.getType(namedTypeOf(type)) !== undefined);
}
