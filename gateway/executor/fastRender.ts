import {
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
import { generated, leave } from "./codeGeneration.ts";
import type { Supply } from "./fastPlan.ts";
import type { AnsweredField, Selections } from "./selections.ts";

/** Makes an operation's data, as clients get it, from the subgraphs' data. */
export type Render = (data: object) => Record<string, unknown>;

const mostFunctions = 2_000;

/**
 * Generates the renderer of one operation: a function for each selection of each type, which checks what it reads and leaves the
 * fast lane at anything a type does not allow. What an entity fetch supplied is rendered once, however often it is shown. Null when
 * the operation would need too many functions.
 */
export function compileRender(
  rootFields: readonly AnsweredField[],
  rootType: GraphQLObjectType,
  selections: Selections,
  schema: GraphQLSchema,
  supply: Supply,
): Render | null {
  return new RenderSource(selections, schema).finish(rootType, rootFields, supply);
}

/** The source of a renderer while it is being written. */
class RenderSource {
  readonly #selections: Selections;
  readonly #schema: GraphQLSchema;
  readonly #functions: string[] = [];
  readonly #scope: Record<string, unknown> = { leave, ...leafReaders };

  constructor(selections: Selections, schema: GraphQLSchema) {
    this.#selections = selections;
    this.#schema = schema;
  }

  finish(rootType: GraphQLObjectType, rootFields: readonly AnsweredField[], supply: Supply): Render | null {
    const root = this.#object(rootType, rootFields, supply);
    if (this.#functions.length > mostFunctions) return null;
    return generated(`(() => { ${this.#functions.join("\n")} return ${root}; })()`, this.#scope);
  }

  #define(parameter: string, body: string): string {
    const name = `f${this.#functions.length}`;
    this.#functions.push(`function ${name}(${parameter}) { ${body} }`);
    return name;
  }

  #object(type: GraphQLObjectType, fields: readonly AnsweredField[], at: Supply | undefined): string {
    const parts = fields.map((field) => `${keyOf(field)}: ${this.#fieldValue(type, field, at)}`);
    const name = JSON.stringify(type.name);
    const isObject = `if (o === null || typeof o !== "object" || Array.isArray(o)) leave();`;
    const isOfType = `const t = o.__typename; if (t !== undefined && t !== ${name}) leave();`;
    return this.#define("o", `${isObject} ${isOfType} return { ${parts.join(", ")} };`);
  }

  #fieldValue(type: GraphQLObjectType, field: AnsweredField, at: Supply | undefined): string {
    const { privateName: name } = field;
    if (field.type) return this.#value(field.type, field, `o[${JSON.stringify(name)}]`, at?.fields.get(name));
    return field.nodes[0]?.name.value === "__typename" ? JSON.stringify(type.name) : "leave()";
  }

  /** An expression for a value. */
  #value(type: GraphQLOutputType, field: AnsweredField, read: string, at: Supply | undefined): string {
    if (this.#functions.length > mostFunctions) return "leave()";
    if (isNonNullType(type)) return `${this.#reader(type.ofType, field, at)}(${read})`;
    const reader = this.#reader(type, field, at);
    if (isLeafType(type)) return `${nullableReader(reader, this.#scope)}(${read})`;
    return `${this.#define("v", `return v === null ? null : ${reader}(v);`)}(${read})`;
  }

  /** The name of a function that reads a value that is not null. */
  #reader(type: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string {
    if (isLeafType(type)) return leafReader(type, this.#scope);
    const plain = isListType(type) ? this.#list(type.ofType, field, at) : this.#composite(type, field, at);
    if (!at?.isShared) return plain;
    const memo = JSON.stringify(`$${plain}`);
    return this.#define(
      "v",
      `if (v === null || typeof v !== "object") leave(); return v[${memo}] ??= ${plain}(v);`,
    );
  }

  #list(itemType: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string {
    const item = this.#value(itemType, field, "v[i]", at && { ...at, isShared: false });
    const loop = `const n = v.length; const l = new Array(n); for (let i = 0; i < n; i++) l[i] = ${item}; return l;`;
    return this.#define("v", `if (!Array.isArray(v)) leave(); ${loop}`);
  }

  #composite(type: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string {
    if (isObjectType(type)) return this.#object(type, this.#selections.under(field, type), at);
    if (!isAbstractType(type)) return "leave";
    const cases = this.#schema.getPossibleTypes(type).map((possible) => {
      const read = this.#object(possible, this.#selections.under(field, possible), at);
      return `case ${JSON.stringify(possible.name)}: return ${read}(o);`;
    });
    return this.#define("o", `switch (o?.__typename) { ${cases.join(" ")} } leave();`);
  }
}

// Written out, __proto__ would set a prototype; computed, it is a name like any other.
function keyOf({ key }: AnsweredField): string {
  return key === "__proto__" ? '["__proto__"]' : JSON.stringify(key);
}

function leafReader(type: GraphQLLeafType, scope: Record<string, unknown>): string {
  if (!isEnumType(type))
    return Object.hasOwn(leafReaders, `read${type.name}`) ? `read${type.name}` : "readScalar";
  const name = `enum_${type.name}`;
  const values = new Set(type.getValues().map((one) => one.name));
  scope[name] ??= (value: unknown) => (values.has(value as string) ? value : leave());
  return name;
}

function nullableReader(reader: string, scope: Record<string, unknown>): string {
  const name = `${reader}OrNull`;
  const read = scope[reader] as (value: unknown) => unknown;
  scope[name] ??= (value: unknown) => (value === null ? null : read(value));
  return name;
}

const leafReaders = {
  readString: (value: unknown) => (typeof value === "string" ? value : leave()),
  readID: (value: unknown) =>
    typeof value === "string" ? value : Number.isInteger(value) ? String(value) : leave(),
  readBoolean: (value: unknown) => (typeof value === "boolean" ? value : leave()),
  readInt: (value: unknown) => (typeof value === "number" && (value | 0) === value ? value : leave()),
  readFloat: (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : leave()),
  readScalar: (value: unknown) => (value === undefined || value === null ? leave() : value),
};
