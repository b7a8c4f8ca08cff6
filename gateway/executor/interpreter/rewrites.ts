import type { FetchDataRewrite } from "@apollo/query-planner";
import { isInterfaceType, isObjectType, type GraphQLSchema } from "graphql";
import { isData } from "#shared/graphql/data.ts";
import { doesTypeApply } from "#shared/graphql/typeConditions.ts";

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
  // Asked of every object, of which most are of the very type: nothing has to be looked up for these.
  if (name === condition) return true;
  const type = schema.getType(name);
  return (isObjectType(type) || isInterfaceType(type)) && doesTypeApply(schema, type, condition);
}
