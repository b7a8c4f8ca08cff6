import type { FetchDataRewrite, PlanNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import { type Data, isData } from "#shared/graphql/data.ts";
import { isOfType } from "./rewrites.ts";

/** The objects that an object lies in, the nearest first. */
export type Ancestors = ReadonlyMap<Data, readonly Data[]>;

/** Whether what a plan fetches at a place takes arguments from objects above it (@fromContext, federation 2.8). */
export function takesContext(node: PlanNode): boolean {
  return node.kind === "Fetch" && Boolean(node.contextRewrites?.length);
}

/** The objects that a plan's path leads to from these, as `objectsAt` finds them, each with those on the way to it. */
export function ancestorsAt(roots: readonly Data[], path: readonly (string | number)[]): Ancestors {
  const found = new Map<Data, readonly Data[]>();
  const visit = (value: unknown, depth: number, above: readonly Data[]): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth, above);
      return;
    }
    if (!isData(value)) return;
    const step = path[depth];
    if (step === undefined) {
      if (!found.has(value)) found.set(value, above);
      return;
    }
    // Of a list each item is gone into, whether the path says so or not.
    if (step === "@") return visit(value, depth + 1, above);
    const [name = "", types] = String(step).split("|");
    const next = name === "" ? value : Object.hasOwn(value, name) ? value[name] : undefined;
    const isWanted = (item: unknown) =>
      !types || (isData(item) && types.slice(1, -1).split(",").includes(String(item["__typename"])));
    for (const item of [next].flat(Infinity).filter(isWanted))
      visit(item, depth + 1, name === "" ? above : [value, ...above]);
  };
  for (const root of roots) visit(root, 0, []);
  return found;
}

/**
 * The arguments that a fetch takes from the objects above one, by the names of its variables: what the first of the rewrites finds that
 * fits the type of the object it leads to. What is not there, or could not be read, is null.
 */
export function contextArguments(
  rewrites: readonly FetchDataRewrite[],
  above: readonly Data[],
  schema: GraphQLSchema,
): Data {
  const values: Data = {};
  for (const rewrite of rewrites) {
    if (rewrite.kind !== "KeyRenamer") continue;
    const steps = rewrite.path.filter((step) => step !== "..");
    const from = above[rewrite.path.length - steps.length - 1];
    const value = from && valueAt(from, steps, schema);
    if (value !== undefined || !Object.hasOwn(values, rewrite.renameKeyTo))
      values[rewrite.renameKeyTo] ??= value ?? null;
  }
  return values;
}

function valueAt(value: unknown, steps: readonly string[], schema: GraphQLSchema): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => valueAt(item, steps, schema));
  if (!isData(value)) return undefined;
  if (step.startsWith("... on ")) {
    const isIt = isOfType(value, step.slice("... on ".length), schema, true);
    return isIt ? valueAt(value, rest, schema) : undefined;
  }
  return Object.hasOwn(value, step) ? valueAt(value[step], rest, schema) : undefined;
}
