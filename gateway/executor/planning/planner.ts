import "./telemetryOff.ts";
import { Supergraph, operationFromDocument, type Schema } from "@apollo/federation-internals";
import { QueryPlanner, type PlanNode, type QueryPlan, type SubscriptionNode } from "@apollo/query-planner";
import { buildASTSchema, Kind, parse, type DocumentNode, type GraphQLSchema } from "graphql";
import { allowLinkedDirectives } from "./linkedDirectives.ts";
import { supergraphForPlanner } from "./plannerSupergraph.ts";
import { internalPrefix } from "./internalAliases.ts";
import { separateRequiredArguments } from "./requiredArguments.ts";
import { withoutVariants } from "./requiredArgumentsPlan.ts";
import { readSupergraph, type SupergraphFacts } from "./supergraphFacts.ts";

/** The stock planner over one supergraph. */
export interface Planner {
  readonly apiSchema: GraphQLSchema;
  /** With what clients do not get to see. */
  readonly dataSchema: GraphQLSchema;
  readonly facts: SupergraphFacts;
  /** What no field of this graph begins with. */
  readonly prefix: string;
  /** Plans the only operation of a document that is valid; throws when the planner cannot. Takes tens of milliseconds. */
  plan(document: DocumentNode): QueryPlan;
}

/** Of how many possible plans the best is taken: the planner knows no deadline, so this bounds its time. */
export const EVALUATED_PLANS = 200;

/** Reads the supergraph and makes a planner for it; throws when the supergraph is not valid. */
export function openPlanner(
  supergraph: string | DocumentNode,
  limits: { readonly evaluatedPlans: number },
): Planner {
  const document = typeof supergraph === "string" ? parse(supergraph, { noLocation: true }) : supergraph;
  const prefix = internalPrefix(document);
  const variants = separateRequiredArguments(document, prefix);
  const forPlanner = supergraphForPlanner(variants?.document ?? document);
  const built = Supergraph.build(forPlanner, { validateSupergraph: true });
  const planned: Schema = built.apiSchema();
  const planner = new QueryPlanner(built, {
    reuseQueryFragments: false,
    incrementalDelivery: { enableDefer: true },
    debug: { maxEvaluatedPlans: limits.evaluatedPlans },
  });
  const facts = readSupergraph(document);
  // Clients never get to see the fields that are there for the planner alone.
  const seen = variants ? Supergraph.build(document).apiSchema() : planned;
  const linked = allowLinkedDirectives(executableApiSchema(seen), document);
  return {
    apiSchema: linked.apiSchema,
    dataSchema: buildASTSchema(forPlanner, VALIDATED),
    facts,
    prefix,
    plan(operation) {
      const plan = planner.buildQueryPlan(
        operationFromDocument(planned, linked.without(operation), { validate: false }),
      );
      if (!variants || !plan.node) return plan;
      return {
        ...plan,
        node: inOwnTerms(plan.node, (node) => withoutVariants(node, variants, facts.graphOf)),
      };
    },
  };
}

// By Supergraph.build and apiSchema: to validate it again would be a sixth of the time to open a large graph.
const VALIDATED = { assumeValid: true };

function executableApiSchema(schema: Schema): GraphQLSchema {
  const { definitions } = schema.toAST();
  const withDefer = [...definitions, schema.deferDirective().toAST()];
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: withDefer }, VALIDATED);
}

function inOwnTerms(
  node: PlanNode | SubscriptionNode,
  translate: (node: PlanNode) => PlanNode,
): PlanNode | SubscriptionNode {
  if (node.kind !== "Subscription") return translate(node);
  return { ...node, ...(node.rest ? { rest: translate(node.rest) } : {}) };
}
