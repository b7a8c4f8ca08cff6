import {
  Kind,
  print,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type SelectionSetNode,
} from "graphql";
import { directiveReader, type DirectiveReader } from "#shared/federation/directiveReader.ts";
import { JOIN_SPEC } from "#shared/federation/specifications.ts";
import { fieldsOfSet, parseFieldSet, type FieldOfSet } from "#shared/graphql/fieldSet.ts";
import { hasInexactNumber } from "#shared/graphql/exactLiterals.ts";
import { namedTypeOf } from "#shared/graphql/namedType.ts";
import { familiesOf } from "./fieldFamilies.ts";
import { isFielded, withVariants, type FieldedNode } from "./requiredArgumentFields.ts";

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
 * A field of an interface and those of the types that implement it are one field. What is given a number that no JavaScript number holds
 * becomes a field as well. Null when there is nothing of either; throws for a requirement that has one field in two ways at one place.
 */
export function separateRequiredArguments(supergraph: DocumentNode, prefix: string): RequiredVariants | null {
  const types = new Map(supergraph.definitions.filter(isFielded).map((type) => [type.name.value, type]));
  const directives = directiveReader(supergraph);
  const requirements = requirementsOf(types, directives);
  for (const { place, set } of requirements) refuseTwoWays(set, place);
  const wanted = new Map<string, Set<string>>();
  for (const { type, node } of requirements.flatMap(({ fields }) => fields)) {
    const place = `${type}.${node.name.value}`;
    if (takesArguments(types.get(type), node))
      wanted.set(place, (wanted.get(place) ?? new Set()).add(written(node)));
  }
  const conflicts = familiesOf([...wanted.keys()], types)
    .map((places) => ({ places, ways: new Set(places.flatMap((place) => [...(wanted.get(place) ?? [])])) }))
    .filter(({ places, ways }) => ways.size > 1 || [...ways].some((way) => isInexact(way, fieldIn(places))));
  if (!conflicts.length) return null;

  const byName = new Map<string, RequiredVariant>();
  const names = new Map<string, string>();
  for (const { places, ways } of conflicts) {
    const field = fieldIn(places);
    for (const way of ways) {
      const name = `${prefix}r${byName.size}_${field}`;
      for (const place of places) names.set(`${place}${way}`, name);
      byName.set(name, { name, field, arguments: argumentsIn(way, field) });
    }
  }
  const variantOf = ({ type, node }: FieldOfSet) => names.get(`${type}.${node.name.value}${written(node)}`);
  const needs = new Map<string, Set<string>>();
  const graphs = new Map<string, Set<string>>();
  for (const { graph, place, fields } of requirements) {
    const found = new Set(fields.flatMap((field) => variantOf(field) ?? []));
    for (const name of found) graphs.set(name, (graphs.get(name) ?? new Set()).add(graph));
    needs.set(`${graph} ${place}`, found);
  }
  const rewrite = (text: string, type: FieldedNode) => rewritten(text, type, types, variantOf);
  const document = withVariants(supergraph, types, { names, graphs, directives }, rewrite);
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
  variantOf: (field: FieldOfSet) => string | undefined,
): string {
  const set = parseFieldSet(text);
  const fields = fieldsOfSet(set, type.name.value, typeOfFields(types));
  const names = new Map(fields.map((field) => [field.node, variantOf(field)]));
  const replaced: SelectionSetNode = visit(set, {
    Field(node) {
      const name = names.get(node);
      return name ? { ...node, name: { kind: Kind.NAME as const, value: name }, arguments: [] } : undefined;
    },
  });
  return print(replaced)
    .replace(/^\{|\}$/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** What one graph requires of others for one field. */
interface Requirement {
  readonly graph: string;
  readonly place: string;
  readonly set: SelectionSetNode;
  readonly fields: readonly FieldOfSet[];
}

function requirementsOf(types: ReadonlyMap<string, FieldedNode>, directives: DirectiveReader): Requirement[] {
  const returns = typeOfFields(types);
  return [...types.values()].flatMap(({ name: { value: type }, fields = [] }) =>
    fields.flatMap((field) =>
      directives.read(field, JOIN_SPEC, "field").flatMap(({ graph, requires }) => {
        if (typeof requires !== "string" || typeof graph !== "string") return [];
        const set = parseFieldSet(requires);
        return [
          { graph, place: `${type}.${field.name.value}`, set, fields: fieldsOfSet(set, type, returns) },
        ];
      }),
    ),
  );
}

function typeOfFields(types: ReadonlyMap<string, FieldedNode>) {
  return (type: string, field: string): string | undefined => {
    const definition = types.get(type)?.fields?.find(({ name }) => name.value === field);
    return definition && namedTypeOf(definition.type);
  };
}

function written(node: FieldNode): string {
  return `(${(node.arguments ?? [])
    .map((argument) => print(argument))
    .sort()
    .join(", ")})`;
}

function argumentsIn(way: string, field: string): readonly ArgumentNode[] {
  const [node] = parseFieldSet(way === "()" ? field : `${field}${way}`).selections;
  return node?.kind === Kind.FIELD ? (node.arguments ?? []) : [];
}

function fieldIn(places: readonly string[]): string {
  return places[0]?.split(".")[1] ?? "";
}

// The planner reads arguments as JavaScript values; a variant has them as they are written.
function isInexact(way: string, field: string): boolean {
  return argumentsIn(way, field).some(({ value }) => hasInexactNumber(value));
}

function takesArguments(parent: FieldedNode | undefined, node: FieldNode): boolean {
  const field = parent?.fields?.find(({ name }) => name.value === node.name.value);
  return Boolean(field?.arguments?.length);
}

// What a representation says of a place it says under one name: of two values nobody could tell which is meant.
function refuseTwoWays(set: SelectionSetNode, place: string): void {
  const known = new Map<string, FieldNode>();
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet);
      if (selection.kind !== Kind.FIELD) continue;
      const { name, selectionSet } = selection;
      const other = known.get(name.value);
      if (other && written(other) !== written(selection))
        throw new Error(`${place} requires ${name.value} twice at one place, with different arguments.`);
      known.set(name.value, selection);
      if (selectionSet) refuseTwoWays(selectionSet, place);
    }
  };
  look(set);
}
