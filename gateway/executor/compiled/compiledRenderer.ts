import {
  GraphQLID,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import { rootTypeNames } from "#shared/graphql/rootTypes.ts";
import { generatedByForm, fallBack } from "./codeGeneration.ts";
import { leafText, leafValueOf } from "../operation/leafValues.ts";
import { ownerOf, FieldReads, type FieldSources } from "./fieldSources.ts";
import type { CollectedField, CollectedFields } from "../operation/collectedFields.ts";

/** Writes an operation's data, as clients get it, as JSON from the subgraphs' data. */
export type Renderer = (data: object, form: DataForm) => string;

/**
 * What the leaves of subgraphs' data are: values; values of which no string needs to be escaped, as is the case when no answer had a
 * backslash in it; or the JSON that they were in their answers, null aside.
 */
export type DataForm = "parsed" | "plain" | "raw";

const mostFunctions = 2_000;

/**
 * Generates the renderer of one operation: a function for each selection of each type, which checks what it reads and leaves the
 * compiled executor at anything a type does not allow. What an entity fetch brought is written once, however often it is shown. Null when
 * the operation would need too many functions.
 */
export function compileRenderer(
  rootFields: readonly CollectedField[],
  rootType: GraphQLObjectType,
  selections: CollectedFields,
  { schema, sources, mostBytes }: Rendered,
): Renderer | null {
  return new RenderSource(selections, schema, mostBytes).finish(rootType, rootFields, sources);
}

/** What the data is of, and how much may be written of it. */
interface Rendered {
  readonly schema: GraphQLSchema;
  readonly sources: FieldSources;
  readonly mostBytes: number;
}

/** Thrown by a renderer as soon as a list has become longer than the whole answer may be. */
export class TooMuchText extends Error {
  readonly bytes: number;

  constructor(bytes: number) {
    super("The answer is too long.");
    this.bytes = bytes;
  }
}

/** The source of a renderer while it is being written. */
class RenderSource {
  readonly #selections: CollectedFields;
  readonly #schema: GraphQLSchema;
  readonly #functions: string[] = [];
  readonly #scope: Record<string, unknown> = { fallBack, ...leafWriters };
  readonly #rawEnums: Record<string, unknown> = {};
  readonly #reads = new FieldReads(this.#scope);
  readonly #roots: readonly string[];

  constructor(selections: CollectedFields, schema: GraphQLSchema, mostBytes: number) {
    this.#selections = selections;
    this.#schema = schema;
    this.#roots = rootTypeNames(schema);
    Object.assign(this.#scope, {
      mostBytes,
      tooMuch(text: string) {
        throw new TooMuchText(text.length);
      },
    });
  }

  finish(
    rootType: GraphQLObjectType,
    rootFields: readonly CollectedField[],
    sources: FieldSources,
  ): Renderer | null {
    const root = this.#object(rootType, rootFields, sources);
    if (this.#functions.length > mostFunctions) return null;
    const source = `(() => { ${this.#functions.join("\n")} return ${root}; })()`;
    const scope = this.#scope;
    const rendering = generatedByForm<DataForm, (data: object) => string>(source, {
      parsed: scope,
      plain: { ...scope, ...plainWriters },
      raw: { ...scope, ...rawWriters, ...this.#rawEnums },
    });
    return (data, form) => rendering(form)(data);
  }

  #define(parameter: string, body: string): string {
    const name = `f${this.#functions.length}`;
    this.#functions.push(`function ${name}(${parameter}) { ${body} }`);
    return name;
  }

  #object(type: GraphQLObjectType, fields: readonly CollectedField[], at: FieldSources | undefined): string {
    const name = JSON.stringify(type.name);
    const isObject = `if (o === null || typeof o !== "object" || Array.isArray(o)) fallBack();`;
    // A subgraph may call a root type otherwise.
    const isOfType = this.#roots.includes(type.name)
      ? ""
      : `const t = o.__typename; if (t !== undefined && t !== ${name}) fallBack();`;
    const members = runsOf(fields, at).map((run) => this.#run(type, run, at, run.fields[0] === fields[0]));
    return this.#define("o", `${isObject} ${isOfType} return "{" + ${[...members, '"}"'].join(" + ")};`);
  }

  /** An expression for the text of fields that stand beside each other and come from one fetch. */
  #run(type: GraphQLObjectType, run: FieldRun, at: FieldSources | undefined, isFirst: boolean): string {
    const members = (object: string, from: FieldSources | undefined) =>
      run.fields.map((field, index) => {
        const start = `${isFirst && index === 0 ? "" : ","}${JSON.stringify(field.key)}:`;
        return `${JSON.stringify(start)} + ${this.#fieldValue(type, field, object, from)}`;
      });
    if (run.source === null) return members("o", at).join(" + ");
    const fetched = at && { ...at, sources: [run.source] };
    const text = `texts${Object.keys(this.#scope).length}`;
    this.#scope[text] = Symbol("the text of some fields");
    const written = this.#define(
      "o",
      `if (o === undefined) fallBack(); return (o[${text}] ??= ${members("o", fetched).join(" + ")});`,
    );
    return `${written}(${this.#reads.link("o", run.source)})`;
  }

  #fieldValue(
    type: GraphQLObjectType,
    field: CollectedField,
    object: string,
    at: FieldSources | undefined,
  ): string {
    const { internalAlias: name } = field;
    if (field.type)
      return this.#value(field.type, field, this.#reads.field(at, object, name), at?.fields.get(name));
    return field.nodes[0]?.name.value === "__typename"
      ? JSON.stringify(JSON.stringify(type.name))
      : "fallBack()";
  }

  /** An expression for a value's text. */
  #value(type: GraphQLOutputType, field: CollectedField, read: string, at: FieldSources | undefined): string {
    if (this.#functions.length > mostFunctions) return "fallBack()";
    if (isNonNullType(type)) return `${this.#writer(type.ofType, field, at)}(${read})`;
    const writer = this.#writer(type, field, at);
    return `${this.#define("v", `return v === null ? "null" : ${writer}(v);`)}(${read})`;
  }

  /** The name of a function that writes a value that is not null. */
  #writer(type: GraphQLOutputType, field: CollectedField, at: FieldSources | undefined): string {
    if (isLeafType(type)) return this.#leafWriter(type);
    return isListType(type) ? this.#list(type.ofType, field, at) : this.#composite(type, field, at);
  }

  #leafWriter(type: GraphQLLeafType): string {
    if (!isEnumType(type))
      return Object.hasOwn(leafWriters, `write${type.name}`) ? `write${type.name}` : "writeScalar";
    const name = `enum_${type.name}`;
    const texts = new Map(type.getValues().map((one) => [one.name, `"${one.name}"`]));
    const raw = new Set(texts.values());
    this.#scope[name] ??= (value: string) => texts.get(value) ?? fallBack();
    this.#rawEnums[name] ??= (text: string) => (raw.has(text) ? text : fallBack());
    return name;
  }

  #list(itemType: GraphQLOutputType, field: CollectedField, at: FieldSources | undefined): string {
    const written = this.#define("v", `return ${this.#value(itemType, field, "v", at)};`);
    // Text is put together when it is looked at: its length is known before that.
    const loop = `for (let i = 1; i < n; i++) { text += "," + ${written}(v[i]); if (text.length > mostBytes) tooMuch(text); }`;
    const isList = `if (!Array.isArray(v)) fallBack(); const n = v.length; if (n === 0) return "[]";`;
    return this.#define("v", `${isList} let text = "[" + ${written}(v[0]); ${loop} return text + "]";`);
  }

  #composite(type: GraphQLOutputType, field: CollectedField, at: FieldSources | undefined): string {
    if (isObjectType(type)) return this.#object(type, this.#selections.under(field, type), at);
    if (!isAbstractType(type)) return "fallBack";
    const cases = this.#schema.getPossibleTypes(type).map((possible) => {
      const write = this.#object(possible, this.#selections.under(field, possible), at);
      return `case ${JSON.stringify(possible.name)}: return ${write}(o);`;
    });
    return this.#define("o", `switch (o?.__typename) { ${cases.join(" ")} } fallBack();`);
  }
}

