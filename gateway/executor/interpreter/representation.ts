import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import { type Data, isData } from "#shared/graphql/data.ts";
import { mergeInto } from "./merge.ts";
import type { VariantFetch } from "../planning/requiredArgumentsPlan.ts";
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
  const representation = select(entity, fetch.requires ?? [], schema, fetch.representedAs);
  if (representation === missing || typeof representation["__typename"] !== "string") return null;
  applyRewrites(fetch.inputRewrites, representation, schema);
  const keys = facts.keysOf(fetch.serviceName, representation["__typename"]);
  if (keys.length && !keys.some((key) => hasKey(representation, key))) return null;
  return representation;
}

function select(
  source: Data,
  selections: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
  names: ReadonlyMap<string, string> | undefined,
): Data | typeof missing {
  const result: Data = {};
  for (const selection of selections) {
    if (selection.kind === "InlineFragment") {
      if (selection.typeCondition && !isOfType(source, selection.typeCondition, schema, false)) continue;
      const inner = select(source, selection.selections, schema, names);
      if (inner === missing) return missing;
      mergeInto(result, inner, schema);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const value = Object.hasOwn(source, name)
      ? selectValue(source[name], selection.selections, schema, names)
      : missing;
    if (value === missing) return missing;
    result[names?.get(name) ?? name] = value;
  }
  return result;
}

function selectValue(
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
  schema: GraphQLSchema,
  names: ReadonlyMap<string, string> | undefined,
): unknown {
  if (value === undefined) return missing;
  if (!selections || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => selectValue(item, selections, schema, names));
    return items.includes(missing) ? missing : items;
  }
  return isData(value) ? select(value, selections, schema, names) : missing;
}

function hasKey(value: unknown, key: readonly KeyField[]): boolean {
  if (Array.isArray(value)) return value.every((item) => hasKey(item, key));
  if (!isData(value)) return false;
  return key.every(({ name, fields }) => {
    const part = Object.hasOwn(value, name) ? value[name] : undefined;
    return part !== undefined && part !== null && (!fields || hasKey(part, fields));
  });
}
