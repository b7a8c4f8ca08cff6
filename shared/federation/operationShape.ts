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
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type IntValueNode,
  type ListValueNode,
  type ObjectValueNode,
  type OperationDefinitionNode,
  type ValueNode,
  type VariableDefinitionNode,
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

/** Whether an argument of a field says how many items the field answers, as `first` of a connection does. */
export type IsSize = (
  parent: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  argument: string,
) => boolean;

/** What is kept of how many items an operation asks for. */
export interface Sizes {
  readonly isSize: IsSize;
  /** What its variables were. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The shape of a valid operation: a document of it and its fragments alone that is valid too, in which every value is the empty one of
 * its kind and every alias a number. Operations that differ in values, aliases or layout only have the same shape. With `sizes`, how many
 * items are asked for is kept as the class of that number, of a variable as its default: what the operation costs depends on it.
 */
export function shapeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  sizes?: Sizes,
): OperationShape {
  const definition = definitionOf(document, operation);
  const text = print(withoutValues(schema, definition, sizes));
  const hash = createHash("sha256").update(text).digest("hex");
  return { hash, name: operation.name?.value ?? "", text };
}

/** The variables of an operation that say how many items are asked for, each once. */
export function sizeVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  isSize: IsSize,
): readonly string[] {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    definitionOf(document, operation),
    visitWithTypeInfo(info, {
      Argument({ value }) {
        if (value.kind === Kind.VARIABLE && saysSize(info, isSize)) found.add(value.name.value);
      },
    }),
  );
  return [...found];
}

/** The class of a number of items: the next of 1, 2, 5, 10, 20, 50, … that is no smaller; null for what is no such number. */
export function sizeClass(size: unknown): number | null {
  if (typeof size !== "number" || !Number.isInteger(size) || size < 0 || size > LARGEST_SIZE) return null;
  if (size === 0) return 0;
  const magnitude = 10 ** Math.floor(Math.log10(size));
  return [1, 2, 5, 10].map((step) => step * magnitude).find((each) => each >= size)!;
}

// The largest class is one that an Int holds.
const LARGEST_SIZE = 1_000_000_000;

// The operation with the fragments it uses, in one order.
function definitionOf(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const used = reachableFragments(operation.selectionSet, fragmentTable(document));
  const fragments = used.sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
  return { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
}

// By variable: a size is kept as its default, which nobody has to give.
function sizesAsked(schema: GraphQLSchema, document: DocumentNode, sizes: Sizes): Map<string, number> {
  const [operation] = document.definitions as readonly [OperationDefinitionNode];
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => {
      return [variable.name.value, defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined];
    }),
  );
  const names = sizeVariables(schema, document, operation, sizes.isSize);
  return new Map(
    names.flatMap((name) => {
      const given = Object.hasOwn(sizes.variables, name) ? sizes.variables[name] : defaults.get(name);
      const size = sizeClass(given);
      return size === null ? [] : [[name, size] as const];
    }),
  );
}

function intValue(value: number): IntValueNode {
  return { kind: Kind.INT, value: String(value) };
}

function saysSize(info: TypeInfo, isSize: IsSize): boolean {
  const [parent, field, argument] = [info.getParentType(), info.getFieldDef(), info.getArgument()];
  return Boolean(parent && field && argument && !info.getDirective() && isSize(parent, field, argument.name));
}

// People write names, numbers and secrets into operations, as values and, where operations are put together by a program, into
// aliases too. What is left is known to the schema, or is what the author of the operation calls it.
function withoutValues(
  schema: GraphQLSchema,
  document: DocumentNode,
  sizes: Sizes | undefined,
): DocumentNode {
  const aliases = new Map<string, string>();
  const info = new TypeInfo(schema);
  const asked = sizes ? sizesAsked(schema, document, sizes) : new Map<string, number>();
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
      VariableDefinition: {
        leave(node): VariableDefinitionNode | undefined {
          const size = asked.get(node.variable.name.value);
          return size === undefined ? undefined : { ...node, defaultValue: intValue(size) };
        },
      },
      StringValue: (): ValueNode => ({ kind: Kind.STRING, value: "" }),
      IntValue: (node): ValueNode =>
        intValue(sizes && saysSize(info, sizes.isSize) ? (sizeClass(Number(node.value)) ?? 0) : 0),
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
