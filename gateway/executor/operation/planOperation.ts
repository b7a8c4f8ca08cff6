import type { FetchNode, PlanNode, SubscriptionNode } from "@apollo/query-planner";
import {
  GraphQLError,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { fetchBatches } from "./fetchBatches.ts";
import { compileFetch, type PlannedFetch } from "./plannedFetch.ts";
import { type SelectedOperation } from "./selectOperation.ts";
import { fetchesOf } from "../planning/planNodes.ts";
import { planDemand } from "../planning/planDemand.ts";
import type { MadePlan, PlanHow, PlanSource } from "../planning/planSource.ts";
import { InternalAliases, assignInternalAliases, withInternalAliases } from "../planning/internalAliases.ts";
import { CollectedFields, type CollectedField } from "./collectedFields.ts";
import { exposed } from "#shared/errors/exposed.ts";
import { collectFields, responseName } from "#shared/graphql/collectFields.ts";
import { fragmentTable, reachableFragments, type FragmentTable } from "#shared/graphql/fragments.ts";

/** One plan and the root fields it is for: a query has one part, a mutation one for each root field. */
export interface RootFieldPlan {
  readonly fields: readonly CollectedField[];
  readonly plan: PlanNode | SubscriptionNode | undefined;
  readonly fetches: ReadonlyMap<FetchNode, PlannedFetch>;
}

/** An operation with its conditions settled and its plans made. */
export interface PlannedOperation {
  readonly kind: OperationDefinitionNode["operation"];
  /** As the client wrote it, with its conditions settled and the fragments it reaches. */
  readonly document: DocumentNode;
  readonly rootType: GraphQLObjectType;
  readonly names: InternalAliases;
  readonly selections: CollectedFields;
  readonly rootSets: readonly SelectionSetNode[];
  readonly rootFields: readonly CollectedField[];
  readonly parts: readonly RootFieldPlan[];
  /** The operation with nothing but its introspection fields; null when it has none. */
  readonly introspection: DocumentNode | null;
  /** Fields the actor may not read, and which coordinate denies them. */
  readonly denied: ReadonlyMap<FieldNode, string>;
  readonly fetchCount: number;
  /** Whether part of it is answered later, and what the client calls those parts, by the plan's labels for them. */
  readonly defers: boolean;
  readonly deferLabels: ReadonlyMap<string, string | null>;
}

/**
 * Plans an operation whose conditions are settled. Rejects with a GraphQLError with a code when there is no plan for it. What is done here for
 * a large operation takes some milliseconds a step, and everybody else has a turn after each.
 */
export async function planOperation(
  operation: SelectedOperation,
  planner: PlanSource,
  deniedCoordinates: ReadonlySet<string>,
  { labelsOn = [], demand = planDemand() }: Partial<PlanHow> = {},
): Promise<PlannedOperation> {
  const schema = planner.apiSchema;
  const { definition } = operation;
  const rootType = schema.getRootType(definition.operation);
  if (!rootType) throw new GraphQLError(`This graph has no ${definition.operation}.`);
  const document = documentOf(definition, reachableFragments(definition.selectionSet, operation.fragments));
  const names = new InternalAliases(planner.prefix);
  assignInternalAliases(document, schema, names);
  await othersFirst();
  const denied = deniedFields(document, schema, deniedCoordinates);
  const selections = new CollectedFields(schema, operation.fragments, names);
  const rootSets = [definition.selectionSet];
  const rootFields = selections.on(rootSets, rootType);
  const planned = rootFields.filter((field) => field.type && !field.nodes.some((node) => denied.has(node)));
  const privateDocument = withInternalAliases(
    document,
    names,
    (node) => denied.has(node) || isIntrospection(node),
  );
  await othersFirst();
  const groups =
    definition.operation === "mutation" ? planned.map((field) => [field]) : planned.length ? [planned] : [];
  const { deferLabels } = operation;
  const making = { planner, names, how: { labelsOn, demand } };
  // With its fragments as they are, since the root may be deferred in part.
  const parts =
    deferLabels.size && definition.operation === "query"
      ? [await planDocument(planned, privateDocument, making)]
      : await Promise.all(groups.map((fields) => planPart(fields, privateDocument, making)));
  return {
    kind: definition.operation,
    document,
    rootType,
    names,
    selections,
    rootSets,
    rootFields,
    parts,
    introspection: introspectionOf(rootFields, definition, operation.fragments),
    denied,
    fetchCount: parts.reduce((count, part) => count + part.fetches.size, 0),
    defers: deferLabels.size > 0,
    deferLabels,
  };
}

/** By what a part of an operation is planned. */
interface Making {
  readonly planner: PlanSource;
  readonly names: InternalAliases;
  readonly how: PlanHow;
}

function planPart(
  fields: readonly CollectedField[],
  document: DocumentNode,
  making: Making,
): Promise<RootFieldPlan> {
  const wanted = new Set(fields.map((field) => field.internalAlias));
  const [definition] = document.definitions as [OperationDefinitionNode];
  const fragments = fragmentTable(document);
  // On a root type every type condition of a valid document holds.
  const roots = collectFields([definition.selectionSet], fragments, () => true).fields;
  const nodes = [...roots.values()].flat().filter((node) => wanted.has(responseName(node)));
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: nodes };
  const part = documentOf({ ...definition, selectionSet }, reachableFragments(selectionSet, fragments));
  return planDocument(fields, part, making);
}