/** Fields beside each other that one fetch brought; null for those of the object itself, or of several fetches. */
interface FieldRun {
  readonly source: number | null;
  readonly fields: CollectedField[];
}

function runsOf(fields: readonly CollectedField[], at: FieldSources | undefined): FieldRun[] {
  const runs: FieldRun[] = [];
  for (const field of fields) {
    const sources = (field.type && at?.fields.get(field.internalAlias)?.sources) || [];
    const [first = null] = sources;
    const source = sources.length === 1 && at && first !== ownerOf(at) ? first : null;
    const last = runs.at(-1);
    if (last && last.source === source) last.fields.push(field);
    else runs.push({ source, fields: [field] });
  }
  return runs;
}

const leafWriters = {
  writeString: (value: unknown) => (typeof value === "string" ? JSON.stringify(value) : fallBack()),
  writeID: (value: unknown) => {
    return typeof value === "string" ? JSON.stringify(value) : numberAsId(value);
  },
  writeBoolean: (value: unknown) => (typeof value === "boolean" ? String(value) : fallBack()),
  writeInt: (value: unknown) =>
    typeof value === "number" && (value | 0) === value ? `${value}` : fallBack(),
  writeFloat: (value: unknown) =>
    typeof value === "number" && Number.isFinite(value) ? `${value}` : fallBack(),
  writeScalar: (value: unknown) => {
    if (value === undefined || value === null) return fallBack();
    return typeof value === "object" ? (leafText(value) ?? fallBack()) : JSON.stringify(value);
  },
};

function numberAsId(value: unknown): string {
  const id = leafValueOf(GraphQLID, value);
  return typeof id === "string" ? `"${id}"` : fallBack();
}

const plainWriters = {
  writeString: (value: unknown) => (typeof value === "string" ? `"${value}"` : fallBack()),
  writeID: (value: unknown) => (typeof value === "string" ? `"${value}"` : numberAsId(value)),
};

const rawText = (text: unknown) => (typeof text === "string" ? text : fallBack());
const rawWriters = Object.fromEntries(Object.keys(leafWriters).map((name) => [name, rawText]));
