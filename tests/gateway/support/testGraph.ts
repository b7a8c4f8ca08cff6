import "../../../gateway/executor/planning/telemetryOff.ts";
import { composeServices } from "@apollo/composition";
import { ApolloGateway, LocalGraphQLDataSource } from "@apollo/gateway";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse, type ExecutionResult, type GraphQLSchema } from "graphql";
import type {
  DataSource,
  SubgraphAnswer,
  SubgraphRequest,
  Engine,
  EngineLimits,
  EngineOptions,
  EngineResult,
  PrepareOptions,
} from "../../../gateway/executor/contract.ts";
import { openEngine } from "../../../gateway/executor/engine.ts";

/** A subgraph of a test: its SDL and what its fields answer. */
export interface TestSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers?: Record<string, unknown>;
}

export interface AskedQuestion {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** A graph of subgraphs in this process, behind our engine. */
export interface TestGraph {
  readonly engine: Engine;
  readonly supergraphSdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  /** What the subgraphs have been asked so far. */
  readonly asked: AskedQuestion[];
  run(
    query: string,
    variables?: Record<string, unknown>,
    options?: PrepareOptions & { operationName?: string },
  ): Promise<EngineResult>;
}

const quiet = { warn: () => undefined, error: () => undefined };

/** Composes subgraphs; throws with the composition's own words. */
export function composed(subgraphs: readonly TestSubgraph[]): string {
  const services = subgraphs.map(({ name, typeDefs }) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(linked(typeDefs)),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join("\n"));
  return supergraphSdl;
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@inaccessible", "@override", "@interfaceObject", "@extends"])\n';

// Unless it says itself which federation it is of.
function linked(typeDefs: string): string {
  return typeDefs.includes("@link(") || typeDefs.includes("# federation 1") ? typeDefs : LINK + typeDefs;
}

function subgraphSchema({ typeDefs, resolvers = {} }: TestSubgraph): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs: parse(linked(typeDefs)), resolvers: resolvers as never }]);
}

/** Answers a subgraph's questions by running them here. */
export function localSource(schema: GraphQLSchema, onAsked?: (request: SubgraphRequest) => void): DataSource {
  return {
    async execute(request): Promise<SubgraphAnswer> {
      onAsked?.(request);
      const document = parse(request.query);
      const variableValues = request.variables;
      const result = await execute({
        schema,
        document,
        variableValues,
        operationName: request.operationName ?? null,
      });
      return { status: 200, text: JSON.stringify(result), isPrintable: true };
    },
  };
}

/** Opens a graph of these subgraphs. `source` may put something else before a subgraph: a fault, a delay. */
export function testGraph(
  subgraphs: readonly TestSubgraph[],
  source: (subgraph: string, local: DataSource) => DataSource = (_, local) => local,
  limits: Partial<EngineLimits> = {},
  more: Partial<Pick<EngineOptions, "plansFolder" | "log">> = {},
): TestGraph {
  const supergraphSdl = composed(subgraphs);
  const schemas = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraphSchema(subgraph)]));
  const asked: AskedQuestion[] = [];
  const engine = openEngine({
    supergraphSdl,
    log: quiet,
    ...more,
    limits: { evaluatedPlans: 50, usesBeforeCompiling: 0, ...limits },
    dataSource: (name) => {
      const schema = schemas.get(name) as GraphQLSchema;
      const local = localSource(schema, ({ query, variables }) =>
        asked.push({ subgraph: name, query, variables }),
      );
      return source(name, local);
    },
  });
  const run: TestGraph["run"] = (query, variables, options = {}) => {
    const prepared = engine.prepare(query, options.operationName, variables, options);
    return engine.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + 10_000 });
  };
  return { engine, supergraphSdl, schemas, asked, run };
}

/** The same graph behind the stock gateway, as a voice to compare with. */
export async function stockGateway(
  graph: TestGraph,
): Promise<(query: string, variables?: Record<string, unknown>) => Promise<ExecutionResult>> {
  const gateway = new ApolloGateway({
    supergraphSdl: graph.supergraphSdl,
    queryPlannerConfig: { debug: { maxEvaluatedPlans: 50 } },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    buildService: ({ name }) => new LocalGraphQLDataSource(graph.schemas.get(name ?? "") as GraphQLSchema),
  });
  const { executor } = await gateway.load();
  return async (query, variables = {}) => {
    const result = await executor({
      document: parse(query),
      request: { query, variables },
      queryHash: query,
      context: {},
      cache: new Map() as never,
      schema: undefined as never,
      logger: console as never,
      metrics: {} as never,
      overallCachePolicy: {} as never,
    } as never);
    return JSON.parse(JSON.stringify(result)) as ExecutionResult;
  };
}

/** What a client reads. */
export interface PlainResult {
  readonly data?: unknown;
  readonly errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** A result as a client reads it. */
export function plain(result: EngineResult): PlainResult {
  return JSON.parse(String(result.stringify?.(result) ?? JSON.stringify(result))) as PlainResult;
}
