import "../executor/planning/telemetryOff.ts";
import {
  Supergraph,
  buildSchemaFromAST,
  operationFromDocument,
  type Schema,
} from "@apollo/federation-internals";
import { QueryPlanner, type PlanNode, type SubscriptionNode } from "@apollo/query-planner";
import {
  Kind,
  TypeInfo,
  buildASTSchema,
  isAbstractType,
  parse,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type TypeNode,
} from "graphql";
import { internalPrefix } from "../executor/planning/internalAliases.ts";
import { overrideConditions, type Planner } from "../executor/planning/planner.ts";
import { mapFetches } from "../executor/planning/planNodes.ts";
import { withoutRootConditions } from "../executor/planning/rootConditions.ts";
import { readSupergraph } from "../executor/planning/supergraphFacts.ts";

/** The planner of @apollo/query-planner as it is published, over a supergraph as it is. */
export interface StockPlanner extends Planner {
  /** The API schema that answers are put together by, in which every field may be null: what may not be null is told afterwards. */
  readonly nullableSchema: Schema;
  /** The document that a plan was made of. */
  documentOf(plan: PlanNode | SubscriptionNode): DocumentNode;
}

/** Makes the planner; throws when the supergraph is not valid. */
export function openStockPlanner(
  supergraphSdl: string | DocumentNode,
  apiSchema: GraphQLSchema,
  limits: { readonly evaluatedPlans: number },
): StockPlanner {
  const document =
    typeof supergraphSdl === "string" ? parse(supergraphSdl, { noLocation: true }) : supergraphSdl;
  const supergraph = Supergraph.build(document, { validateSupergraph: true });
  const planned = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    reuseQueryFragments: false,
    debug: { maxEvaluatedPlans: limits.evaluatedPlans },
  });
  const documents = new WeakMap<PlanNode | SubscriptionNode, DocumentNode>();
  const facts = readSupergraph(document);
  const dataSchema = buildASTSchema(document, { assumeValid: true });
  return {
    apiSchema,
    dataSchema,
    facts,
    prefix: internalPrefix(document),
    nullableSchema: buildSchemaFromAST(withoutNonNull(planned.toAST())),
    plan(operation, { labelsOn } = {}) {
      const asked = withRuntimeTypes(withKnownDirectives(operation, planned), apiSchema);
      const plan = planner.buildQueryPlan(operationFromDocument(planned, asked, { validate: false }), {
        overrideConditions: overrideConditions(facts, labelsOn),
      });
      if (!plan.node) return plan;
      const node = mapFetches(plan.node, (fetch) => withoutRootConditions(fetch, dataSchema));
      documents.set(node, asked);
      return { ...plan, node };
    },
    documentOf(plan) {
      const known = documents.get(plan);
      if (!known) throw new Error("A plan was made by another planner.");
      return known;
    },
  };
}

const typenameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

// Whoever completes the answer has to know which fragments apply to an object of an abstract type. Where none are, it is not asked
// for: of an interface object nobody may be able to tell.
function withRuntimeTypes(operation: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(typeInfo, {
    SelectionSet: (node) =>
      isAbstractType(typeInfo.getParentType()) && node.selections.some(({ kind }) => kind !== Kind.FIELD)
        ? { ...node, selections: [typenameField, ...node.selections] }
        : undefined,
  });
  return visit(operation, visitor);
}

// The stock planner refuses the directives of operations that come with a link.
function withKnownDirectives(operation: DocumentNode, schema: Schema): DocumentNode {
  return visit(operation, {
    Directive: ({ name }) => (schema.directive(name.value) ? undefined : null),
  });
}

function withoutNonNull(schema: DocumentNode): DocumentNode {
  return visit(schema, { FieldDefinition: (field) => ({ ...field, type: nullable(field.type) }) });
}

function nullable(type: TypeNode): Exclude<TypeNode, { readonly kind: Kind.NON_NULL_TYPE }> {
  if (type.kind === Kind.NON_NULL_TYPE) return nullable(type.type);
  return type.kind === Kind.LIST_TYPE ? { ...type, type: nullable(type.type) } : type;
}
