import {
  GraphQLError,
  getVariableValues,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from "graphql";
import type { Denial, EngineLimits, Prepared } from "./contract.ts";
import type { CachedPlan, PlanCache } from "./planCache.ts";
import { exactInputs } from "./operation/exactInputs.ts";
import type { PlanAsker } from "./planning/planDemand.ts";

/** A prepared operation as the engine itself sees it. */
export interface PreparedOperation extends Prepared {
  readonly plan: CachedPlan | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly denied: ReadonlyMap<string, Denial>;
  /** Of an operation that defers: the same with nothing deferred. */
  readonly undeferred?: () => PreparedOperation | Promise<PreparedOperation>;
}

interface Preparing {
  readonly schema: GraphQLSchema;
  readonly plans: PlanCache;
  readonly limits: EngineLimits;
}

interface Asked {
  readonly document: DocumentNode | string;
  readonly name: string | null | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly denied: ReadonlyMap<string, Denial>;
  readonly acceptsIncremental: boolean;
  readonly labelsOn: readonly string[];
  readonly asker: PlanAsker;
}

/**
 * Finds an operation, coerces its variables and finds its plan, at once, or has it made. What a client did wrong becomes the result's errors.
 */
export function prepare(preparing: Preparing, asked: Asked): PreparedOperation | Promise<PreparedOperation> {
  const { schema, plans, limits } = preparing;
  const { document, name, inputs, denied, acceptsIncremental, labelsOn, asker } = asked;
  let kind: Prepared["kind"] = "query";
  const orRefused = (error: unknown): PreparedOperation => {
    if (error instanceof GraphQLError) return refused([error], kind);
    throw error;
  };
  try {
    const known = plans.operation(document, name);
    if (!known) return refused([unknownOperation(name)], kind);
    kind = known.operation.definition.operation;
    const given = exactInputs(schema, known.variables, inputs);
    const { coerced, errors } = getVariableValues(schema, known.variables, given, { maxErrors: 50 });
    if (errors) return refused(errors, kind);
    const variables = Object.assign(coerced, known.literals);
    const missing = known.operation.conditionVariables.filter((one) => variables[one] === null);
    if (missing.length) return refused(missing.map(nullCondition), kind);
    const undeferred = () => prepare(preparing, { ...asked, acceptsIncremental: false });
    const ready = (plan: CachedPlan): PreparedOperation => {
      const { fetchCount, defers } = plan.operation;
      if (fetchCount > limits.fetchesPerPlan) return refused([tooManyFetches(fetchCount, limits)], kind);
      return { kind, fetchCount, plan, variables, denied, ...(defers && { undeferred }) };
    };
    const plan = plans.plan(known, variables, new Set(denied.keys()), {
      parts: acceptsIncremental,
      labelsOn,
      ...asker,
    });
    return plan instanceof Promise ? plan.then(ready).catch(orRefused) : ready(plan);
  } catch (error) {
    return orRefused(error);
  }
}

/** What is answered to an operation that was refused. */
export function refusal(errors: readonly GraphQLError[]): ExecutionResult {
  return errors.some(isUnplanned) ? { data: null, errors } : { errors };
}

// That there is no plan is found out while the operation is being answered, so it has data, and the data is null.
function isUnplanned(error: GraphQLError): boolean {
  return error.extensions["code"] === "OPERATION_NOT_PLANNED";
}

function refused(errors: readonly GraphQLError[], kind: Prepared["kind"]): PreparedOperation {
  return { kind, errors, fetchCount: 0, plan: null, variables: {}, denied: new Map() };
}

function unknownOperation(name: string | null | undefined): GraphQLError {
  return new GraphQLError(name ? `Unknown operation named "${name}".` : "Must provide an operation name.");
}

// A variable with a default may be used where there may be no null, and yet be given one (GraphQL specification, section 6.4.1).
function nullCondition(variable: string): GraphQLError {
  return new GraphQLError(
    `Argument "if" of type "Boolean!" must not be null: the variable "$${variable}" is null.`,
  );
}

function tooManyFetches(count: number, { fetchesPerPlan }: EngineLimits): GraphQLError {
  const message = `This operation needs ${count} fetches; ${fetchesPerPlan} are allowed.`;
  return new GraphQLError(message, { extensions: { code: "PLAN_TOO_LARGE" } });
}
