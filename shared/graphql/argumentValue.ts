import type { ConstDirectiveNode, ConstValueNode, DirectiveNode, FieldNode, ValueNode } from "graphql";

/** What a field or a directive is given as this argument; undefined where it is given none. */
export function argumentValue(node: ConstDirectiveNode, name: string): ConstValueNode | undefined;
export function argumentValue(node: FieldNode | DirectiveNode, name: string): ValueNode | undefined;
export function argumentValue(node: FieldNode | DirectiveNode, name: string): ValueNode | undefined {
  return node.arguments?.find((argument) => argument.name.value === name)?.value;
}
