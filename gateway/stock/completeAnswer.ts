import {
  GraphQLError,
  execute,
  isLeafType,
  isObjectType,
  getNamedType,
  responsePathAsArray,
  type ExecutionResult,
  type GraphQLAbstractType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { isData, type Data } from "#shared/graphql/data.ts";
import type { Denial, FetchError, PathStep } from "../executor/contract.ts";
import type { PlannedOperation } from "../executor/operation/planOperation.ts";
import type { AnswerBudget } from "../executor/subgraphs/answerBudget.ts";
import type { StockPlanner } from "./stockPlanner.ts";
import { clientPathOf, missingFields } from "./clientPaths.ts";
import type { MissingFetch } from "./subgraphServices.ts";

/** What the stock executor made of an operation: data under internal aliases, and what went wrong on the way. */
export interface StockAnswer {
  readonly data: Data;
  readonly errors: readonly (FetchError & { readonly path: readonly PathStep[] })[];
  readonly missing: readonly MissingFetch[];
}

/** By what an answer is completed. */
export interface Completing {
  readonly planner: StockPlanner;
  readonly operation: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly denied: ReadonlyMap<string, Denial>;
  readonly budget: AnswerBudget;
  readonly mostErrors: number;
}

/**
 * The client's answer: its names, null with the denial for what is denied, an error with a path for what is missing, and no null
 * where there may be none. graphql-js executes the operation over what the stock executor answered, so all of that is as it does it.
 */
export async function completeAnswer(answer: StockAnswer, completing: Completing): Promise<ExecutionResult> {
  const { operation, planner, variables, mostErrors } = completing;
  const told = new Set<FetchError>();
  const result = await execute({
    schema: planner.apiSchema,
    document: operation.document,
    variableValues: variables,
    rootValue: answer.data,
    fieldResolver: resolverOf(answer, completing, told),
    typeResolver: (value, _context, { schema }, type) => runtimeType(value, schema, type),
  });
  const located = answer.errors.map((error) => errorAt(clientPathOf(operation, error.path), error));
  for (const { error, path } of answer.missing) {
    if (!told.has(error)) located.push(errorAt(clientPathOf(operation, path), error));
  }
  const completed = (result.errors ?? []).flatMap((error) => completionError(error, located));
  const errors = distinct([...located, ...completed]).slice(0, mostErrors);
  const { data = null } = result;
  return errors.length ? { errors, data } : { data };
}

// Where nobody asked for an object's own type, any type has the fields of the interface.
function runtimeType(value: unknown, schema: GraphQLSchema, type: GraphQLAbstractType): string | undefined {
  const name = isData(value) ? value["__typename"] : undefined;
  const isKnown = typeof name === "string" && isObjectType(schema.getType(name));
  return isKnown ? name : schema.getPossibleTypes(type)[0]?.name;
}

function resolverOf(
  { missing }: StockAnswer,
  { operation, denied, budget }: Completing,
  told: Set<FetchError>,
): GraphQLFieldResolver<unknown, unknown> {
  const errors = missingFields(operation, missing);
  return (source, _arguments, _context, info) => {
    const denial = denialOf(info, operation, denied);
    if (denial) throw errorAt(responsePathAsArray(info.path), denial);
    const value = valueOf(source, operation.names.of(info.fieldNodes[0]!));
    hold(value, info, budget);
    const error = value === null && errors.size ? errors.get(namesIn(info)) : undefined;
    if (!error) return value;
    told.add(error);
    throw errorAt(responsePathAsArray(info.path), error);
  };
}

function denialOf(
  { fieldNodes }: GraphQLResolveInfo,
  operation: PlannedOperation,
  denied: ReadonlyMap<string, Denial>,
): Denial | undefined {
  if (!denied.size) return undefined;
  const coordinate = fieldNodes.map((node) => operation.denied.get(node)).find((one) => one !== undefined);
  return coordinate === undefined ? undefined : denied.get(coordinate);
}

function valueOf(source: unknown, internalAlias: string): unknown {
  return isData(source) && Object.hasOwn(source, internalAlias) ? (source[internalAlias] ?? null) : null;
}

function hold(value: unknown, { returnType }: GraphQLResolveInfo, budget: AnswerBudget): void {
  if (value === null) return;
  if (isLeafType(getNamedType(returnType))) budget.countOutput(lengthOf(value));
  else budget.countObjects(objectsIn(value));
}

function lengthOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  return typeof value === "object" ? JSON.stringify(value).length : 8;
}

function objectsIn(value: unknown): number {
  return Array.isArray(value) ? value.reduce<number>((sum, item) => sum + objectsIn(item), 0) : 1;
}

function namesIn({ path }: GraphQLResolveInfo): string {
  return responsePathAsArray(path)
    .filter((step) => typeof step === "string")
    .join(".");
}

function errorAt(path: readonly PathStep[], { message, extensions }: FetchError): GraphQLError {
  return new GraphQLError(message, { path: path.length ? path : null, extensions: { ...extensions } });
}

// Ours were thrown with their path, and are as they were; of graphql-js' own, a null for which there is a reason is no news.
function completionError(error: GraphQLError, located: readonly GraphQLError[]): GraphQLError[] {
  if (!error.originalError) return [error];
  const { message, path = [] } = error;
  const isExplained = located.some((one) => path.every((step, index) => one.path?.[index] === step));
  const extensions = { code: "SUBGRAPH_ANSWER_INVALID" };
  return isExplained ? [] : [errorAt(path, { message, extensions })];
}

function distinct(errors: readonly GraphQLError[]): GraphQLError[] {
  const known = new Map<string, GraphQLError>();
  for (const error of errors) {
    const key = `${error.path?.join("\n") ?? ""}\n\n${error.message}`;
    if (!known.has(key)) known.set(key, error);
  }
  return [...known.values()];
}
