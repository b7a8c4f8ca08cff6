import { isRawNumber, type RawNumber } from "#shared/graphql/losslessJson.ts";
import { isEnumType, type GraphQLLeafType } from "graphql";

/**
 * What a client gets for a subgraph's value of this leaf type: an ID is a string, whatever else is as it came, numbers that no JavaScript
 * number holds included. Undefined for what is no value of the type. Scalars of the graph's own are taken as they come.
 */
export function leafValueOf(type: GraphQLLeafType, value: unknown): unknown {
  if (isRawNumber(value)) return numberOf(type, value);
  if (!isLeafValue(type, value)) return undefined;
  return type.name === "ID" && typeof value === "number" ? String(value) : value;
}

function numberOf(type: GraphQLLeafType, value: RawNumber): unknown {
  if (isEnumType(type)) return undefined;
  switch (type.name) {
    case "Int":
    case "String":
    case "Boolean":
      return undefined;
    case "Float":
      return Number.isFinite(Number(value.rawJSON)) ? value : undefined;
    case "ID":
      return /^-?\d+$/.test(value.rawJSON) ? value.rawJSON : undefined;
    default:
      return value;
  }
}

function isLeafValue(type: GraphQLLeafType, value: unknown): boolean {
  if (isEnumType(type)) return typeof value === "string" && type.getValue(value) !== undefined;
  switch (type.name) {
    case "Int":
      return (
        typeof value === "number" &&
        Number.isInteger(value) &&
        Math.abs(value) <= 2_147_483_648 &&
        value !== 2_147_483_648
      );
    case "Float":
      return typeof value === "number" && Number.isFinite(value);
    case "String":
      return typeof value === "string";
    case "Boolean":
      return typeof value === "boolean";
    case "ID":
      return typeof value === "string" || (typeof value === "number" && Number.isInteger(value));
    default:
      return true;
  }
}

/** How deep lists and objects may lie in one another in a leaf. JSON.stringify recurses: of what is deeper it may run out of stack. */
export const MOST_LEAF_DEPTH = 5_000;

/** A leaf as JSON; null for one that is nested deeper than can be written. */
export function leafText(value: object): string | null {
  if (isTooDeep(value)) return null;
  return JSON.stringify(value);
}

// Level by level: whatever recurses is what it guards against.
function isTooDeep(value: object): boolean {
  let level: readonly object[] = [value];
  for (let depth = 0; level.length; depth++) {
    if (depth === MOST_LEAF_DEPTH) return true;
    const below: object[] = [];
    for (const one of level) {
      for (const inner of Object.values(one) as unknown[]) {
        if (typeof inner === "object" && inner !== null) below.push(inner);
      }
    }
    level = below;
  }
  return false;
}
