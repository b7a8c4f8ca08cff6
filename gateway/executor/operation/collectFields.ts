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
import { deferLabelOf } from "#shared/graphql/deferDirective.ts";
import type { InternalAliases } from "../planning/internalAliases.ts";

/** A type whose fields can be told: an object type, or an interface whose object's own type no one has asked for. */
export type FieldedType = GraphQLObjectType | GraphQLInterfaceType;

/** One field of an answer: all selections of a response key on a type. */
export interface AnsweredField {
  readonly key: string;
  /** Where its value is in the subgraphs' data. */
  readonly internalAlias: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: FieldedType;
  /** Null for `__typename`, `__schema` and `__type`. */
  readonly type: GraphQLOutputType | null;
}

/** A fragment whose fields are answered later. */
export interface DeferredFragment {
  readonly label: string;
  readonly sets: readonly SelectionSetNode[];
}

/** What is asked of objects of one type: at once, and later. */
interface Selected {
  readonly fields: readonly AnsweredField[];
  readonly deferred: readonly DeferredFragment[];
}

/** What a client's operation selects, by type: the specification's CollectFields, remembered. */
export class CollectedFields {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #names: InternalAliases;
  readonly #known = new WeakMap<readonly SelectionSetNode[], Map<string, Selected>>();
  readonly #under = new WeakMap<AnsweredField, readonly SelectionSetNode[]>();

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    names: InternalAliases,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#names = names;
  }

  /** The fields of an object of this type below a field of the answer. */
  under(field: AnsweredField, type: FieldedType): readonly AnsweredField[] {
    return this.on(this.setsOf(field), type);
  }

  /** The selection sets below a field of the answer. */
  setsOf(field: AnsweredField): readonly SelectionSetNode[] {
    let sets = this.#under.get(field);
    if (!sets) {
      sets = field.nodes.flatMap((node) => node.selectionSet ?? []);
      this.#under.set(field, sets);
    }
    return sets;
  }

  /** The fields these selection sets ask of an object of this type, but for what they defer. */
  on(sets: readonly SelectionSetNode[], type: FieldedType): readonly AnsweredField[] {
    return this.#selected(sets, type).fields;
  }

  /** What these selection sets defer of an object of this type. */
  deferredOn(sets: readonly SelectionSetNode[], type: FieldedType): readonly DeferredFragment[] {
    return this.#selected(sets, type).deferred;
  }

  #selected(sets: readonly SelectionSetNode[], type: FieldedType): Selected {
    const byType = this.#known.get(sets) ?? new Map<string, Selected>();
    this.#known.set(sets, byType);
    const known = byType.get(type.name);
    if (known) return known;
    const groups = new Map<string, FieldNode[]>();
    const deferred: DeferredFragment[] = [];
    const visited = new Set<string>();
    for (const set of sets) this.#collect(set, type, { groups, deferred, visited });
    const fields = [...groups].map(([key, nodes]) => this.#field(key, nodes, type));
    const selected = { fields, deferred };
    byType.set(type.name, selected);
    return selected;
  }

  #collect(
    set: SelectionSetNode,
    type: FieldedType,
    into: {
      readonly groups: Map<string, FieldNode[]>;
      readonly deferred: DeferredFragment[];
      readonly visited: Set<string>;
    },
  ): void {
    const { groups, deferred, visited } = into;
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
      const label = deferLabelOf(selection);
      if (selection.kind === Kind.FRAGMENT_SPREAD && label === null) {
        if (visited.has(selection.name.value)) continue;
        visited.add(selection.name.value);
      }
      const condition = spread.typeCondition?.name.value;
      if (condition && !this.#isA(type, condition)) continue;
      if (label === null) this.#collect(spread.selectionSet, type, into);
      else deferred.push({ label, sets: [spread.selectionSet] });
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
    return { key, internalAlias: this.#names.of(node), nodes, parentType, type };
  }

  /** Every field selected below a field, whatever the type; for finding the name a client knows something by. */
  anyUnder(field: AnsweredField, internalAlias: string): AnsweredField | null {
    const types = this.#possible(field);
    for (const type of types) {
      const found = this.under(field, type).find((inner) => inner.internalAlias === internalAlias);
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
