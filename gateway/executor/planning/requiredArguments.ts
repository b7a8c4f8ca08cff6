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
import { namedTypeOf } from "#shared/graphql/namedType.ts";
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
 * Null when no field is required in two ways.
 */
export function separateRequiredArguments(supergraph: DocumentNode, prefix: string): RequiredVariants | null {
  const types = new Map(supergraph.definitions.filter(isFielded).map((type) => [type.name.value, type]));
  const directives = directiveReader(supergraph);
  const requirements = requirementsOf(types, directives);
  const wanted = new Map<string, Set<string>>();
  for (const { type, node } of requirements.flatMap(({ fields }) => fields)) {
    const place = `${type}.${node.name.value}`;
    if (takesArguments(types.get(type), node))
      wanted.set(place, (wanted.get(place) ?? new Set()).add(written(node)));
  }
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
  readonly fields: readonly FieldOfSet[];
}

function requirementsOf(types: ReadonlyMap<string, FieldedNode>, directives: DirectiveReader): Requirement[] {
  const returns = typeOfFields(types);
  return [...types.values()].flatMap(({ name: { value: type }, fields = [] }) =>
    fields.flatMap((field) =>
      directives.read(field, JOIN_SPEC, "field").flatMap(({ graph, requires }) => {
        if (typeof requires !== "string" || typeof graph !== "string") return [];
        const required = fieldsOfSet(parseFieldSet(requires), type, returns);
        return [{ graph, place: `${type}.${field.name.value}`, fields: required }];
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

function takesArguments(parent: FieldedNode | undefined, node: FieldNode): boolean {
  const field = parent?.fields?.find(({ name }) => name.value === node.name.value);
  return Boolean(field?.arguments?.length);
}

function isOnObject(types: ReadonlyMap<string, FieldedNode>, place: string): boolean {
  return types.get(place.slice(0, place.indexOf(".")))?.kind === Kind.OBJECT_TYPE_DEFINITION;
}
