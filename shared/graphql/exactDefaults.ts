import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  valueFromAST,
  visit,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InputValueDefinitionNode,
} from "graphql";
import { isData } from "./data.ts";
import { hasInexactNumber, literalValue } from "./exactLiterals.ts";
import { isRawNumber } from "./losslessJson.ts";

/**
 * Has a schema that was built of SDL keep the defaults of its arguments and input fields as they are written, where numbers in scalars of
 * its own are such that no JavaScript number holds. Introspection of it is then to be read with `exactIntrospection`.
 */
export function keepDefaultsExact(schema: GraphQLSchema): void {
  const types = Object.values(schema.getTypeMap());
  const inputs = [...types.flatMap(inputsOf), ...schema.getDirectives().flatMap(({ args }) => args)];
  const given = inputs.filter(({ astNode }) => astNode?.defaultValue);
  if (!given.some(({ defaultValue }) => typeof defaultValue === "object") && !given.some(isInexact)) return;
  for (const type of types) {
    if (!isScalarType(type) || isSpecifiedScalarType(type)) continue;
    type.parseLiteral = literalValue;
    type.serialize = marked;
  }
  for (const input of given.filter(isInexact))
    input.defaultValue = valueFromAST(input.astNode?.defaultValue, input.type);
}

function isInexact({ astNode }: GraphQLArgument | GraphQLInputField): boolean {
  return astNode?.defaultValue !== undefined && hasInexactNumber(astNode.defaultValue);
}

/** A schema's SDL with its defaults as they are written in another one, where numbers in these are such that no JavaScript number holds. */
export function withDefaultsOf(written: DocumentNode, schema: DocumentNode): DocumentNode {
  const exact = new Map<string, ConstValueNode>();
  eachInput(written, (place, { defaultValue }) => {
    if (defaultValue && hasInexactNumber(defaultValue)) exact.set(place, defaultValue);
    return undefined;
  });
  if (!exact.size) return schema;
  return eachInput(schema, (place, node) => {
    const defaultValue = exact.get(place);
    return defaultValue && node.defaultValue ? { ...node, defaultValue } : undefined;
  });
}

type EachInput = (place: string, node: InputValueDefinitionNode) => InputValueDefinitionNode | undefined;

function eachInput(document: DocumentNode, map: EachInput): DocumentNode {
  return visit(document, {
    InputValueDefinition(node, _key, _parent, _path, above) {
      const names = above.flatMap((one) => ("name" in one && one.name ? [one.name.value] : []));
      return map([...names, node.name.value].join("."), node);
    },
  });
}

/** The arguments, or the input fields, of a type. */
export function inputsOf(type: GraphQLNamedType): readonly (GraphQLArgument | GraphQLInputField)[] {
  if (isInputObjectType(type)) return Object.values(type.getFields());
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ args }) => args);
}

// graphql-js writes a default out of its value: of a scalar's own it writes a JavaScript number or a string, and nothing else.
const MARK = `literal ${crypto.randomUUID()} `;
const marks = new RegExp(`"${MARK}((?:[^"\\\\]|\\\\.)*)"`, "g");

function marked(value: unknown): unknown {
  return typeof value === "object" && value !== null ? `${MARK}${textOf(value)}` : value;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  if (!isData(value) || isRawNumber(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${textOf(inner)}`);
  return `{${fields.join(", ")}}`;
}

/** The data that introspection of a schema answers, with the defaults as they are written. */
export function exactIntrospection<Data>(schema: GraphQLSchema, data: Data): Data {
  const isMarked = Object.values(schema.getTypeMap()).some(
    (type) => isScalarType(type) && type.serialize === marked,
  );
  return isMarked ? (unmarked(data) as Data) : data;
}

function unmarked(value: unknown): unknown {
  if (typeof value === "string")
    return value.replace(marks, (_, text: string) => JSON.parse(`"${text}"`) as string);
  if (Array.isArray(value)) return value.map(unmarked);
  if (!isData(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unmarked(inner)]));
}
