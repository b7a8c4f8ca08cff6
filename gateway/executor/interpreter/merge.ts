import { isObjectType, type GraphQLSchema } from "graphql";
import { isData, type Data } from "#shared/graphql/data.ts";

/** Puts a subgraph's data into what others have brought already: object by object, list item by list item. */
export function mergeInto(target: Data, source: Data, schema: GraphQLSchema): void {
  for (const key of Object.keys(source)) {
    if (key === "__proto__") continue;
    const value = source[key];
    if (key === "__typename" && !isBetterTypename(target, value, schema)) continue;
    const there = Object.hasOwn(target, key) ? target[key] : undefined;
    if (there === undefined || there === null) target[key] = value;
    else if (value !== null && value !== undefined) target[key] = merged(there, value, schema);
  }
}

function merged(there: unknown, value: unknown, schema: GraphQLSchema): unknown {
  if (Array.isArray(there) && Array.isArray(value)) return mergedLists(there, value, schema);
  if (!isData(there) || !isData(value)) return value;
  mergeInto(there, value, schema);
  return there;
}

function mergedLists(there: unknown[], value: readonly unknown[], schema: GraphQLSchema): readonly unknown[] {
  if (there.length !== value.length) return value;
  for (const [index, item] of value.entries()) {
    const known = there[index];
    there[index] = known === null || item === null ? (known ?? item) : merged(known, item, schema);
  }
  return there;
}

// An @interfaceObject calls its objects by the interface's name; the object's own type, once known, stays.
function isBetterTypename(target: Data, value: unknown, schema: GraphQLSchema): boolean {
  const known = target["__typename"];
  if (typeof known !== "string" || !isObjectType(schema.getType(known))) return true;
  return typeof value === "string" && isObjectType(schema.getType(value));
}

/** How many objects there are in a JSON value, itself included. */
export function objectsIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 1;
  for (const item of Object.values(value)) count += objectsIn(item);
  return count;
}

/** A copy that shares nothing with the original. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isData(value)) return value;
  const copy: Data = {};
  for (const key of Object.keys(value)) if (key !== "__proto__") copy[key] = copyOf(value[key]);
  return copy as T;
}
