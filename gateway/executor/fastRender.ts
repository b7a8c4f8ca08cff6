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

/** Writes an operation's data as JSON text, straight from the subgraphs' data. */
export type Render = (data: object) => string;

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
  const scope: Record<string, unknown> = { leave, ...leafWriters };
  let count = 0;

  const define = (parameters: string, body: string): string => {
    const name = `f${count++}`;
    functions.push(`function ${name}(${parameters}) { ${body} }`);
    return name;
  };

  const object = (
    type: GraphQLObjectType,
    fields: readonly AnsweredField[],
    at: Supply | undefined,
  ): string => {
    const parts = fields.map((field, index) => {
      const start = JSON.stringify(`${index ? "," : ""}${JSON.stringify(field.key)}:`);
      if (field.type)
        return `${start} + ${value(field.type, field, `o[${JSON.stringify(field.privateName)}]`, at?.fields.get(field.privateName))}`;
      return field.nodes[0]?.name.value === "__typename"
        ? `${start} + ${JSON.stringify(JSON.stringify(type.name))}`
        : "leave()";
    });
    const typeName = JSON.stringify(type.name);
    const checks = `if (o === null || typeof o !== "object" || Array.isArray(o)) leave(); const t = o.__typename; if (t !== undefined && t !== ${typeName}) leave();`;
    return define("o", `${checks} return "{" + ${[...parts, '"}"'].join(" + ")};`);
  };

  /** An expression that writes a value. */
  const value = (
    type: GraphQLOutputType,
    field: AnsweredField,
    read: string,
    at: Supply | undefined,
  ): string => {
    if (count > mostFunctions) return "leave()";
    if (isNonNullType(type)) return `${writer(type.ofType, field, at)}(${read})`;
    return `${define("v", `return v === null ? "null" : ${writer(type, field, at)}(v);`)}(${read})`;
  };

  /** The name of a function that writes a value that is not null. */
  const writer = (type: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string => {
    if (isLeafType(type)) return leafWriter(type, scope);
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
    const loop = `let s = "["; for (let i = 0; i < v.length; i++) { if (i) s += ","; s += ${item}; } return s + "]";`;
    return define("v", `if (!Array.isArray(v)) leave(); ${loop}`);
  };

  const composite = (type: GraphQLOutputType, field: AnsweredField, at: Supply | undefined): string => {
    if (isObjectType(type)) return object(type, selections.under(field, type), at);
    if (!isAbstractType(type)) return "leave";
    const cases = schema.getPossibleTypes(type).map((possible) => {
      const write = object(possible, selections.under(field, possible), at);
      return `case ${JSON.stringify(possible.name)}: return ${write}(o);`;
    });
    return define("o", `switch (o?.__typename) { ${cases.join(" ")} } leave();`);
  };

  const root = object(rootType, rootFields, supply);
  if (count > mostFunctions) return null;
  return generated(`(() => { ${functions.join("\n")} return ${root}; })()`, scope);
}

function leafWriter(type: GraphQLLeafType, scope: Record<string, unknown>): string {
  if (isEnumType(type)) {
    const values = new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
    scope[`enum_${type.name}`] = (value: unknown) => values.get(value as string) ?? leave();
    return `enum_${type.name}`;
  }
  return Object.hasOwn(leafWriters, `write${type.name}`) ? `write${type.name}` : "writeScalar";
}

const leafWriters = {
  writeString: (value: unknown) => (typeof value === "string" ? JSON.stringify(value) : leave()),
  writeID(value: unknown) {
    if (typeof value === "string") return JSON.stringify(value);
    return Number.isInteger(value) ? `"${value}"` : leave();
  },
  writeBoolean: (value: unknown) => (value === true ? "true" : value === false ? "false" : leave()),
  writeInt(value: unknown) {
    return typeof value === "number" && (value | 0) === value ? (value === 0 ? "0" : `${value}`) : leave();
  },
  writeFloat: (value: unknown) =>
    typeof value === "number" && Number.isFinite(value) ? JSON.stringify(value) : leave(),
  writeScalar: (value: unknown) => (value === undefined ? leave() : JSON.stringify(value)),
};
