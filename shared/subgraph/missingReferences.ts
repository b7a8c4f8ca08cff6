import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { exposed } from "#shared/errors/exposed.ts";

/**
 * Has a reference that leads to nothing answered with null and NOT_FOUND at its place, so that whoever reads it sees that
 * something is missing while everything else in the answer stays. Done once, when the schema is built.
 */
export function tellMissingReferences(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const extensions = type.extensions as SubgraphExtensions;
    const resolve = extensions.apollo?.subgraph?.resolveReference;
    if (!resolve) continue;
    const resolveReference: ReferenceResolver = async (reference, context, info) => {
      return (await resolve(reference, context, info)) ?? missing(type, reference);
    };
    const subgraph = { ...extensions.apollo?.subgraph, resolveReference };
    type.extensions = { ...type.extensions, apollo: { ...extensions.apollo, subgraph } };
  }
}

type ReferenceResolver = (reference: object, context: unknown, info: unknown) => unknown;
type SubgraphExtensions = { apollo?: { subgraph?: { resolveReference?: ReferenceResolver } } };

// An error in a list is that item's, and costs the others nothing.
function missing({ name }: GraphQLObjectType, reference: object): Error {
  const { __typename: _typename, ...keys } = reference as Record<string, unknown>;
  const id = Object.values(keys)
    .filter((key) => typeof key === "string")
    .join(" ");
  const thing = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  return exposed("NOT_FOUND", `${thing} ${id}`, { thing, id });
}
