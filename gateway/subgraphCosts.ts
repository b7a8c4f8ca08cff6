import {
  extendSchema,
  isObjectType,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import { readCosts, type AssumedSizes, type Costs } from "./costs.ts";
import type { Graph } from "./graph.ts";

/**
 * Tells what an operation on a single subgraph costs, by the rules of the graph: of `_entities`, what is asked of each entity times how many
 * are asked for.
 */
export function openSubgraphCosts(assumed: AssumedSizes): SubgraphCosts {
  const known = new WeakMap<Graph, Costs>();
  return (graph, document, operation, variables) => {
    const costs = known.get(graph) ?? costsOf(graph, assumed);
    known.set(graph, costs);
    return costs.costOf(document, operation)(variables) * entitiesAsked(operation, variables);
  };
}

/** What one operation on a subgraph of this graph costs, for these variables. */
export type SubgraphCosts = (
  graph: Graph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
) => number;

function costsOf({ engine }: Graph, assumed: AssumedSizes): Costs {
  const { apiSchema, supergraphSdl } = engine;
  const roots = [apiSchema.getQueryType(), apiSchema.getMutationType(), apiSchema.getSubscriptionType()];
  const entities = Object.values(apiSchema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith("__") && !roots.includes(type),
  );
  const entryPoint = parse(`
    scalar _Any
    union _Entity = ${entities.map(({ name }) => name).join(" | ")}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! @listSize(assumedSize: 1) }`);
  const supergraph = parse(supergraphSdl);
  const extended = { ...supergraph, definitions: [...supergraph.definitions, ...entryPoint.definitions] };
  return readCosts(extended, extendSchema(apiSchema, entryPoint, { assumeValidSDL: true }), assumed);
}

function entitiesAsked(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  let most = 1;
  visit(operation, {
    Argument({ name, value }) {
      if (name.value !== "representations") return;
      const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
      const count = value.kind === Kind.LIST ? value.values.length : Array.isArray(given) ? given.length : 1;
      most = Math.max(most, count);
    },
  });
  return most;
}
