import "./telemetryOff.ts";
import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type Schema } from "@apollo/federation-internals";
import { buildASTSchema, Kind, parse, type DocumentNode, type GraphQLSchema } from "graphql";
import { keepDefaultsExact, withDefaultsOf } from "#shared/graphql/exactDefaults.ts";
import { externalFields, type ExternalFields } from "./externalFields.ts";
import { internalPrefix } from "./internalAliases.ts";
import { allowLinkedDirectives, type LinkedDirectives } from "./linkedDirectives.ts";
import { supergraphForPlanner } from "./plannerSupergraph.ts";
import { separateRequiredArguments, type RequiredVariants } from "./requiredArguments.ts";
import { separateRequirementsElsewhere } from "./requirementsElsewhere.ts";
import { readSupergraph, type SupergraphFacts } from "./supergraphFacts.ts";

/** What is known of a supergraph without a planner: all that running a plan needs. */
export interface PlannedGraph {
  readonly apiSchema: GraphQLSchema;
  /** With what clients do not get to see. */
  readonly dataSchema: GraphQLSchema;
  readonly facts: SupergraphFacts;
  /** What no field of this graph begins with. */
  readonly prefix: string;
}

/** A supergraph as the planner is made of it. */
export interface PlannerInput {
  readonly built: Supergraph;
  /** The API schema that operations are planned against. */
  readonly planned: Schema;
  readonly variants: RequiredVariants | null;
  readonly linked: LinkedDirectives;
  readonly external: ExternalFields;
}

/** Of how many possible plans the best is taken: of a planner that knows no deadline this bounds the work. */
export const EVALUATED_PLANS = 200;

// What the executor does beyond the stock gateway: arguments from a context (federation 2.8).
const supportedFeatures = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  "https://specs.apollo.dev/context/v0.1",
]);

/** Reads a supergraph; throws when it is not valid. Makes no planner, which takes as much memory again. */
export function readPlannedGraph(supergraph: string | DocumentNode): {
  readonly graph: PlannedGraph;
  readonly input: PlannerInput;
} {
  const document = typeof supergraph === "string" ? parse(supergraph, { noLocation: true }) : supergraph;
  const prefix = internalPrefix(document);
  const elsewhere = separateRequirementsElsewhere(document, prefix);
  const variants = together(elsewhere, separateRequiredArguments(elsewhere?.document ?? document, prefix));
  const forPlanner = supergraphForPlanner(variants?.document ?? document);
  const built = Supergraph.build(forPlanner, { supportedFeatures, validateSupergraph: true });
  const planned: Schema = built.apiSchema();
  // Clients never get to see the fields that are there for the planner alone.
  const seen = variants ? Supergraph.build(document, { supportedFeatures }).apiSchema() : planned;
  const linked = allowLinkedDirectives(executableApiSchema(seen, document), document);
  const graph: PlannedGraph = {
    apiSchema: linked.apiSchema,
    dataSchema: buildASTSchema(forPlanner, VALIDATED),
    facts: readSupergraph(document),
    prefix,
  };
  return { graph, input: { built, planned, variants, linked, external: externalFields(document) } };
}

function together(first: RequiredVariants | null, later: RequiredVariants | null): RequiredVariants | null {
  if (!first || !later) return first ?? later;
  return {
    document: later.document,
    byName: new Map([...first.byName, ...later.byName]),
    neededBy: (...field) => new Set([...first.neededBy(...field), ...later.neededBy(...field)]),
  };
}

// By Supergraph.build and apiSchema: to validate it again would be a sixth of the time to open a large graph.
const VALIDATED = { assumeValid: true };

function executableApiSchema(schema: Schema, supergraph: DocumentNode): GraphQLSchema {
  const { definitions } = withDefaultsOf(supergraph, schema.toAST());
  const withDefer = [...definitions, schema.deferDirective().toAST()];
  const executable = buildASTSchema({ kind: Kind.DOCUMENT, definitions: withDefer }, VALIDATED);
  keepDefaultsExact(executable);
  return executable;
}
