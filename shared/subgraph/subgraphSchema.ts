import { buildSubgraphSchema } from "@apollo/subgraph";
import { isEnumType, isObjectType, isScalarType, type DocumentNode, type GraphQLSchema } from "graphql";
import { checkArguments } from "./checkArguments.ts";
import { budgetSchema } from "./answerBudget.ts";
import type { SubgraphResolvers } from "./defineSubgraph.ts";
import { guardSchema } from "./guard.ts";
import { tellMissingReferences } from "./missingReferences.ts";
import { scalarResolvers } from "./scalars.ts";

/** The executable schema of a subgraph. Throws when a resolver has no place in the SDL, or a root field has no resolver. */
export function subgraphSchema(
  name: string,
  typeDefs: DocumentNode,
  resolvers: SubgraphResolvers,
): GraphQLSchema {
  const all = { ...scalarResolvers, ...resolvers };
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: all as never }]);
  const faults = [...misplaced(schema, resolvers), ...unanswered(schema)];
  if (faults.length > 0) throw new Error(`The resolvers of ${name} do not fit its SDL: ${faults.join(", ")}`);
  forgetBeforeMutations(schema);
  tellMissingReferences(schema);
  budgetSchema(schema);
  checkArguments(schema);
  // Last, so that nobody learns anything before it is known that they may.
  guardSchema(schema, typeDefs);
  return schema;
}

// Root fields of a mutation run one after another, and each must read what the one before it wrote.
function forgetBeforeMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = (source, args, context: { forget(): void }, info) => {
      context.forget();
      return resolve(source, args, context, info);
    };
  }
}

function misplaced(schema: GraphQLSchema, resolvers: SubgraphResolvers): string[] {
  return Object.entries(resolvers).flatMap(([typeName, members]) => {
    const type = schema.getType(typeName);
    if (!type) return [`there is no type ${typeName}`];
    if (isScalarType(type) || isEnumType(type)) return [];
    const known: ReadonlySet<string> = new Set([
      "__resolveReference",
      "__resolveType",
      "__isTypeOf",
      ...(isObjectType(type) ? Object.keys(type.getFields()) : []),
    ]);
    const unknown = Object.keys(members).filter((name) => !known.has(name));
    return unknown.map((name) => `there is no field ${typeName}.${name}`);
  });
}

function unanswered(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((type) => {
    return Object.values(type?.getFields() ?? {}).map((field) => ({ type, field }));
  });
  const missing = fields.filter(({ field }) => !field.resolve && !field.subscribe);
  return missing.map(({ type, field }) => `${type?.name}.${field.name} has no resolver`);
}
