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
  const functions: string[] = [];
  const scope: Record<string, unknown> = { leave, ...leafReaders };
  let count = 0;

  const define = (parameter: string, body: string): string => {
    const name = `f${count++}`;
    functions.push(`function ${name}(${parameter}) { ${body} }`);
    return name;
  };

  const object = (
    type: GraphQLObjectType,
    fields: readonly AnsweredField[],
    at: Supply | undefined,
  ): string => {
    const parts = fields.map((field) => `${keyOf(field)}: ${fieldValue(type, field, at)}`);
    const name = JSON.stringify(type.name);
    const checks = `if (o === null || typeof o !== "object" || Array.isArray(o)) leave(); const t = o.__typename; if (t !== undefined && t !== ${name}) leave();`;
    return define("o", `${checks} return { ${parts.join(", ")} };`);
  };

  const fieldValue = (type: GraphQLObjectType, field: AnsweredField, at: Supply | undefined): string => {
    const { privateName: name } = field;
    if (field.type) return value(field.type, field, `o[${JSON.stringify(name)}]`, at?.fields.get(name));
    return field.nodes[0]?.name.value === "__typename" ? JSON.stringify(type.name) : "leave()";
  };

  /** An expression for a value. */
  const value = (
    type: GraphQLOutputType,
    field: AnsweredField,
    read: string,
    at: Supply | undefined,
  ): string => {
    if (count > mostFunctions) return "leave()";
    if (isNonNullType(type)) return `${reader(type.ofType, field, at)}(${read})`;
    if (isLeafType(type)) return `${nullableReader(reader(type, field, at), scope)}(${read})`;
    return `${define("v", `return v === null ? null : ${reader(type, field, at)}(v);`)}(${read})`;
  };

  /** The name of a function that reads a value that is not null. */
  const reader = (type: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string => {
    if (isLeafType(type)) return leafReader(type, scope);
    const plain = isListType(type) ? list(type.ofType, field, at) : composite(type, field, at);
    if (!at?.isShared) return plain;
    const memo = JSON.stringify(`$${plain}`);
    return define(
      "v",
      `if (v === null || typeof v !== "object") leave(); return v[${memo}] ??= ${plain}(v);`,
    );
  };

  const list = (itemType: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string => {
    const item = value(itemType, field, "v[i]", at && { ...at, isShared: false });
    const loop = `const n = v.length; const l = new Array(n); for (let i = 0; i < n; i++) l[i] = ${item}; return l;`;
    return define("v", `if (!Array.isArray(v)) leave(); ${loop}`);
  };

  const composite = (type: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string => {
    if (isObjectType(type)) return object(type, selections.under(field, type), at);
    if (!isAbstractType(type)) return "leave";
    const cases = schema.getPossibleTypes(type).map((possible) => {
      const read = object(possible, selections.under(field, possible), at);
      return `case ${JSON.stringify(possible.name)}: return ${read}(o);`;
    });
    return define("o", `switch (o?.__typename) { ${cases.join(" ")} } leave();`);
  };

  const root = object(rootType, rootFields, supply);
  if (count > mostFunctions) return null;
  return generated(`(() => { ${functions.join("\n")} return ${root}; })()`, scope);
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
