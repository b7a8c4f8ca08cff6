import {
  Kind,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  parseType,
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
  type VariableNode,
} from "graphql";
import { type SelectedOperation } from "./selectOperation.ts";
import { isHeldExactly } from "#shared/graphql/losslessJson.ts";
import { reachableFragments } from "#shared/graphql/fragments.ts";
import { fragmentType } from "#shared/graphql/typeConditions.ts";

/** An operation whose literals have become variables, so that one plan serves it whatever their values. */
export interface ParameterizedOperation {
  readonly operation: SelectedOperation;
  /** The variables that took the literals' places. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where in the document's text which variable stands now, in the order of the text. */
  readonly places: readonly LiteralLocation[];
}

interface LiteralLocation {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/**
 * Puts variables in the place of an operation's literal arguments. Equal literals of one type become one variable: fields that could be
 * merged still can be. What a literal means to a scalar of the schema's own is for its subgraph to say, so these stay where they are;
 * so do null, what holds a variable, and arguments of directives and of introspection. The operation has to be valid.
 */
export function parameterizeLiterals(
  operation: SelectedOperation,
  schema: GraphQLSchema,
): ParameterizedOperation {
  const { definition } = operation;
  const lifting = new Lifting(schema, definition.variableDefinitions ?? []);
  const rootType = schema.getRootType(definition.operation);
  const selectionSet = lifting.set(definition.selectionSet, rootType);
  const reached = reachableFragments(definition.selectionSet, operation.fragments).map((fragment) =>
    lifting.fragment(fragment),
  );
  const { values, places, definitions } = lifting;
  if (!places.length) return { operation, values, places };
  const fragments = new Map(operation.fragments);
  for (const fragment of reached) fragments.set(fragment.name.value, fragment);
  const variableDefinitions = [...(definition.variableDefinitions ?? []), ...definitions];
  return {
    operation: { ...operation, fragments, definition: { ...definition, selectionSet, variableDefinitions } },
    values,
    places: places.sort((one, other) => one.start - other.start),
  };
}

/** A document's text with the variables where its literals were. */
export function parameterizedText(text: string, places: readonly LiteralLocation[]): string {
  let [lifted, end] = ["", 0];
  for (const place of places) {
    lifted += `${text.slice(end, place.start)}$${place.name}`;
    ({ end } = place);
  }
  return lifted + text.slice(end);
}

class Lifting {
  readonly values: Record<string, unknown> = {};
  readonly places: LiteralLocation[] = [];
  readonly definitions: VariableDefinitionNode[] = [];
  readonly #schema: GraphQLSchema;
  readonly #prefix: string;
  readonly #names = new Map<string, NameNode>();

  constructor(schema: GraphQLSchema, own: readonly VariableDefinitionNode[]) {
    this.#schema = schema;
    let prefix = "_literal";
    while (own.some(({ variable }) => variable.name.value.startsWith(prefix))) prefix = `_${prefix}`;
    this.#prefix = prefix;
  }

  fragment(fragment: FragmentDefinitionNode): FragmentDefinitionNode {
    const type = fragmentType(this.#schema, fragment, null);
    return { ...fragment, selectionSet: this.set(fragment.selectionSet, type) };
  }

  set(set: SelectionSetNode, type: GraphQLNamedType | null | undefined): SelectionSetNode {
    return { ...set, selections: set.selections.map((selection) => this.#selection(selection, type)) };
  }

  #selection(selection: SelectionNode, parent: GraphQLNamedType | null | undefined): SelectionNode {
    switch (selection.kind) {
      case Kind.FRAGMENT_SPREAD:
        return selection;
      case Kind.INLINE_FRAGMENT: {
        const type = fragmentType(this.#schema, selection, parent);
        return { ...selection, selectionSet: this.set(selection.selectionSet, type) };
      }
      case Kind.FIELD:
        return this.#field(selection, parent);
    }
  }

  #field(node: FieldNode, parent: GraphQLNamedType | null | undefined): FieldNode {
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : null;
    if (!field) return node;
    const types = new Map(field.args.map(({ name, type }) => [name, type]));
    return {
      ...node,
      ...(node.arguments && {
        arguments: node.arguments.map((one) => this.#argument(one, types.get(one.name.value))),
      }),
      ...(node.selectionSet && { selectionSet: this.set(node.selectionSet, getNamedType(field.type)) }),
    };
  }

  #argument(argument: ArgumentNode, type: GraphQLInputType | undefined): ArgumentNode {
    const { loc } = argument.value;
    if (!type || !loc) return argument;
    const value = jsonOf(argument.value, type);
    if (value === undefined) return argument;
    const variable: VariableNode = { kind: Kind.VARIABLE, name: this.#nameOf(value, type) };
    this.places.push({ start: loc.start, end: loc.end, name: variable.name.value });
    return { ...argument, value: variable };
  }

  #nameOf(value: unknown, type: GraphQLInputType): NameNode {
    const key = `${String(type)}\n${JSON.stringify(value)}`;
    const known = this.#names.get(key);
    if (known) return known;
    const name: NameNode = { kind: Kind.NAME, value: `${this.#prefix}${this.#names.size}` };
    this.#names.set(key, name);
    this.values[name.value] = value;
    this.definitions.push({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name },
      type: parseType(String(type), { noLocation: true }),
    });
    return name;
  }
}

/** A literal as it would be sent in a variable of this type; undefined where that might not mean the same. */
function jsonOf(literal: ValueNode, type: GraphQLInputType): unknown {
  const wanted = getNullableType(type);
  if (isListType(wanted)) {
    if (literal.kind !== Kind.LIST) return jsonOf(literal, wanted.ofType);
    return allOf(literal.values.map((item) => jsonOf(item, wanted.ofType)));
  }
  if (isInputObjectType(wanted)) return objectOf(literal, wanted);
  if (isEnumType(wanted)) return literal.kind === Kind.ENUM ? literal.value : undefined;
  return scalarOf(literal, wanted.name);
}

function objectOf(literal: ValueNode, type: GraphQLInputObjectType): unknown {
  if (literal.kind !== Kind.OBJECT) return undefined;
  const fields = type.getFields();
  const names = literal.fields.map(({ name }) => name.value);
  const values = allOf(
    literal.fields.map(({ name, value }) => {
      const field = fields[name.value];
      return field && jsonOf(value, field.type);
    }),
  );
  return values && Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

function allOf(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.includes(undefined) ? undefined : values;
}

function scalarOf(literal: ValueNode, scalar: string): unknown {
  switch (scalar) {
    case "String":
      return literal.kind === Kind.STRING ? literal.value : undefined;
    case "ID":
      return literal.kind === Kind.STRING || literal.kind === Kind.INT ? literal.value : undefined;
    case "Boolean":
      return literal.kind === Kind.BOOLEAN ? literal.value : undefined;
    case "Int":
    case "Float":
      return literal.kind === Kind.INT || literal.kind === Kind.FLOAT ? numberOf(literal.value) : undefined;
    default:
      return undefined;
  }
}

// JSON knows no negative zero; and what no JavaScript number holds stays as it is written.
function numberOf(text: string): number | undefined {
  const number = Number(text);
  return isHeldExactly(text) && !Object.is(number, -0) ? number : undefined;
}
