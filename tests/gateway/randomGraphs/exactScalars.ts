import {
  Kind,
  buildSchema,
  getArgumentValues,
  isScalarType,
  valueFromAST,
  type ArgumentNode,
  type GraphQLSchema,
  type ValueNode,
} from "graphql";
import { literalValue } from "#shared/graphql/exactLiterals.ts";
import { inputsOf, keepDefaultsExact } from "#shared/graphql/exactDefaults.ts";
import { isRawNumber, numberWritten } from "#shared/graphql/losslessJson.ts";
import { commonSdl, type FieldModel } from "./model.ts";

/** Has the scalars of a random graph hold what they are given exactly: a Long is a bigint, and JSON what is written. */
export function withExactScalars(schema: GraphQLSchema): GraphQLSchema {
  keepDefaultsExact(schema);
  const [long, json] = [schema.getType("Long"), schema.getType("JSON")];
  if (isScalarType(long)) {
    long.serialize = (value) => numberWritten(String(value));
    long.parseValue = (value) => BigInt(isRawNumber(value) ? value.rawJSON : String(value));
    long.parseLiteral = (node: ValueNode) => {
      if (node.kind !== Kind.INT) throw new TypeError("A Long is an integer.");
      return BigInt(node.value);
    };
  }
  if (isScalarType(json)) {
    json.serialize = (value) => value;
    json.parseLiteral = literalValue;
  }
  recomputeDefaults(schema);
  return schema;
}

// They were read while the scalars were still as graphql-js makes them.
function recomputeDefaults(schema: GraphQLSchema): void {
  for (const input of Object.values(schema.getTypeMap()).flatMap(inputsOf)) {
    const literal = input.astNode?.defaultValue;
    if (literal) input.defaultValue = valueFromAST(literal, input.type);
  }
}

const fieldsByArguments = new Map<string, GraphQLSchema>();

/** The arguments that a field gets by what is written. */
export function argumentsOf(
  { args }: FieldModel,
  written: readonly ArgumentNode[] = [],
): Readonly<Record<string, unknown>> {
  if (!args.length) return {};
  const text = args.map(({ name, type }) => `${name}: ${type}`).join(" ");
  let schema = fieldsByArguments.get(text);
  if (!schema) {
    schema = withExactScalars(buildSchema(`${commonSdl} type Query { field(${text}): Int }`));
    fieldsByArguments.set(text, schema);
  }
  const field = schema.getQueryType()!.getFields()["field"]!;
  const node = {
    kind: Kind.FIELD as const,
    name: { kind: Kind.NAME as const, value: "field" },
    arguments: written,
  };
  return getArgumentValues(field, node);
}

/** Arguments as text: the same for the same, whoever was asked how. */
export function argumentsText(given: unknown): string {
  if (typeof given === "bigint") return String(given);
  if (Array.isArray(given)) return `[${given.map(argumentsText).join()}]`;
  if (typeof given !== "object" || given === null || isRawNumber(given)) return JSON.stringify(given) ?? "";
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return `{${entries
    .map(([name, value]) => `${name}:${argumentsText(value)}`)
    .sort()
    .join()}}`;
}
