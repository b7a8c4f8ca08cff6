import {
  Kind,
  isAbstractType,
  isInterfaceType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import type { PrivateNames } from "./privateNames.ts";

/** A type whose fields can be told: an object type, or an interface whose object's own type no one has asked for. */
export type FieldedType = GraphQLObjectType | GraphQLInterfaceType;

/** One field of an answer: all selections of a response key on a type. */
export interface AnsweredField {
  readonly key: string;
  /** Where its value is in the subgraphs' data. */
  readonly privateName: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: FieldedType;
  /** Null for `__typename`, `__schema` and `__type`. */
  readonly type: GraphQLOutputType | null;
}

/** What a client's operation selects, by type: the specification's CollectFields, remembered. */
export class Selections {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #names: PrivateNames;
  readonly #known = new WeakMap<readonly SelectionSetNode[], Map<string, readonly AnsweredField[]>>();
  readonly #under = new WeakMap<AnsweredField, readonly SelectionSetNode[]>();

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    names: PrivateNames,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#names = names;
  }

  /** The fields of an object of this type below a field of the answer. */
  under(field: AnsweredField, type: FieldedType): readonly AnsweredField[] {
    let sets = this.#under.get(field);
    if (!sets) {
      sets = field.nodes.flatMap((node) => node.selectionSet ?? []);
      this.#under.set(field, sets);
    }
    return this.on(sets, type);
  }

  /** The fields these selection sets ask of an object of this type. */
  on(sets: readonly SelectionSetNode[], type: FieldedType): readonly AnsweredField[] {
    const byType = this.#known.get(sets) ?? new Map<string, readonly AnsweredField[]>();
    this.#known.set(sets, byType);
    const known = byType.get(type.name);
    if (known) return known;
    const groups = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) this.#collect(set, type, groups, visited);
    const fields = [...groups].map(([key, nodes]) => this.#field(key, nodes, type));
    byType.set(type.name, fields);
    return fields;
  }

  #collect(
    set: SelectionSetNode,
    type: FieldedType,
    groups: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = groups.get(key);
        if (nodes) nodes.push(selection);
        else groups.set(key, [selection]);
        continue;
      }
      const spread =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
      if (!spread) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (visited.has(selection.name.value)) continue;
        visited.add(selection.name.value);
      }
      const condition = spread.typeCondition?.name.value;
      if (!condition || this.#isA(type, condition)) this.#collect(spread.selectionSet, type, groups, visited);
    }
  }

  #isA(type: FieldedType, condition: string): boolean {
    if (type.name === condition) return true;
    const wanted = this.#schema.getType(condition);
    return isAbstractType(wanted) && this.#schema.isSubType(wanted, type);
  }

  #field(key: string, nodes: readonly FieldNode[], parentType: FieldedType): AnsweredField {
    const [node] = nodes as [FieldNode];
    const type = parentType.getFields()[node.name.value]?.type ?? null;
    return { key, privateName: this.#names.of(node), nodes, parentType, type };
  }

  /** Every field selected below a field, whatever the type; for finding the name a client knows something by. */
  anyUnder(field: AnsweredField, privateName: string): AnsweredField | null {
    const types = this.#possible(field);
    for (const type of types) {
      const found = this.under(field, type).find((inner) => inner.privateName === privateName);
      if (found) return found;
    }
    return null;
  }

  #possible(field: AnsweredField): readonly FieldedType[] {
    const named = field.type ? this.#schema.getType(String(field.type).replace(/[[\]!]/g, "")) : null;
    if (!named || !("getFields" in named || "getTypes" in named)) return [];
    const composite = named as GraphQLCompositeType;
    const objects = isAbstractType(composite) ? this.#schema.getPossibleTypes(composite) : [composite];
    return isInterfaceType(composite) ? [...objects, composite] : objects;
  }
}
