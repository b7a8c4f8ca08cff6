import type { GeneratorValue } from "fast-check";
import fc from "fast-check";
import {
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";

/** An operation that is valid on a schema, and variables that it takes. */
export interface RandomOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An operation of a few fields, with arguments as literals, as variables, or left out where that is allowed. */
export function randomOperation(schema: GraphQLSchema, g: GeneratorValue): RandomOperation {
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, { max: values.length - 1 })]!;
  const isSo = () => g(fc.boolean);

  const value = (type: GraphQLInputType, depth: number): unknown => {
    if (!isNonNullType(type) && g(fc.nat, { max: 5 }) === 0) return null;
    const plain = getNullableType(type);
    if (isListType(plain)) return [value(plain.ofType, depth)];
    if (isEnumType(plain)) return pick(plain.getValues()).name;
    if (isInputObjectType(plain)) {
      const fields = Object.values(plain.getFields());
      const given = fields.filter((field) => isRequiredInputField(field) || (depth > 0 && isSo()));
      return Object.fromEntries(given.map((field) => [field.name, value(field.type, depth - 1)]));
    }
    return { Int: 7, String: "s", Boolean: true, ID: "1" }[plain.name as "Int"];
  };
  const literal = (given: unknown, type: GraphQLInputType): string => {
    const plain = getNullableType(type);
    if (given === null) return "null";
    if (isListType(plain))
      return `[${(given as unknown[]).map((each) => literal(each, plain.ofType)).join(", ")}]`;
    if (isEnumType(plain)) return given as string;
    if (!isInputObjectType(plain)) return JSON.stringify(given);
    const fields = plain.getFields();
    const inside = Object.entries(given as object).map(([name, each]) => {
      const { type: inner } = fields[name]!;
      return `${name}: ${isSo() ? variable(each, inner) : literal(each, inner)}`;
    });
    return `{ ${inside.join(", ")} }`;
  };
  const variable = (given: unknown, type: GraphQLInputType): string => {
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${String(type)}`);
    variables[name] = given;
    return `$${name}`;
  };
  const args = ({ args: all }: GraphQLField<unknown, unknown>): string => {
    const given = all.filter((argument) => isRequiredArgument(argument) || isSo());
    if (given.length === 0) return "";
    const written = given.map(({ name, type }) => {
      const what = value(type, 2);
      return `${name}: ${isSo() ? variable(what, type) : literal(what, type)}`;
    });
    return `(${written.join(", ")})`;
  };
  let alias = 0;
  const select = (type: GraphQLCompositeType, depth: number): string => {
    const written: string[] = [];
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type);
      if (possible.length > 0 && isSo()) {
        const one = pick(possible);
        written.push(`... on ${one.name} ${select(one, depth)}`);
      }
    }
    if ("getFields" in type) {
      for (const field of Object.values(type.getFields()).filter(isSo)) {
        const result = getNamedType(field.type);
        if (isCompositeType(result) && depth === 0) continue;
        const inner = isCompositeType(result) ? ` ${select(result, depth - 1)}` : "";
        written.push(`f${alias++}: ${field.name}${args(field)}${inner}`);
      }
    }
    return `{ ${written.join(" ") || "__typename"} }`;
  };
  const root = schema.getQueryType()!;
  if (!isObjectType(root)) throw new Error("There is no Query");
  const selected = select(root, 2);
  return { text: `query Op${declared.length ? `(${declared.join(", ")})` : ""} ${selected}`, variables };
}
