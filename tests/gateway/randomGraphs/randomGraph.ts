import { parseType } from "graphql";
import {
  leafTypes,
  membersIn,
  type ArgumentModel,
  type FieldModel,
  type GraphModel,
  type SubgraphModel,
  type TypeModel,
} from "./model.ts";
import type { Random } from "./random.ts";
import { addProvisions, addRequirements } from "./randomRequirements.ts";

/** A graph by chance: types, who has which fields of them, and what they take from one another. It may be one that composition refuses. */
export function randomGraph(random: Random): GraphModel {
  const model = new GraphDraft(random);
  model.addTypes();
  model.addFields();
  addRequirements(model, random);
  addProvisions(model, random);
  return model;
}

class GraphDraft implements GraphModel {
  readonly subgraphs: SubgraphModel[] = [];
  readonly types = new Map<string, TypeModel>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
    const count = 2 + random.next(3);
    const hasInterfaceObject = random.chance(60);
    for (let index = 0; index < count; index++) {
      const renames = random.chance(25);
      this.subgraphs.push({
        name: `s${index}`,
        roots: {
          Query: renames ? `Root${index}` : "Query",
          Mutation: renames ? `Changes${index}` : "Mutation",
        },
        interfaceObject: hasInterfaceObject && index === count - 1 ? "Family" : null,
      });
    }
  }

  addTypes(): void {
    const random = this.#random;
    const add = (
      name: string,
      kind: TypeModel["kind"],
      members: readonly string[] = [],
      family: string | null = null,
    ) =>
      this.types.set(name, {
        name,
        kind,
        fields: [],
        members,
        family,
        keys: new Map(),
        membersIn: new Map(),
      });
    for (const name of ["Query", "Mutation"]) add(name, "root");
    const entities = Array.from({ length: 3 + random.next(3) }, (_, index) => `E${index}`);
    const values = Array.from({ length: 1 + random.next(2) }, (_, index) => `V${index}`);
    const family = entities.slice(0, 2 + random.next(2));
    for (const name of entities) add(name, "entity", [], family.includes(name) ? "Family" : null);
    for (const name of values) add(name, "value");
    add("Family", "interface", family, "Family");
    add("Node", "interface", random.some([...entities, ...values], 2 + random.next(2)).sort());
    add("Any", "union", random.some([...entities, ...values], 2 + random.next(2)).sort());
    for (const name of ["Node", "Any"]) this.#splitMembers(this.types.get(name)!);
    for (const { name } of this.types.values())
      if (this.#isEntity(name)) this.#addKeys(this.types.get(name)!);
  }

  // Not every subgraph knows every type that an interface or a union may be of.
  #splitMembers(type: TypeModel): void {
    for (const { name, interfaceObject } of this.subgraphs) {
      const known = type.members.filter(
        (member) => !interfaceObject || this.types.get(member)?.family !== interfaceObject,
      );
      const some = this.#random.chance(25)
        ? this.#random.some(known, 1 + this.#random.next(known.length || 1))
        : known;
      type.membersIn.set(
        name,
        known.filter((member) => some.includes(member)),
      );
    }
  }

  #addKeys(type: TypeModel): void {
    const random = this.#random;
    const hasCode = random.chance(50);
    for (const { name } of this.subgraphs) {
      const either = random.chance(40) ? ["id", "code"] : random.chance(50) ? ["code"] : ["id"];
      // The interface itself is known by its ids alone.
      type.keys.set(name, !hasCode ? ["id"] : type.family ? [...new Set(["id", ...either])] : either);
    }
  }

  #isEntity(type: string): boolean {
    const known = this.types.get(type);
    return known?.kind === "entity";
  }

  addFields(): void {
    for (const type of this.types.values()) {
      if (type.kind === "value") this.#addValueFields(type);
      if (type.kind === "entity") this.#addEntityFields(type);
      if (type.kind === "root") this.#addRootFields(type);
    }
    for (const name of ["Family", "Node"]) this.#addInterfaceFields(this.types.get(name)!);
    this.#addInterfaceObjectFields();
  }

  /** Whether a subgraph can have something of a type. */
  #knows({ name, interfaceObject }: SubgraphModel, type: string): boolean {
    const known = this.types.get(type);
    if (!known || known.kind === "root") return known !== undefined;
    if (type === "Family") return true;
    if (known.kind === "interface" || known.kind === "union") return membersIn(this, name, type).length > 0;
    return !interfaceObject || known.family !== interfaceObject;
  }

  #addValueFields(type: TypeModel): void {
    const owners = this.subgraphs.map(({ name }) => name);
    for (let count = 2 + this.#random.next(2); count > 0; count--) this.#add(type, this.#leaf(), owners);
    if (this.#random.chance(30)) {
      const everywhere = [...this.types.keys()].filter((to) =>
        this.subgraphs.every((one) => this.#knows(one, to)),
      );
      this.#add(
        type,
        this.#composite(everywhere.filter((to) => to !== "Mutation" && to !== type.name)),
        owners,
      );
    }
  }

  #addEntityFields(type: TypeModel): void {
    const subgraphs = this.subgraphs.filter((one) => this.#knows(one, type.name));
    for (const subgraph of this.#random.some(subgraphs, 1 + this.#random.next(subgraphs.length))) {
      for (let count = 1 + this.#random.next(3); count > 0; count--) {
        const others = subgraphs.filter((one) => one !== subgraph && this.#random.chance(15));
        const owners = [subgraph, ...others];
        if (this.#random.chance(60))
          this.#add(
            type,
            this.#leaf(),
            owners.map(({ name }) => name),
          );
        else
          this.#add(
            type,
            this.#compositeIn(owners),
            owners.map(({ name }) => name),
          );
      }
    }
  }

  #addRootFields(type: TypeModel): void {
    if (type.name === "Mutation" && this.#random.chance(50)) return;
    for (const subgraph of this.subgraphs) {
      for (
        let count = type.name === "Query" ? 2 + this.#random.next(2) : this.#random.next(2);
        count > 0;
        count--
      ) {
        const others = this.subgraphs.filter(
          (one) => one !== subgraph && type.name === "Query" && this.#random.chance(25),
        );
        const owners = [subgraph, ...others];
        const field = this.#random.chance(15)
          ? this.#leaf()
          : this.#compositeIn(owners, type.name === "Mutation");
        this.#add(
          type,
          field,
          owners.map(({ name }) => name),
        );
      }
    }
  }

  // Every subgraph that has the interface answers its first fields itself; another may be anybody's.
  #addInterfaceFields(type: TypeModel): void {
    const leaf = this.#leaf();
    const scattered = this.#random.chance(60) ? this.#leaf() : null;
    for (const member of type.members) {
      const known = this.types.get(member)!;
      const owners = this.subgraphs.filter((one) => this.#knows(one, member)).map(({ name }) => name);
      this.#add(known, leaf, owners);
      if (scattered)
        this.#add(known, scattered, known.kind === "value" ? owners : [this.#random.pick(owners)]);
    }
    this.#add(
      type,
      leaf,
      this.subgraphs.filter(({ interfaceObject }) => interfaceObject !== type.name).map(({ name }) => name),
    );
    if (scattered) this.#add(type, scattered, []);
  }

  #addInterfaceObjectFields(): void {
    for (const subgraph of this.subgraphs) {
      if (!subgraph.interfaceObject) continue;
      const type = this.types.get(subgraph.interfaceObject)!;
      for (let count = 1 + this.#random.next(2); count > 0; count--) {
        const field = this.#random.chance(60) ? this.#leaf() : this.#compositeIn([subgraph]);
        const others = [type, ...type.members.map((member) => this.types.get(member)!)];
        // One member's field is no other field of the interface.
        if (!others.some(({ fields }) => fields.some(({ name }) => name === field.name)))
          this.#add(type, field, [subgraph.name]);
      }
    }
  }

  #add(type: TypeModel, field: Draft, owners: readonly string[]): void {
    const known = type.fields.find(({ name }) => name === field.name);
    if (known) {
      known.owners.push(...owners.filter((owner) => !known.owners.includes(owner)));
      return;
    }
    type.fields.push({
      ...field,
      owners: [...owners],
      requires: null,
      provides: new Map(),
      isProvided: false,
      mayFail: true,
    });
  }

  #compositeIn(owners: readonly SubgraphModel[], isMutation = false): Draft {
    const known = [...this.types.keys()].filter((to) => owners.every((one) => this.#knows(one, to)));
    return this.#composite(known.filter((to) => to !== "Mutation" || isMutation));
  }

  #composite(types: readonly string[]): Draft {
    // Roots below other types are asked for, if rarely.
    const usual = types.filter((type) => this.types.get(type)?.kind !== "root");
    return this.#field(
      this.#random.pick(this.#random.chance(92) && usual.length ? usual : types),
      compositeShapes,
    );
  }

  #leaf(): Draft {
    return this.#field(this.#random.pick(leafTypes), leafShapes);
  }

  // Fields of one name are of one type and take the same arguments, so that more operations are valid.
  #field(named: string, shapes: readonly string[]): Draft {
    const shape = this.#random.next(shapes.length);
    const takes = this.#random.next(4) === 0 ? this.#random.next(argumentSets.length - 1) + 1 : 0;
    const name = `${named.toLowerCase()}${shape}${takes ? `by${takes}` : ""}`;
    const type = parseType(shapes[shape]!.replace("T", named), { noLocation: true });
    return { name, type, named, args: argumentSets[takes]! };
  }
}

type Draft = Pick<FieldModel, "name" | "type" | "named" | "args">;

const compositeShapes = ["T", "T", "T!", "[T]", "[T!]", "[[T]]", "[T!]!"];
const leafShapes = ["T", "T", "T!", "[T]", "[[T!]]"];
const argumentSets: readonly (readonly ArgumentModel[])[] = [
  [],
  [{ name: "long", type: "Long" }],
  [
    { name: "n", type: "Int! = 3" },
    { name: "colour", type: "Colour" },
  ],
  [
    { name: "filter", type: "Filter" },
    { name: "json", type: "JSON" },
  ],
  [{ name: "longs", type: "[Long!] = [1, 9007199254740993]" }],
];
