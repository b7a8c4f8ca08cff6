import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  Kind,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLSchema,
  type TypeNode,
} from "graphql";
import { possibleObjectTypes } from "#shared/graphql/typeConditions.ts";

/**
 * Every schema coordinate that the operations of a document use: fields (also of every type an interface stands for), arguments that
 * are given, types (also those that are met through an interface or a union only), directives, and of what is put in all that may be
 * in a variable of its type.
 */
export function coordinatesOf(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>();
  const inVariables = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        if (!parent || !field || field.name.startsWith("__")) return;
        for (const type of typesOf(schema, parent)) found.add(`${type.name}.${field.name}`);
        const result = getNamedType(field.type);
        for (const type of [parent, result, ...possibleObjectTypes(schema, result)]) found.add(type.name);
      },
      Argument() {
        const [parent, field, argument] = [info.getParentType(), info.getFieldDef(), info.getArgument()];
        const directive = info.getDirective();
        if (directive && argument) {
          found.add(`@${directive.name}(${argument.name}:)`).add(getNamedType(argument.type).name);
          return;
        }
        if (parent && field && argument) addArgument(found, typesOf(schema, parent), field.name, argument);
      },
      Directive(node) {
        found.add(`@${node.name.value}`);
      },
      FragmentDefinition: ({ typeCondition }) => void found.add(typeCondition.name.value),
      InlineFragment: ({ typeCondition }) => void (typeCondition && found.add(typeCondition.name.value)),
      VariableDefinition: ({ type }) => addInput(found, inputTypeOf(schema, type), inVariables),
      ObjectValue() {
        const type = getNamedType(info.getInputType());
        if (isInputObjectType(type)) found.add(type.name);
      },
      ObjectField(node) {
        const type = getNamedType(info.getParentInputType());
        if (isInputObjectType(type)) found.add(`${type.name}.${node.name.value}`);
      },
      EnumValue(node) {
        const type = getNamedType(info.getInputType());
        if (type) found.add(type.name).add(`${type.name}.${node.value}`);
      },
    }),
  );
  return found;
}

function typesOf(schema: GraphQLSchema, type: GraphQLCompositeType): ReadonlySet<GraphQLCompositeType> {
  return new Set([type, ...possibleObjectTypes(schema, type)]);
}

function addArgument(
  found: Set<string>,
  types: Iterable<GraphQLCompositeType>,
  field: string,
  argument: GraphQLArgument,
): void {
  for (const type of types) found.add(`${type.name}.${field}(${argument.name}:)`);
  found.add(getNamedType(argument.type).name);
}

// What a variable holds is not known, so whatever it may hold is used.
function addInput(found: Set<string>, type: GraphQLInputType | undefined, seen: Set<string>): void {
  const named = type && getNamedType(type);
  if (!named || seen.has(named.name)) return;
  seen.add(named.name);
  found.add(named.name);
  if (isEnumType(named)) for (const { name } of named.getValues()) found.add(`${named.name}.${name}`);
  if (!isInputObjectType(named)) return;
  for (const field of Object.values(named.getFields())) {
    found.add(`${named.name}.${field.name}`);
    addInput(found, field.type, seen);
  }
}

function inputTypeOf(schema: GraphQLSchema, node: TypeNode): GraphQLInputType | undefined {
  const named = node.kind === Kind.NAMED_TYPE ? node : undefined;
  if (!named) return inputTypeOf(schema, (node as { type: TypeNode }).type);
  return typeFromAST(schema, named) as GraphQLInputType | undefined;
}
