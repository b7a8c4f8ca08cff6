import { executeSync, type ExecutionResult } from "graphql";
import { exactIntrospection } from "#shared/graphql/exactDefaults.ts";
import type { Data } from "#shared/graphql/data.ts";
import { EntityFetchCache } from "../subgraphs/entityFetchCache.ts";
import type { PlannedOperation, RootFieldPlan } from "../operation/planOperation.ts";
import { ValueCompletion, propagatedNull } from "./completeValue.ts";
import { SubgraphErrors } from "../subgraphs/subgraphErrors.ts";
import type { Run } from "./run.ts";
import { walk } from "./walk.ts";
import type { CollectedField } from "../operation/collectedFields.ts";

/** Runs an operation to the letter of the specification: every fetch merged into one tree of data, the tree then completed. What is known already is not asked again. */
export async function interpret(run: Run, known?: EntityFetchCache): Promise<ExecutionResult> {
  const { operation } = run;
  const fetchCache = known ?? new EntityFetchCache(run.client, run.variables);
  const subgraphErrors = new SubgraphErrors();
  const completion = new ValueCompletion(run, operation, subgraphErrors, run.denied, run.mostErrors);
  const introspected = introspect(run);
  completion.errors.push(...(introspected.errors ?? []));
  const values = new Map<string, unknown>(Object.entries(introspected.data ?? {}));
  const complete = (fields: readonly CollectedField[], data: Data): boolean => {
    for (const field of fields) values.set(field.key, completion.rootField(field, data));
    return fields.every((field) => values.get(field.key) !== propagatedNull);
  };
  // A mutation's fields run one after another, and one that must not be null but is ends the operation.
  for (const part of operation.parts) {
    if (!complete(part.fields, await walkPart(run, part, subgraphErrors, fetchCache))) break;
  }
  complete(
    operation.rootFields.filter((field) => !values.has(field.key) && isUnplanned(field, operation)),
    {},
  );
  completion.reportRemaining();
  const data = assembled(operation.rootFields, values);
  return completion.errors.length ? { errors: completion.errors, data } : { data };
}

/** The data of root fields; null where one of them must not be. */
export function assembled(
  fields: readonly CollectedField[],
  values: ReadonlyMap<string, unknown>,
): Data | null {
  const data = Object.create(null) as Data;
  for (const { key } of fields) {
    const value = values.get(key);
    if (value === propagatedNull) return null;
    data[key] = value ?? null;
  }
  return data;
}

function isUnplanned(field: CollectedField, operation: PlannedOperation): boolean {
  return !operation.parts.some((part) => part.fields.includes(field));
}

function introspect(run: Run): ExecutionResult {
  const { introspection } = run.operation;
  if (!introspection) return {};
  const { schema, variables: variableValues } = run;
  const { data, ...rest } = executeSync({ schema, document: introspection, variableValues });
  return { ...rest, data: exactIntrospection(schema, data ?? null) };
}

async function walkPart(
  run: Run,
  part: RootFieldPlan,
  subgraphErrors: SubgraphErrors,
  fetchCache: EntityFetchCache,
): Promise<Data> {
  const root: Data = {};
  // A subscription's plan is walked per event, by what listens to it.
  if (part.plan && part.plan.kind !== "Subscription") {
    await walk(part.plan, { run, subgraphErrors, fetchCache, fetches: part.fetches }, [root]);
  }
  return root;
}
