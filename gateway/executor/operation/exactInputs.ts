import {
  GraphQLError,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  isInputType,
  isSpecifiedScalarType,
  typeFromAST,
  type ConstValueNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from "graphql";
import { isData } from "#shared/graphql/data.ts";
import { hasInexactNumber, literalValue } from "#shared/graphql/exactLiterals.ts";
import { isDouble, isRawNumber, type RawNumber } from "#shared/graphql/losslessJson.ts";

/**
 * What a client gives for variables, and the defaults that stand in, ready to be coerced where there are numbers that no JavaScript number
 * holds: in a scalar of the graph's own they stay as they were written, and an ID becomes the string of its digits. Throws a GraphQLError
 * for one that its type cannot hold; nothing is rounded. A Float is a double: digits that a double is written with are one.
 */
export function exactInputs(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  let exact: Record<string, unknown> | undefined;
  for (const { variable, type: node, defaultValue } of definitions) {
    const name = variable.name.value;
    const given = givenFor(name, inputs, defaultValue);
    const type = given !== undefined && hasRawNumber(given) ? typeFromAST(schema, node as never) : undefined;
    if (!isInputType(type)) continue;
    exact ??= { ...inputs };
    exact[name] = exactValue(given, type, name);
  }
  return exact ?? inputs;
}

function givenFor(
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  defaultValue: ConstValueNode | undefined,
): unknown {
  if (Object.hasOwn(inputs, name)) return inputs[name];
  return defaultValue && hasInexactNumber(defaultValue) ? literalValue(defaultValue) : undefined;
}

function hasRawNumber(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isRawNumber(value) || Object.values(value).some(hasRawNumber);
}

function exactValue(value: unknown, type: GraphQLInputType, variable: string): unknown {
  if (isNonNullType(type)) return exactValue(value, type.ofType, variable);
  if (isListType(type)) {
    const { ofType } = type;
    return Array.isArray(value)
      ? value.map((item) => exactValue(item, ofType, variable))
      : exactValue(value, ofType, variable);
  }
  if (isRawNumber(value)) return exactNumber(value, type, variable);
  if (!isInputObjectType(type) || !isData(value)) return value;
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, field ? exactValue(inner, field.type, variable) : inner];
    }),
  );
}

function exactNumber(value: RawNumber, type: GraphQLInputType, variable: string): unknown {
  const { rawJSON: text } = value;
  if (isScalarType(type) && !isSpecifiedScalarType(type)) return value;
  const name = String(type);
  if (name === "ID" && /^-?\d+$/.test(text)) return text;
  if (name === "Float" && isDouble(text)) return Number(text);
  throw new GraphQLError(
    `Variable "$${variable}" got invalid value ${text}: ${name} cannot hold it as it is.`,
  );
}
