import { createHash } from "node:crypto";
import {
  getNamedType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type ListValueNode,
  type ObjectValueNode,
  type OperationDefinitionNode,
  type ValueNode,
  type VariableNode,
} from "graphql";
import { fragmentTable, reachableFragments } from "#shared/graphql/fragments.ts";

/** What an operation asks for, without what it was asked with. */
export interface OperationShape {
  /** The SHA-256 of the text, in hex. */
  readonly hash: string;
  /** Empty for an operation without a name. */
  readonly name: string;
  readonly text: string;
}

/**
 * The shape of a valid operation: a document of it and its fragments alone that is valid too, in which every value is the empty one of
 * its kind and every alias a number. Operations that differ in values, aliases or layout only have the same shape.
 */
export function shapeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationShape {
  const used = reachableFragments(operation.selectionSet, fragmentTable(document));
  const fragments = used.sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
  const definitions = [operation, ...fragments];
  const text = print(withoutValues(schema, { kind: Kind.DOCUMENT, definitions }));
  const hash = createHash("sha256").update(text).digest("hex");
  return { hash, name: operation.name?.value ?? "", text };
}

// People write names, numbers and secrets into operations, as values and, where operations are put together by a program, into
// aliases too. What is left is known to the schema, or is what the author of the operation calls it.
function withoutValues(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const aliases = new Map<string, string>();
  const info = new TypeInfo(schema);
  const isOpaque = () => {
    const type = getNamedType(info.getInputType());
    return isScalarType(type) && !isSpecifiedScalarType(type);
  };
  return visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        if (!node.alias) return;
        const { value } = node.alias;
        if (!aliases.has(value)) aliases.set(value, `_${aliases.size + 1}`);
        return { ...node, alias: { kind: Kind.NAME, value: aliases.get(value)! } };
      },
      StringValue: (): ValueNode => ({ kind: Kind.STRING, value: "" }),
      IntValue: (): ValueNode => ({ kind: Kind.INT, value: "0" }),
      FloatValue: (): ValueNode => ({ kind: Kind.FLOAT, value: "0" }),
      // Whether something is skipped is the shape; any other boolean is somebody's answer.
      BooleanValue: (node): ValueNode | undefined =>
        info.getDirective() ? undefined : { ...node, value: false },
      EnumValue: (): ValueNode | undefined => (isOpaque() ? { kind: Kind.STRING, value: "" } : undefined),
      ObjectValue: { enter: (node): ValueNode | undefined => (isOpaque() ? variablesOf(node) : undefined) },
      ListValue: {
        enter: (node): ValueNode | undefined => (isOpaque() ? variablesOf(node) : undefined),
        leave: (node): ListValueNode => ({ ...node, values: distinct(node.values) }),
      },
    }),
  );
}

// Inside of a scalar of the schema's own even the keys are somebody's; its variables stay, for a document that uses none of one it
// declares is not valid.
function variablesOf(node: ValueNode): ObjectValueNode {
  const variables: VariableNode[] = [];
  visit(node, { Variable: (variable) => void variables.push(variable) });
  const fields = variables.map((value, index) => {
    return { kind: Kind.OBJECT_FIELD, name: { kind: Kind.NAME, value: `_${index + 1}` }, value } as const;
  });
  return { kind: Kind.OBJECT, fields };
}

function distinct(values: readonly ValueNode[]): ValueNode[] {
  return [...new Map(values.map((value) => [print(value), value])).values()];
}
