import type { FetchDataRewrite } from "@apollo/query-planner";
import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from "graphql";
import { isData } from "#shared/graphql/data.ts";

/** Carries out what the planner wants changed in a representation before it is sent, or in data after it came. */
export function applyRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: unknown,
  schema: GraphQLSchema,
): void {
  for (const rewrite of rewrites ?? []) applyAt(rewrite, 0, value, schema);
}

function applyAt(rewrite: FetchDataRewrite, depth: number, value: unknown, schema: GraphQLSchema): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(rewrite, depth, item, schema);
    return;
  }
  const step = rewrite.path[depth];
  if (!isData(value) || step === undefined) return;
  if (step.startsWith("... on ")) {
    if (isOfType(value, step.slice("... on ".length), schema, true))
      applyAt(rewrite, depth + 1, value, schema);
  } else if (depth < rewrite.path.length - 1) {
    if (Object.hasOwn(value, step)) applyAt(rewrite, depth + 1, value[step], schema);
  } else if (rewrite.kind === "ValueSetter") {
    value[step] = rewrite.setValueTo;
  } else if (Object.hasOwn(value, step)) {
    value[rewrite.renameKeyTo] = value[step];
    delete value[step];
  }
}

/** Whether an object, by its `__typename`, is of a type; `unknown` is the answer for one that does not tell. */
export function isOfType(
  value: Record<string, unknown>,
  condition: string,
  schema: GraphQLSchema,
  unknown: boolean,
): boolean {
  const name = value["__typename"];
  if (typeof name !== "string") return unknown;
  if (name === condition) return true;
  const type = schema.getType(name);
  const wanted = schema.getType(condition);
  return (
    isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
  );
}
