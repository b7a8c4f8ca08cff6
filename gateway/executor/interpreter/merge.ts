import { isObjectType, type GraphQLSchema } from "graphql";
import { isData, type Data } from "#shared/graphql/data.ts";
import type { SelectionShape } from "../planning/selectionShape.ts";
import type { AnswerBudget } from "../subgraphs/answerBudget.ts";

// What stands for a list that two subgraphs answered differently: which items belong together nobody can tell.
const unequalLengths = Symbol("lists of different lengths");
const unequalItems = Symbol("lists of different items");

/** Whether this stands for such lists; its description says how they differ. */
export function isUnequalLists(value: unknown): value is symbol {
  return value === unequalLengths || value === unequalItems;
}

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
  if (isUnequalLists(there) || isAbsent(value)) return there ?? value;
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
): readonly unknown[] | symbol {
  const known: readonly unknown[] | null = Array.isArray(there) ? there : null;
  if (known && known.length !== value.length) return unequalLengths;
  const isOther = (item: unknown, index: number) => !mayBeOne(known?.[index], item, shape, merging.schema);
  if (known && value.some(isOther)) return unequalItems;
  return value.map((item, index) => merged(known?.[index], item, shape, merging));
}

// The same item of a list is of one type, and has one value for each leaf, keys among them, that both subgraphs answered.
function mayBeOne(one: unknown, other: unknown, shape: SelectionShape, schema: GraphQLSchema): boolean {
  if (!isData(one) || !isData(other)) return true;
  for (const [name, inner] of shape) {
    if (inner || !Object.hasOwn(one, name) || !Object.hasOwn(other, name)) continue;
    const [left, right] = [one[name], other[name]];
    if (name === "__typename" && !(isObjectTypeName(left, schema) && isObjectTypeName(right, schema)))
      continue;
    if (isComparable(left) && isComparable(right) && String(left) !== String(right)) return false;
  }
  return true;
}

// An ID may be written as a number by one and as a string by the other; what a custom scalar's objects and lists mean is not known.
function isComparable(leaf: unknown): leaf is string | number | boolean {
  return typeof leaf === "string" || typeof leaf === "number" || typeof leaf === "boolean";
}

function isObjectTypeName(name: unknown, schema: GraphQLSchema): boolean {
  return typeof name === "string" && isObjectType(schema.getType(name));
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

// An @interfaceObject calls its objects by the interface's name; the object's own type, once known, stays.
function isBetterTypename(target: Data, value: unknown, schema: GraphQLSchema): boolean {
  const known = target["__typename"];
  return !isObjectTypeName(known, schema) || isObjectTypeName(value, schema);
}
