import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import { type Data, isData } from "#shared/graphql/data.ts";
import type { VariantFetch } from "../planning/requiredArgumentsPlan.ts";
import { leafText } from "../operation/leafValues.ts";
import { applyRewrites, isOfType } from "./rewrites.ts";
import type { KeyField, SupergraphFacts } from "../planning/supergraphFacts.ts";

const missing = Symbol("missing");

/**
 * What identifies an entity to a subgraph, with what the subgraph requires of it. Null when the entity is of no type this fetch is
 * for, when something required is missing, or when a key is null: a subgraph cannot be asked for what nobody can name.
 */
export function representationOf(
  entity: Data,
  fetch: VariantFetch,
  schema: GraphQLSchema,
  facts: SupergraphFacts,
): Data | null {
  const representation = select(entity, fetch.requires ?? [], { schema, names: fetch.representedAs });
  if (representation === missing || typeof representation["__typename"] !== "string") return null;
  applyRewrites(fetch.inputRewrites, representation, schema);
  const keys = facts.keysOf(fetch.serviceName, representation["__typename"]);
  if (keys.length && !keys.some((key) => hasKey(representation, key))) return null;
  return representation;
}

/** By what is selected; `names` are those in representations where they are others than in the data. */
interface Selecting {
  readonly schema: GraphQLSchema;
  readonly names: ReadonlyMap<string, string> | undefined;
}

/** Adds to what has been selected of the same object already. */
function select(
  source: Data,
  selections: readonly QueryPlanSelectionNode[],
  by: Selecting,
  result: Data = {},
): Data | typeof missing {
  for (const selection of selections) {
    if (selection.kind === "InlineFragment") {
      if (selection.typeCondition && !isOfType(source, selection.typeCondition, by.schema, false)) continue;
      if (select(source, selection.selections, by, result) === missing) return missing;
      continue;
    }
    const name = selection.alias ?? selection.name;
    const represented = by.names?.get(name) ?? name;
    const value = Object.hasOwn(source, name)
      ? selectValue(source[name], selection.selections, by, result[represented])
      : missing;
    if (value === missing) return missing;
    result[represented] = value;
  }
  return result;
}

function selectValue(
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
  by: Selecting,
  selected: unknown,
): unknown {
  if (value === undefined) return missing;
  if (typeof value !== "object" || value === null) return selections && value !== null ? missing : value;
  if (!selections) return leafText(value) === null ? missing : value;
  if (Array.isArray(value)) {
    const known: readonly unknown[] = Array.isArray(selected) ? selected : [];
    const items = value.map((item, index) => selectValue(item, selections, by, known[index]));
    return items.includes(missing) ? missing : items;
  }
  return isData(value) ? select(value, selections, by, isData(selected) ? selected : {}) : missing;
}

function hasKey(value: unknown, key: readonly KeyField[]): boolean {
  if (Array.isArray(value)) return value.every((item) => hasKey(item, key));
  if (!isData(value)) return false;
  return key.every(({ name, fields }) => {
    const part = Object.hasOwn(value, name) ? value[name] : undefined;
    return part !== undefined && part !== null && (!fields || hasKey(part, fields));
  });
}
