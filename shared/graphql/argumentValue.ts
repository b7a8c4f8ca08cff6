import type { NameNode, ValueNode } from "graphql";

/** What a field or a directive is given as this argument; undefined where it is given none. */
export function argumentValue<Value extends ValueNode>(
  node: WithArguments<Value>,
  name: string,
): Value | undefined {
  return node.arguments?.find((argument) => argument.name.value === name)?.value;
}

/** A field or a directive; of those in SDL the values are constant. */
type WithArguments<Value extends ValueNode> = {
  readonly arguments?: readonly { readonly name: NameNode; readonly value: Value }[] | undefined;
};
