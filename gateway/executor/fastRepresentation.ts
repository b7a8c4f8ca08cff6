import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import { isAbstractType, isObjectType, type GraphQLSchema } from "graphql";
import { leave } from "./codeGeneration.ts";
import type { CompiledFetch } from "./compiledFetch.ts";
import type { SupergraphFacts } from "./supergraphFacts.ts";

type Data = Record<string, unknown>;

/** An entity's representation as JSON text; null for an entity of a type that this fetch is not for. */
export type Represent = (entity: Data) => string | null;

interface RepresentedField {
  readonly name: string;
  readonly start: string;
  readonly isKey: boolean;
  readonly fields: readonly RepresentedField[] | null;
}

/** Prepares the representations of a fetch, by type; null when they are not plain enough to be prepared. */
export function compileRepresentation(
  { node, subgraph }: CompiledFetch,
  schema: GraphQLSchema,
  facts: SupergraphFacts,
): Represent | null {
  const byType = new Map<string, readonly RepresentedField[]>();
  for (const selection of node.requires ?? []) {
    if (selection.kind !== "InlineFragment" || !selection.typeCondition) return null;
    for (const typeName of objectTypes(selection.typeCondition, schema)) {
      const keys = new Set(facts.keysOf(subgraph, typeName).flatMap((key) => key.map((field) => field.name)));
      const fields = representedFields(selection.selections, keys);
      if (!fields || byType.has(typeName)) return null;
      byType.set(typeName, fields);
    }
  }
  return (entity) => {
    const typeName = entity["__typename"];
    if (typeof typeName !== "string") return leave();
    const fields = byType.get(typeName);
    return fields ? objectText(entity, fields) : null;
  };
}

function objectTypes(name: string, schema: GraphQLSchema): string[] {
  const type = schema.getType(name);
  if (isObjectType(type)) return [name];
  return isAbstractType(type) ? schema.getPossibleTypes(type).map((possible) => possible.name) : [];
}

function representedFields(
  selections: readonly QueryPlanSelectionNode[],
  keys: ReadonlySet<string> | null,
): RepresentedField[] | null {
  const fields: RepresentedField[] = [];
  for (const selection of selections) {
    if (selection.kind !== "Field") return null;
    const name = selection.alias ?? selection.name;
    const inner = selection.selections ? representedFields(selection.selections, null) : null;
    if (selection.selections && !inner) return null;
    const start = `${fields.length ? "," : ""}${JSON.stringify(name)}:`;
    fields.push({ name, start, isKey: keys?.has(name) ?? false, fields: inner });
  }
  return fields;
}

function objectText(value: Data, fields: readonly RepresentedField[]): string {
  let text = "{";
  for (const { name, start, isKey, fields: inner } of fields) {
    const part = value[name];
    // A null within a key is rare and takes looking at all keys: the exact lane does.
    if (isKey && (part === null || (inner && hasNull(part)))) leave();
    text += start + (inner ? nestedText(part, inner) : leafText(part));
  }
  return `${text}}`;
}

function nestedText(value: unknown, fields: readonly RepresentedField[]): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `[${value.map((item) => nestedText(item, fields)).join(",")}]`;
  return typeof value === "object" ? objectText(value as Data, fields) : leave();
}

function leafText(value: unknown): string {
  const kind = typeof value;
  if (kind === "string" || kind === "object") return JSON.stringify(value);
  return kind === "number" || kind === "boolean" ? String(value) : leave();
}

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === "object" && Object.values(value).some(hasNull);
}
