import {
  isAbstractType,
  isCompositeType,
  isObjectType,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
} from "graphql";

/**
 * DoesFragmentTypeApply of the specification (6.3.2): whether what has this type is of the type that a condition names. Without a
 * condition everything is. An interface is the type of an object whose own type nobody has asked for.
 */
export function doesTypeApply(
  schema: GraphQLSchema,
  type: GraphQLObjectType | GraphQLInterfaceType,
  condition: string | undefined,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

/** The type that a fragment's selections are on: that of its condition, or else that of the selections around it. */
export function fragmentType<Parent extends GraphQLNamedType | null | undefined>(
  schema: GraphQLSchema,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  parent: Parent,
): GraphQLCompositeType | Parent {
  const type = typeCondition && schema.getType(typeCondition.name.value);
  return isCompositeType(type) ? type : parent;
}

/** GetPossibleTypes of the specification (5.5.2.3): the object types that a value of this type can have; none for what is no object. */
export function possibleObjectTypes(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}
