import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import { possibleObjectTypes } from "#shared/graphql/typeConditions.ts";
import { generatedByForm, fallBack } from "./codeGeneration.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import { leafText as scalarText } from "../operation/leafValues.ts";
import { linkOf, ownerOf, FieldReads, type FieldSources } from "./fieldSources.ts";
import type { SupergraphFacts } from "../planning/supergraphFacts.ts";

/** The entities to ask for: their representations as JSON, each once, and which of these each object's is; -1 where it has none. */
export interface Represented {
  readonly texts: readonly string[];
  readonly places: readonly number[];
}

/**
 * Represents objects for a fetch; those of a type that the fetch is not for have no representation. `isRaw` says that the leaves of
 * these objects are JSON already.
 */
export type Represent = (objects: readonly Data[], isRaw: boolean) => Represented;

/** Generates the representations of a fetch; null when they are not plain enough for that. */
export function compileRepresentation(
  { node, subgraph }: PlannedFetch,
  at: FieldSources,
  schema: GraphQLSchema,
  facts: SupergraphFacts,
): Represent | null {
  const source = new RepresentationSource();
  const cases = new Map<string, string>();
  for (const selection of node.requires ?? []) {
    if (selection.kind !== "InlineFragment" || !selection.typeCondition) return null;
    for (const { name: typeName } of possibleObjectTypes(schema, schema.getType(selection.typeCondition))) {
      const keys = new Set(facts.keysOf(subgraph, typeName).flatMap((key) => key.map((field) => field.name)));
      const fields = representedFields(selection.selections, at, (name) => keys.has(name));
      if (!fields?.some(({ name }) => name !== "__typename") || cases.has(typeName)) return null;
      cases.set(typeName, source.caseOf(typeName, cases.size, fields, at));
    }
  }
  return source.finish([...cases.values()]);
}

interface RepresentedField {
  readonly name: string;
  readonly isKey: boolean;
  readonly fields: readonly RepresentedField[] | null;
  /** Where an object may have it: in itself (null), or in what a further fetch brought for it. */
  readonly links: readonly (symbol | null)[];
}

function representedFields(
  selections: readonly QueryPlanSelectionNode[],
  at: FieldSources | undefined,
  isKeyField: (name: string) => boolean,
): RepresentedField[] | null {
  const fields: RepresentedField[] = [];
  for (const selection of selections) {
    if (selection.kind !== "Field") return null;
    const name = selection.alias ?? selection.name;
    const isKey = isKeyField(name);
    const sources = at?.fields.get(name);
    const inner = selection.selections ? representedFields(selection.selections, sources, () => isKey) : null;
    if (selection.selections && !inner) return null;
    const links = sources?.sources.map((one) => (at && ownerOf(at) === one ? null : linkOf(one))) ?? [null];
    fields.push({ name, isKey, fields: inner, links });
  }
  return fields;
}

/** The source of a fetch's representations while it is being written. */
class RepresentationSource {
  readonly #scope: Record<string, unknown> = { fallBack, ...leafTexts };
  readonly #reads = new FieldReads(this.#scope);

  // Many objects stand for one entity: the first field finds those that have been represented, the others only confirm it.
  caseOf(typeName: string, number: number, fields: readonly RepresentedField[], at: FieldSources): string {
    const shown = fields.filter(({ name }) => name !== "__typename");
    const values = shown.map(({ name }, i) => `const r${i} = ${this.#reads.field(at, "o", name)};`);
    const same = shown.map((_, i) => ` && known.r${i} === r${i}`);
    const pieces = fields.map(
      (field, i) =>
        JSON.stringify(`${i ? "," : "{"}${JSON.stringify(field.name)}:`) +
        ` + ${this.#text(typeName, field, shown.indexOf(field))}`,
    );
    return `case ${JSON.stringify(typeName)}: {
      ${values.join(" ")}
      const known = firsts.get(r0);
      if (known !== undefined && known.type === ${number}${same.join("")}) { places[i] = known.place; break; }
      const place = (places[i] = placeOf(${pieces.join(" + ")} + "}"));
      if (known === undefined) firsts.set(r0, { type: ${number}, place${shown.map((_, i) => `, r${i}`).join("")} });
      break;
    }`;
  }

  finish(cases: readonly string[]): Represent {
    const scope = this.#scope;
    const representing = generatedByForm<"parsed" | "raw", (objects: readonly Data[]) => Represented>(
      `(objects) => {
        const texts = [], places = new Array(objects.length), firsts = new Map(), byText = new Map();
        const placeOf = (text) => {
          let place = byText.get(text);
          if (place === undefined) byText.set(text, (place = texts.push(text) - 1));
          return place;
        };
        for (let i = 0; i < objects.length; i++) {
          const o = objects[i];
          switch (o.__typename) {
            ${cases.join("\n")}
            default: if (typeof o.__typename !== "string") fallBack(); places[i] = -1;
          }
        }
        return { texts, places };
      }`,
      { parsed: scope, raw: { ...scope, ...rawLeafTexts } },
    );
    return (objects, isRaw) => representing(isRaw ? "raw" : "parsed")(objects);
  }

  #text(typeName: string, { name, isKey, fields }: RepresentedField, index: number): string {
    if (name === "__typename") return JSON.stringify(JSON.stringify(typeName));
    if (!fields) return `leafText(r${index}, ${isKey})`;
    const inner = `fields${Object.keys(this.#scope).length}`;
    this.#scope[inner] = fields;
    return `nestedText(r${index}, ${inner}, ${isKey})`;
  }
}

type LeafText = (value: unknown, isKey: boolean) => string;

/** How what is represented is written, with this way to write leaves. */
function textsWith(leafText: LeafText) {
  const nestedText = (value: unknown, fields: readonly RepresentedField[], isKey: boolean): string => {
    if (value === null) return isKey ? fallBack() : "null";
    if (Array.isArray(value)) return `[${value.map((item) => nestedText(item, fields, isKey)).join(",")}]`;
    return typeof value === "object" ? objectText(value as Data, fields) : fallBack();
  };
  const objectText = (value: Data, fields: readonly RepresentedField[]): string => {
    const members = fields.map(({ name, fields: inner, isKey, links }) => {
      const part = read(value, name, links);
      if (name === "__typename")
        return `"__typename":${typeof part === "string" ? JSON.stringify(part) : fallBack()}`;
      return `${JSON.stringify(name)}:${inner ? nestedText(part, inner, isKey) : leafText(part, isKey)}`;
    });
    return `{${members.join(",")}}`;
  };
  return { leafText, nestedText };
}

function read(value: Data, name: string, links: readonly (symbol | null)[]): unknown {
  for (const link of links) {
    const holder = link ? (value as Record<symbol, Data | undefined>)[link] : value;
    if (holder?.[name] !== undefined) return holder[name];
  }
  return undefined;
}

// A null within a key is rare and takes looking at all keys: the interpreter does.
const leafTexts = textsWith((value, isKey) => {
  if (value === null && isKey) fallBack();
  if (typeof value === "string" || value === null) return JSON.stringify(value);
  if (typeof value === "object") return scalarText(value) ?? fallBack();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : fallBack();
});

const rawLeafTexts = textsWith(rawLeafText);

function rawLeafText(value: unknown, isKey: boolean): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map((item) => rawLeafText(item, false)).join(",")}]`;
  return value === null && !isKey ? "null" : fallBack();
}
