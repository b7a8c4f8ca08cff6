import {
  isInterfaceType,
  getNamedType,
  isCompositeType,
  Kind,
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { collectFields, mergedSelectionSets, type DeferredFragment } from "#shared/graphql/collectFields.ts";
import { fragmentOf, type FragmentTable } from "#shared/graphql/fragments.ts";
import { doesTypeApply, possibleObjectTypes } from "#shared/graphql/typeConditions.ts";
import type { InternalAliases } from "../planning/internalAliases.ts";

/** A type whose fields can be told: an object type, or an interface whose object's own type no one has asked for. */
export type FieldedType = GraphQLObjectType | GraphQLInterfaceType;

/** One field of an answer: all selections of a response key on a type. */
export interface CollectedField {
  readonly key: string;
  /** Where its value is in the subgraphs' data. */
  readonly internalAlias: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: FieldedType;
  /** Null for `__typename`, `__schema` and `__type`. */
  readonly type: GraphQLOutputType | null;
}

/** What is asked of objects of one type: at once, and later. */
interface Selected {
  readonly fields: readonly CollectedField[];
  readonly deferred: readonly DeferredFragment[];
}

/**
 * What a client's operation selects, by type: the specification's CollectFields, remembered, since an answer has many objects of a few types.
 */
export class CollectedFields {
  readonly #schema: GraphQLSchema;
  readonly #fragments: FragmentTable;
  readonly #names: InternalAliases;
  readonly #known = new WeakMap<readonly SelectionSetNode[], Map<string, Selected>>();
  readonly #under = new WeakMap<CollectedField, readonly SelectionSetNode[]>();

  constructor(schema: GraphQLSchema, fragments: FragmentTable, names: InternalAliases) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#names = names;
  }

  /** The fields of an object of this type below a field of the answer. */
  under(field: CollectedField, type: FieldedType): readonly CollectedField[] {
    return this.on(this.setsOf(field), type);
  }

  /** The selection sets below a field of the answer. */
  setsOf(field: CollectedField): readonly SelectionSetNode[] {
    let sets = this.#under.get(field);
    if (!sets) {
      sets = mergedSelectionSets(field.nodes);
      this.#under.set(field, sets);
    }
    return sets;
  }

  /** The fields these selection sets ask of an object of this type, but for what they defer. */
  on(sets: readonly SelectionSetNode[], type: FieldedType): readonly CollectedField[] {
    return this.#selected(sets, type).fields;
  }

  /** What these selection sets defer of an object of this type. */
  deferredOn(sets: readonly SelectionSetNode[], type: FieldedType): readonly DeferredFragment[] {
    return this.#selected(sets, type).deferred;
  }

  /** Whether what is asked of an object of this interface depends on which of its types the object is of. */
  dependsOnType(sets: readonly SelectionSetNode[], type: GraphQLInterfaceType): boolean {
    return sets.some(({ selections }) =>
      selections.some((node) => {
        const fragment = node.kind === Kind.FIELD ? null : fragmentOf(node, this.#fragments);
        if (!fragment) return false;
        const condition = fragment.typeCondition?.name.value;
        if (doesTypeApply(this.#schema, type, condition))
          return this.dependsOnType([fragment.selectionSet], type);
        const possible = possibleObjectTypes(this.#schema, type);
        return possible.some((object) => doesTypeApply(this.#schema, object, condition));
      }),
    );
  }

  #selected(sets: readonly SelectionSetNode[], type: FieldedType): Selected {
    const byType = this.#known.get(sets) ?? new Map<string, Selected>();
    this.#known.set(sets, byType);
    const known = byType.get(type.name);
    if (known) return known;
    const applies = (condition: string) => doesTypeApply(this.#schema, type, condition);
    const { fields: collected, deferred } = collectFields(sets, this.#fragments, applies);
    const fields = [...collected].map(([key, nodes]) => this.#field(key, nodes, type));
    const selected = { fields, deferred };
    byType.set(type.name, selected);
    return selected;
  }

  #field(key: string, nodes: readonly FieldNode[], parentType: FieldedType): CollectedField {
    const [node] = nodes as [FieldNode];
    const type = parentType.getFields()[node.name.value]?.type ?? null;
    return { key, internalAlias: this.#names.of(node), nodes, parentType, type };
  }

  /** Every field selected below a field, whatever the type; for finding the name a client knows something by. */
  anyUnder(field: CollectedField, internalAlias: string): CollectedField | null {
    const types = this.#possible(field);
    for (const type of types) {
      const found = this.under(field, type).find((inner) => inner.internalAlias === internalAlias);
      if (found) return found;
    }
    return null;
  }

  #possible({ type }: CollectedField): readonly FieldedType[] {
    const named = type && getNamedType(type);
    if (!isCompositeType(named)) return [];
    const objects = possibleObjectTypes(this.#schema, named);
    return isInterfaceType(named) ? [...objects, named] : objects;
  }
}
