import { GraphQLError, Kind, parse, visit, type FieldNode, type SelectionSetNode } from "graphql";

/**
 * Reads a FieldSet of federation, as in @key, @requires and @provides: selections without the braces around them, which may be there
 * all the same. Throws a GraphQLError for text that is none.
 */
export function parseFieldSet(text: string): SelectionSetNode {
  const selections = text.trimStart().startsWith("{") ? text : `{ ${text} }`;
  const [definition, ...others] = parse(selections, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || others.length > 0)
    throw new GraphQLError(`${text} is no field set.`);
  return definition.selectionSet;
}

/** Every field that a field set names, however deep; none for text that is no field set, of which composition says so. */
export function namesInFieldSet(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  try {
    visit(parseFieldSet(text), { Field: ({ name }) => void names.add(name.value) });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  return names;
}

/** A field in a field set, and the name of the type that it is selected on. */
export interface FieldOfSet {
  readonly type: string;
  readonly node: FieldNode;
}

/**
 * Every field that a field set of this type selects, each before those below it. `returns` says which type a field of a type returns; what
 * is below a field of which it says nothing is left out.
 */
export function fieldsOfSet(
  { selections }: SelectionSetNode,
  type: string,
  returns: (type: string, field: string) => string | undefined,
): FieldOfSet[] {
  return selections.flatMap((node) => {
    // A field set is no document: there is nothing to spread.
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    if (node.kind === Kind.INLINE_FRAGMENT)
      return fieldsOfSet(node.selectionSet, node.typeCondition?.name.value ?? type, returns);
    const inner = returns(type, node.name.value);
    const below =
      inner !== undefined && node.selectionSet ? fieldsOfSet(node.selectionSet, inner, returns) : [];
    return [{ type, node }, ...below];
  });
}
