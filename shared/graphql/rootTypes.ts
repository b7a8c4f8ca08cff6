import type { GraphQLObjectType, GraphQLSchema } from "graphql";

/** The names of the types of queries, mutations and subscriptions that a schema has. */
export function rootTypeNames(schema: GraphQLSchema): readonly string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) => root?.name ?? []);
}

/**
 * The root type of an object that is of one of these types and calls its own by a name that the graph does not know: composition renames
 * root types (`schema { query: MyQuery }`), and no others. Undefined where the graph knows the name, or it may be that of several.
 */
export function renamedRootType(
  schema: GraphQLSchema,
  possible: readonly GraphQLObjectType[],
  name: string,
): GraphQLObjectType | undefined {
  if (schema.getType(name)) return undefined;
  const names = rootTypeNames(schema);
  const [root, ...others] = possible.filter((type) => names.includes(type.name));
  return others.length ? undefined : root;
}
