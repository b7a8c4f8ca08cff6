import {
  Kind,
  parse,
  print,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type InlineFragmentNode,
  type SelectionSetNode,
  type TypeNode,
} from "graphql";
import { isFielded, withVariants, type FieldedNode } from "./requiredVariantFields.ts";

/** A field with the arguments one `@requires` gives it, under a name of its own. */
export interface RequiredVariant {
  readonly name: string;
  readonly field: string;
  readonly arguments: readonly ArgumentNode[];
}

/** What stands in for required fields that are wanted with different arguments. */
export interface RequiredVariants {
  readonly document: DocumentNode;
  readonly byName: ReadonlyMap<string, RequiredVariant>;
  /** The variants that a field of a type requires in a subgraph (by its name in the join directives). */
  neededBy(graph: string, typeName: string, field: string): ReadonlySet<string>;
}

/**
 * The planner keeps one set of arguments where two `@requires` give a field different ones. So the planner gets to see a field
 * for each set: `requires: "price(currency: EUR)"` becomes `requires: "_r1_price"`, a field without arguments next to `price`.
 * Null when no field is required in two ways.
 */
export function separateRequiredArguments(supergraph: DocumentNode, prefix: string): RequiredVariants | null {
  const types = new Map(supergraph.definitions.filter(isFielded).map((type) => [type.name.value, type]));
  const wanted = new Map<string, Set<string>>();
  eachRequirement(types, (_, set, type) =>
    walk(set, type, types, (node, parent) => {
      const place = `${parent.name.value}.${node.name.value}`;
      if (takesArguments(parent, node))
        wanted.set(place, (wanted.get(place) ?? new Set()).add(written(node)));
    }),
  );
  const conflicts = [...wanted].filter(([place, ways]) => ways.size > 1 && isOnObject(types, place));
  if (!conflicts.length) return null;

  const byName = new Map<string, RequiredVariant>();
  const names = new Map<string, string>();
  for (const [place, ways] of conflicts) {
    const field = place.slice(place.indexOf(".") + 1);
    for (const way of ways) {
      const name = `${prefix}r${byName.size}_${field}`;
      names.set(`${place}${way}`, name);
      byName.set(name, { name, field, arguments: argumentsIn(way, field) });
    }
  }
  const variantOf = (node: FieldNode, parent: FieldedNode) =>
    names.get(`${parent.name.value}.${node.name.value}${written(node)}`);
  const needs = new Map<string, Set<string>>();
  const graphs = new Map<string, Set<string>>();
  eachRequirement(types, (place, set, type) => {
    const found = new Set<string>();
    walk(set, type, types, (node, parent) => {
      const name = variantOf(node, parent);
      if (!name) return;
      found.add(name);
      graphs.set(name, (graphs.get(name) ?? new Set()).add(place.slice(0, place.indexOf(" "))));
    });
    needs.set(place, found);
  });
  const rewrite = (text: string, type: FieldedNode) => rewritten(text, type, types, variantOf);
  const document = withVariants(supergraph, types, { names, graphs }, rewrite);
  return {
    document,
    byName,
    neededBy: (graph, type, field) => needs.get(`${graph} ${type}.${field}`) ?? new Set(),
  };
}

function rewritten(
  text: string,
  type: FieldedNode,
  types: ReadonlyMap<string, FieldedNode>,
  variantOf: (node: FieldNode, parent: FieldedNode) => string | undefined,
): string {
  const replace = (set: SelectionSetNode, parent: FieldedNode | undefined): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return node;
      const inner = innerType(node, parent, types);
      const selectionSet = node.selectionSet && replace(node.selectionSet, inner);
      const name = node.kind === Kind.FIELD && parent ? variantOf(node, parent) : undefined;
      const renamed = name
        ? { ...node, name: { kind: Kind.NAME as const, value: name }, arguments: [] }
        : node;
      return selectionSet ? { ...renamed, selectionSet } : renamed;
    }),
  });
  return print(replace(selectionSetOf(text), type))
    .replace(/^\{|\}$/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function eachRequirement(
  types: ReadonlyMap<string, FieldedNode>,
  visit: (place: string, set: SelectionSetNode, type: FieldedNode) => void,
): void {
  for (const type of types.values()) {
    for (const field of type.fields ?? []) {
      for (const directive of field.directives ?? []) {
        if (directive.name.value !== "join__field") continue;
        const values = new Map(directive.arguments?.map(({ name, value }) => [name.value, value]));
        const requires = values.get("requires");
        const graph = values.get("graph");
        if (requires?.kind !== Kind.STRING || graph?.kind !== Kind.ENUM) continue;
        visit(`${graph.value} ${type.name.value}.${field.name.value}`, selectionSetOf(requires.value), type);
      }
    }
  }
}

function walk(
  set: SelectionSetNode,
  parent: FieldedNode | undefined,
  types: ReadonlyMap<string, FieldedNode>,
  visit: (node: FieldNode, parent: FieldedNode) => void,
): void {
  for (const node of set.selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) continue;
    if (node.kind === Kind.FIELD && parent) visit(node, parent);
    if (node.selectionSet) walk(node.selectionSet, innerType(node, parent, types), types, visit);
  }
}

function innerType(
  node: { readonly kind: Kind.FIELD; readonly name: { readonly value: string } } | InlineFragmentNode,
  parent: FieldedNode | undefined,
  types: ReadonlyMap<string, FieldedNode>,
): FieldedNode | undefined {
  if (node.kind === Kind.INLINE_FRAGMENT)
    return node.typeCondition ? types.get(node.typeCondition.name.value) : parent;
  const field = parent?.fields?.find((candidate) => candidate.name.value === node.name.value);
  return field && types.get(namedType(field.type));
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function selectionSetOf(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("A @requires selects nothing.");
  return definition.selectionSet;
}

function written(node: FieldNode): string {
  return `(${(node.arguments ?? [])
    .map((argument) => print(argument))
    .sort()
    .join(", ")})`;
}

function argumentsIn(way: string, field: string): readonly ArgumentNode[] {
  const [node] = selectionSetOf(way === "()" ? field : `${field}${way}`).selections;
  return node?.kind === Kind.FIELD ? (node.arguments ?? []) : [];
}

function takesArguments(parent: FieldedNode, node: FieldNode): boolean {
  return Boolean(parent.fields?.find((field) => field.name.value === node.name.value)?.arguments?.length);
}

function isOnObject(types: ReadonlyMap<string, FieldedNode>, place: string): boolean {
  return types.get(place.slice(0, place.indexOf(".")))?.kind === Kind.OBJECT_TYPE_DEFINITION;
}
