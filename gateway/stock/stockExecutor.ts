import "../executor/planning/telemetryOff.ts";
import { buildOperationContext, executeQueryPlan, type ServiceMap } from "@apollo/gateway";
import { isNonNullType, type GraphQLError } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import type { EngineLog, EngineResult } from "../executor/contract.ts";
import type { PlannedOperation, RootFieldPlan } from "../executor/operation/planOperation.ts";
import type { SubgraphClient } from "../executor/subgraphs/subgraphClient.ts";
import { completeAnswer, type Completing, type StockAnswer } from "./completeAnswer.ts";
import type { MissingFetch, StockRun } from "./subgraphServices.ts";

/** One operation that the stock executor runs. */
export interface StockExecution extends Completing {
  readonly client: SubgraphClient;
  readonly services: ServiceMap;
  readonly log: EngineLog;
}

/**
 * Runs an operation's plans with @apollo/gateway's executor, those of a mutation one after another, and completes what it answers.
 * A mutation ends at a field that must not be null but is. Throws what that executor throws beyond errors of subgraphs.
 */
export async function executeStock(execution: StockExecution): Promise<EngineResult> {
  const { operation } = execution;
  const [data, errors, missing]: [Data, StockAnswer["errors"][number][], MissingFetch[]] = [{}, [], []];
  for (const part of operation.parts) {
    const answer = await executePart(part, execution, missing);
    Object.assign(data, answer.data);
    errors.push(...answer.errors);
    if (
      part.fields.some((field) => isNonNullType(field.type) && (data[field.internalAlias] ?? null) === null)
    )
      break;
  }
  return completeAnswer({ data, errors, missing }, execution);
}

async function executePart(
  part: RootFieldPlan,
  execution: StockExecution,
  missing: MissingFetch[],
): Promise<Omit<StockAnswer, "missing">> {
  const { planner, client, services, operation, variables } = execution;
  if (!part.plan) return { data: {}, errors: [] };
  const document = planner.documentOf(part.plan);
  const context: StockRun = { client, part, missing };
  const { data, errors = [] } = await executeQueryPlan(
    { kind: "QueryPlan", node: part.plan },
    services,
    requestContext(context, internalVariables(variables, operation), execution.log),
    buildOperationContext({ schema: planner.apiSchema, operationDocument: document }),
    planner.dataSchema,
    planner.nullableSchema,
  );
  return { data: data ?? {}, errors: errors.map(subgraphError) };
}

type RequestContext = Parameters<typeof executeQueryPlan>[2];

// All that executeQueryPlan reads of what Apollo Server would tell it.
function requestContext(context: StockRun, variables: Data, log: EngineLog): RequestContext {
  const logger = {
    debug: () => {},
    info: () => {},
    warn: (message: string) => log.warn({}, message),
    error: (message: string) => log.error({}, message),
  };
  const read: Pick<RequestContext, "request" | "context" | "metrics" | "logger"> = {
    request: { variables },
    context,
    metrics: {},
    logger,
  };
  return read as RequestContext;
}

function internalVariables(values: Readonly<Data>, { names }: PlannedOperation): Data {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names.variable(name), value]));
}

// What it says beyond errors of subgraphs is a fault of the executor or of the plan, and of nobody's field.
function subgraphError(error: GraphQLError): StockAnswer["errors"][number] {
  const { serviceName: _, ...extensions } = error.extensions;
  if (extensions["subgraph"] === undefined) throw error;
  const { message, path = [] } = error;
  return { message, path, extensions };
}
