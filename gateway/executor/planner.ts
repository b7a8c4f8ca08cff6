import "./telemetryOff.ts";
import { Supergraph, operationFromDocument, type Schema } from "@apollo/federation-internals";
import { QueryPlanner, type QueryPlan } from "@apollo/query-planner";
import { parse, type DocumentNode, type GraphQLSchema } from "graphql";
import { supergraphForPlanner } from "./plannerSupergraph.ts";
import { readSupergraph, type SupergraphFacts } from "./supergraphFacts.ts";

/** The stock planner over one supergraph. */
export interface Planner {
  readonly apiSchema: GraphQLSchema;
  readonly facts: SupergraphFacts;
  /** Plans the only operation of a document that is valid; throws when the planner cannot. Takes tens of milliseconds. */
  plan(document: DocumentNode): QueryPlan;
}

/** Reads the supergraph and makes a planner for it; throws when the supergraph is not valid. */
export function openPlanner(supergraphSdl: string, limits: { readonly evaluatedPlans: number }): Planner {
  const document = parse(supergraphSdl, { noLocation: true });
  const supergraph = Supergraph.build(supergraphForPlanner(document), { validateSupergraph: true });
  const planned: Schema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    reuseQueryFragments: false,
    incrementalDelivery: { enableDefer: false },
    debug: { maxEvaluatedPlans: limits.evaluatedPlans },
  });
  return {
    apiSchema: planned.toGraphQLJSSchema(),
    facts: readSupergraph(document),
    plan: (operation) =>
      planner.buildQueryPlan(operationFromDocument(planned, operation, { validate: false })),
  };
}
