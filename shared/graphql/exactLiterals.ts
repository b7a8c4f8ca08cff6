import { Kind, visit, type ObjectValueNode, type ValueNode } from "graphql";
import { isHeldExactly, numberWritten } from "./losslessJson.ts";

/** Whether a literal has a number that no JavaScript number holds. */
export function hasInexactNumber(literal: ValueNode): boolean {
  let isInexact = false;
  const look = ({ value }: { readonly value: string }) => void (isInexact ||= !isHeldExactly(value));
  visit(literal, { IntValue: look, FloatValue: look });
  return isInexact;
}

/** What a literal says, with its numbers as they are written and variables by their values; what a scalar of a graph's own takes it for. */
export function literalValue(
  literal: ValueNode,
  variables: Readonly<Record<string, unknown>> | null | undefined = null,
): unknown {
  switch (literal.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return numberWritten(literal.value);
    case Kind.LIST:
      return literal.values.map((value) => literalValue(value, variables));
    case Kind.OBJECT:
      return objectValue(literal, variables);
    case Kind.VARIABLE:
      return variables?.[literal.name.value];
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return literal.value;
  }
}

function objectValue(
  { fields }: ObjectValueNode,
  variables: Readonly<Record<string, unknown>> | null,
): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, value }) => [name.value, literalValue(value, variables)]));
}