async function planDocument(
  fields: readonly CollectedField[],
  document: DocumentNode,
  { planner, names, how }: Making,
): Promise<RootFieldPlan> {
  const { node, shapes } = await makePlan(planner, document, how);
  if (!node) {
    throw new GraphQLError("No plan answers this operation.", {
      extensions: { code: "OPERATION_NOT_PLANNED" },
    });
  }
  await othersFirst();
  const fetches = new Map(
    fetchesOf(node).map((fetch, index) => [fetch, compileFetch(fetch, names, shapes?.[index])]),
  );
  const batches = fetchBatches(node, fetches);
  for (const [fetch, batch] of batches)
    fetches.set(fetch, { ...(fetches.get(fetch) as PlannedFetch), batch });
  return { fields, plan: node, fetches };
}

async function makePlan(planner: PlanSource, document: DocumentNode, how: PlanHow): Promise<MadePlan> {
  try {
    return await planner.plan(document, how);
  } catch (error) {
    // The planner's own errors have codes that mean nothing to a client.
    if (error instanceof GraphQLError && String(error.extensions["code"]).startsWith("PLANNING_"))
      throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const originalError = exposed("OPERATION_NOT_PLANNED", `planning failed: ${reason}`);
    throw new GraphQLError("This operation could not be planned.", {
      originalError,
      extensions: { code: originalError.code },
    });
  }
}

// Timers and sockets have their turn before this goes on.
function othersFirst(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function documentOf(
  definition: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] };
}

function isIntrospection(node: FieldNode): boolean {
  return node.name.value === "__schema" || node.name.value === "__type";
}

function introspectionOf(
  rootFields: readonly CollectedField[],
  definition: OperationDefinitionNode,
  fragments: FragmentTable,
): DocumentNode | null {
  const nodes = rootFields.flatMap((field) => field.nodes).filter(isIntrospection);
  if (!nodes.length) return null;
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: nodes };
  return documentOf({ ...definition, selectionSet }, reachableFragments(selectionSet, fragments));
}

function deniedFields(
  document: DocumentNode,
  schema: GraphQLSchema,
  coordinates: ReadonlySet<string>,
): Map<FieldNode, string> {
  const denied = new Map<FieldNode, string>();
  if (!coordinates.size) return denied;
  const typeInfo = new TypeInfo(schema);
  const Field = (node: FieldNode) => {
    const coordinate = `${typeInfo.getParentType()?.name}.${node.name.value}`;
    if (coordinates.has(coordinate)) denied.set(node, coordinate);
  };
  visit(document, visitWithTypeInfo(typeInfo, { Field }));
  return denied;
}
