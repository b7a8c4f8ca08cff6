import "./telemetryOff.ts";
import { Supergraph, operationFromDocument, type Schema } from "@apollo/federation-internals";
import { QueryPlanner, type PlanNode, type QueryPlan, type SubscriptionNode } from "@apollo/query-planner";
import { parse, type DocumentNode, type GraphQLSchema } from "graphql";
import { supergraphForPlanner } from "./plannerSupergraph.ts";
import { privatePrefix } from "./privateNames.ts";
import { separateRequiredArguments } from "./requiredArguments.ts";
import { withoutVariants } from "./requiredArgumentsPlan.ts";
import { readSupergraph, type SupergraphFacts } from "./supergraphFacts.ts";
import { unevenUnions, withWholeUnions } from "./unevenUnions.ts";
import { unevenPlaces } from "./unevenUnionsPlan.ts";

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
export function openPlanner(supergraphSdl: string, limits: { readonly evaluatedPlans: number }): Planner {
  const document = parse(supergraphSdl, { noLocation: true });
  const prefix = privatePrefix(document);
  const variants = separateRequiredArguments(document, prefix);
  const forPlanner = supergraphForPlanner(variants?.document ?? document);
  const stock = stockPlanner(forPlanner, limits);
  const { supergraph, planned } = stock;
  const facts = readSupergraph(document);
  // Clients never get to see the fields that are there for the planner alone.
  const apiSchema = (variants ? Supergraph.build(document).apiSchema() : planned).toGraphQLJSSchema();
  const planOf = withWholePlans(stock, forPlanner, { apiSchema, facts, prefix, limits });
  return {
    apiSchema,
    dataSchema: supergraph.schema.toGraphQLJSSchema(),
    facts,
    prefix,
    plan(operation) {
      const plan = planOf(operation);
      if (!variants || !plan.node) return plan;
      return {
        ...plan,
        node: inOwnTerms(plan.node, (node) => withoutVariants(node, variants, facts.graphOf)),
      };
    },
  };
}

interface StockPlanner {
  readonly supergraph: Supergraph;
  readonly planned: Schema;
  plan(operation: DocumentNode): QueryPlan;
}

function stockPlanner(document: DocumentNode, limits: { readonly evaluatedPlans: number }): StockPlanner {
  const supergraph = Supergraph.build(document, { validateSupergraph: true });
  const planned: Schema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    reuseQueryFragments: false,
    incrementalDelivery: { enableDefer: false },
    debug: { maxEvaluatedPlans: limits.evaluatedPlans },
  });
  const plan = (operation: DocumentNode) =>
    planner.buildQueryPlan(operationFromDocument(planned, operation, { validate: false }));
  return { supergraph, planned, plan };
}

/** Plans again, over unions that are whole in every subgraph, what the planner left out of an uneven union. */
function withWholePlans(
  stock: StockPlanner,
  document: DocumentNode,
  of: {
    readonly apiSchema: GraphQLSchema;
    readonly facts: SupergraphFacts;
    readonly prefix: string;
    readonly limits: { readonly evaluatedPlans: number };
  },
): (operation: DocumentNode) => QueryPlan {
  const uneven = unevenUnions(document);
  if (!uneven.size) return (operation) => stock.plan(operation);
  const context = { schema: of.apiSchema, uneven, graphOf: of.facts.graphOf };
  let whole: StockPlanner | undefined;
  return (operation) => {
    const plan = stock.plan(operation);
    const found = unevenPlaces(operation, plan, context);
    if (!found?.missing) return plan;
    whole ??= stockPlanner(withWholeUnions(document, uneven, `${of.prefix}nothing`), of.limits);
    const again = planOrNull(whole, found.reduced);
    const then = again && unevenPlaces(found.reduced, again, context);
    return then && !then.asksTooMuch && then.missing < found.missing ? again : plan;
  };
}

// There is a plan already, if not for all that is wanted: one that cannot be made is none.
function planOrNull(planner: StockPlanner, operation: DocumentNode): QueryPlan | null {
  try {
    return planner.plan(operation);
  } catch {
    return null;
  }
}

function inOwnTerms(
  node: PlanNode | SubscriptionNode,
  translate: (node: PlanNode) => PlanNode,
): PlanNode | SubscriptionNode {
  if (node.kind !== "Subscription") return translate(node);
  return { ...node, ...(node.rest ? { rest: translate(node.rest) } : {}) };
}
