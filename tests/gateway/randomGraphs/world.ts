import { GraphQLError, Kind, type FieldNode, type SelectionSetNode, type TypeNode } from "graphql";
import { numberWritten } from "#shared/graphql/losslessJson.ts";
import { ENTITIES, fieldOf, membersIn, type FieldModel, type GraphModel } from "./model.ts";
import { hashOf } from "./random.ts";
import { argumentsOf, argumentsText } from "./exactScalars.ts";

/** An object of the graph: of which type, and which one of all that there are. */
export interface WorldObject {
  readonly __typename: string;
  readonly key: string;
  /** What a subgraph was told of it (a representation), where it was told anything. */
  readonly told?: Readonly<Record<string, unknown>> | undefined;
  /** What its subgraph brings along of it. */
  readonly provided?: SelectionSetNode | undefined;
}

const FIRST_CODE = 9_007_199_254_740_993n;

/**
 * What is true of a graph: each field of each object has one value, which follows from the epoch, whoever is asked. Some fail, and some are
 * null, also where they must not be.
 */
export class World {
  readonly model: GraphModel;
  readonly epoch: number;
  /** Whether something failed that nobody asked for but a requirement. */
  hasFailedUnseen = false;
  readonly #faults: number;

  constructor(model: GraphModel, epoch: number) {
    this.model = model;
    this.epoch = epoch;
    // Every other epoch nothing fails.
    this.#faults = epoch % 2 ? 4 : 0;
  }

  /** The entity of a type by an id or a code; null for one that there is not. */
  entity(type: string, given: { readonly id?: unknown; readonly code?: unknown }): WorldObject | null {
    const code = given.code === undefined ? null : BigInt(JSON.stringify(given.code)) - FIRST_CODE;
    const index = code === null ? Number(String(given.id).replace(/^\D+/, "")) : Number(code);
    return Number.isInteger(index) ? this.#entityAt(type, index) : null;
  }

