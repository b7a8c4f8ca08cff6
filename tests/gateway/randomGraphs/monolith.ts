import {
  buildSchema,
  execute,
  printSchema,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from "graphql";
import { exactIntrospection } from "#shared/graphql/exactDefaults.ts";
import { withExactScalars } from "./exactScalars.ts";
import { fieldOf } from "./model.ts";
import type { World, WorldObject } from "./world.ts";

/** Executes operations over the world as if it were one graph: what every gateway has to answer. */
export function monolith(
  apiSchema: GraphQLSchema,
): (document: DocumentNode, variables: Record<string, unknown>, world: World) => Promise<ExecutionResult> {
  const schema = withExactScalars(
    buildSchema(exactIntrospection(apiSchema, printSchema(apiSchema)), { assumeValid: true }),
  );
  return async (document, variableValues, world) => {
    const isMutation = document.definitions.some((one) => "operation" in one && one.operation === "mutation");
    const root = isMutation ? "Mutation" : "Query";
    const fieldResolver: GraphQLFieldResolver<unknown, unknown, Record<string, unknown>> = (
      source,
      given,
      _context,
      { fieldName },
    ) => {
      const object = source as WorldObject;
      const key = world.keyOf(object, fieldName);
      if (key !== undefined) return key;
      const field = fieldOf(world.model, object.__typename, fieldName);
      if (!field) throw new Error(`${object.__typename} has no ${fieldName}.`);
      return world.fieldValue(object, field, given);
    };
    return execute({
      schema,
      document,
      variableValues,
      rootValue: { __typename: root, key: root } satisfies WorldObject,
      fieldResolver,
      typeResolver: (value) => (value as WorldObject).__typename,
    });
  };
}
