import { isObjectType, type GraphQLSchema } from "graphql";
import { isData, type Data } from "#shared/graphql/data.ts";
import type { SelectionShape } from "../planning/selectionShape.ts";
import type { AnswerBudget } from "../subgraphs/answerBudget.ts";

/** Stands for a list that two subgraphs answered with different lengths: which items belong together nobody can tell. */
export const unequalLists = Symbol("lists of different lengths");

/** By what subgraphs' data is merged. */
export interface Merging {
  readonly schema: GraphQLSchema;
  /** Where the objects count that are put together. */
  readonly budget: Pick<AnswerBudget, "countObjects">;
}

/**
 * Puts what a subgraph was asked for into what others have brought already: object by object, list item by list item. The source stays
 * as it is, and shares no object with the target; leaves are taken as they are, whatever they hold.
 */
export function mergeInto(target: Data, source: Data, shape: SelectionShape, merging: Merging): void {
  merging.budget.countObjects(1);
  for (const [name, inner] of shape) {
    if (!Object.hasOwn(source, name)) continue;
    const value = source[name];
    if (name === "__typename" && !isBetterTypename(target, value, merging.schema)) continue;
    const there = Object.hasOwn(target, name) ? target[name] : undefined;
    if (inner) target[name] = merged(there, value, inner, merging);
    else if (isAbsent(there) || !isAbsent(value)) target[name] = value;
  }
}

/** A copy of what a subgraph was asked for, which shares no object with the original but leaves. */
export function copyOf(source: Data, shape: SelectionShape, merging: Merging): Data {
  const copy: Data = {};
  mergeInto(copy, source, shape, merging);
  return copy;
}

function merged(there: unknown, value: unknown, shape: SelectionShape, merging: Merging): unknown {
  if (there === unequalLists || isAbsent(value)) return there ?? value;
  if (Array.isArray(value)) return mergedLists(there, value, shape, merging);
  if (!isData(value)) return value;
  const into: Data = isData(there) ? there : {};
  mergeInto(into, value, shape, merging);
  return into;
}

function mergedLists(
  there: unknown,
  value: readonly unknown[],
  shape: SelectionShape,
  merging: Merging,
): readonly unknown[] | typeof unequalLists {
  const known: readonly unknown[] | null = Array.isArray(there) ? there : null;
  if (known && known.length !== value.length) return unequalLists;
  return value.map((item, index) => merged(known?.[index], item, shape, merging));
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

// An @interfaceObject calls its objects by the interface's name; the object's own type, once known, stays.
function isBetterTypename(target: Data, value: unknown, schema: GraphQLSchema): boolean {
  const known = target["__typename"];
  if (typeof known !== "string" || !isObjectType(schema.getType(known))) return true;
  return typeof value === "string" && isObjectType(schema.getType(value));
}