  #entityAt(type: string, index: number): WorldObject {
    const { family } = this.model.types.get(type)!;
    if (!family) return { __typename: type, key: `${type}:${index}` };
    const { members } = this.model.types.get(family)!;
    return { __typename: members[index % members.length]!, key: `${family}:${index}` };
  }

  /** What identifies an entity, by the field's name; undefined for what is no key. */
  keyOf(object: WorldObject, field: string): unknown {
    const index = object.key.slice(object.key.lastIndexOf(":") + 1);
    if (field === "id") return `k${index}`;
    return field === "code" ? FIRST_CODE + BigInt(index) : undefined;
  }

  /** The value of a field, without what it requires of others: that of fields that require something is `derived`. Throws where it fails. */
  value(object: WorldObject, field: FieldModel, given: Readonly<Record<string, unknown>>): unknown {
    const place = `${object.key}.${field.name}${field.args.length ? argumentsText(given) : ""}`;
    const hash = hashOf(`${this.epoch} ${place}`);
    const chance = hash % 100;
    if (this.#faults && field.mayFail && chance < this.#faults)
      throw new GraphQLError(`fault of ${field.name}`);
    const mayBeNull =
      field.type.kind !== Kind.NON_NULL_TYPE || (this.#faults && field.mayFail && chance < 2 * this.#faults);
    if (mayBeNull && chance < 12) return null;
    return this.#valueOf(field.type, field, place, hash);
  }

  #valueOf(type: TypeNode, field: FieldModel, place: string, hash: number): unknown {
    if (type.kind === Kind.NON_NULL_TYPE) return this.#valueOf(type.type, field, place, hash);
    if (type.kind === Kind.LIST_TYPE) {
      return Array.from({ length: hash % 4 }, (_, index) => {
        const own = hashOf(`${hash} ${index}`);
        if (type.type.kind !== Kind.NON_NULL_TYPE && own % 100 < 8) return null;
        return this.#valueOf(type.type, field, `${place}.${index}`, own);
      });
    }
    return this.#single(field, place, hashOf(`${hash}`));
  }

  #single(field: FieldModel, place: string, hash: number): unknown {
    const type = this.model.types.get(field.named);
    if (!type) return leafOf(field.named, hash);
    if (type.kind === "root") return { __typename: type.name, key: type.name };
    if (type.kind === "value") return { __typename: type.name, key: place };
    if (type.kind === "entity") return this.#entityOf(type.name, hash);
    const known = field.owners.map((owner) => membersIn(this.model, owner, type.name));
    const possible = type.members.filter(
      (member) => known.every((members) => members.includes(member)) || type.name === "Family",
    );
    if (!possible.length) return null;
    const member = possible[hash % possible.length]!;
    return this.model.types.get(member)?.kind === "value"
      ? { __typename: member, key: place }
      : this.#entityOf(member, hash >>> 4);
  }

  #entityOf(type: string, hash: number): WorldObject {
    const { family } = this.model.types.get(type)!;
    const members = family ? this.model.types.get(family)!.members : [type];
    const index = hash % ENTITIES;
    return this.#entityAt(type, index * members.length + members.indexOf(type));
  }

  /** The value of a field that requires something, once that is known. */
  derived(
    object: WorldObject,
    field: FieldModel,
    given: Readonly<Record<string, unknown>>,
    known: unknown,
  ): unknown {
    const place = `${object.key}.${field.name}${field.args.length ? argumentsText(given) : ""} ${JSON.stringify(known)}`;
    return this.#valueOf(field.type, field, place, hashOf(`${this.epoch} ${place}`));
  }

  /** What is required of an object, as its subgraphs answer it. */
  required({ selections }: SelectionSetNode, object: WorldObject): Record<string, unknown> {
    const known: Record<string, unknown> = {};
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const type = node.typeCondition?.name.value;
        if (
          type === undefined ||
          type === object.__typename ||
          this.model.types.get(type)?.members.includes(object.__typename)
        )
          Object.assign(known, this.required(node.selectionSet, object));
      }
      if (node.kind !== Kind.FIELD) continue;
      if (node.name.value === "__typename") known["__typename"] = object.__typename;
      const field = fieldOf(this.model, object.__typename, node.name.value);
      if (!field) continue;
      known[node.name.value] = this.#requiredValue(field, object, node);
    }
    return known;
  }

  #requiredValue(field: FieldModel, object: WorldObject, node: FieldNode): unknown {
    try {
      return this.#selected(
        this.fieldValue(object, field, argumentsOf(field, node.arguments)),
        node.selectionSet,
      );
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      this.hasFailedUnseen = true;
      return null;
    }
  }

  #selected(value: unknown, set: SelectionSetNode | undefined): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#selected(item, set));
    if (typeof value === "bigint") return numberWritten(String(value));
    return set && value !== null ? this.required(set, value as WorldObject) : value;
  }

  /** The value of a field of an object, whoever answers it. Throws where it fails. */
  fieldValue(object: WorldObject, field: FieldModel, given: Readonly<Record<string, unknown>>): unknown {
    if (!field.requires) return this.value(object, field, given);
    return this.derived(object, field, given, this.required(field.requires, object));
  }
}

function leafOf(type: string, hash: number): unknown {
  switch (type) {
    case "Int":
      return (hash % 7) - 3;
    case "Long":
      return hash % 2 ? FIRST_CODE + BigInt(hash) : BigInt(hash % 9);
    case "Float":
      return (hash % 64) / 8;
    case "Boolean":
      return hash % 2 === 0;
    case "Colour":
      return ["RED", "GREEN", "BLUE"][hash % 3];
    case "JSON":
      return {
        a: [numberWritten(`90071992547409${hash % 10}${hash % 7}`), "b"],
        id: hash % 3,
        __typename: "E0",
      };
    default:
      return [`text ${hash % 5}`, `"quoted" \\ ${hash % 5}`, "Straße 你好", ""][hash % 4];
  }
}
