import { Kind, print, visit, type SelectionSetNode } from "graphql";
import {
  commonSdl,
  fieldOf,
  membersIn,
  type FieldModel,
  type GraphModel,
  type SubgraphModel,
  type TypeModel,
} from "./model.ts";

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@interfaceObject"])';

/** A subgraph of a graph, as SDL. */
export function subgraphSdl(model: GraphModel, subgraph: SubgraphModel): string {
  return new SubgraphText(model, subgraph).text();
}

class SubgraphText {
  readonly #model: GraphModel;
  readonly #subgraph: SubgraphModel;
  /** The types that it has, and which of their fields are @external. */
  readonly #types = new Map<string, Map<string, "own" | "external">>();

  constructor(model: GraphModel, subgraph: SubgraphModel) {
    this.#model = model;
    this.#subgraph = subgraph;
  }

  text(): string {
    const { roots, name } = this.#subgraph;
    for (const type of this.#model.types.values()) {
      for (const field of type.fields) {
        if (
          field.owners.includes(name) &&
          (type.kind !== "value" || this.#types.has(type.name)) &&
          !this.#isPlainInterface(type)
        )
          this.#declare(type, field, "own");
      }
    }
    // An @interfaceObject is an interface somewhere.
    if (name === "s0" && this.#model.subgraphs.some(({ interfaceObject }) => interfaceObject))
      this.#ensure(this.#model.types.get("Family")!);
    const hasRoot = (root: string) => this.#types.has(root);
    const schema = ["Query", "Mutation"]
      .filter(hasRoot)
      .map((root) => `${root.toLowerCase()}: ${roots[root]}`);
    const types = [...this.#types].map(([type]) => this.#typeText(this.#model.types.get(type)!));
    return [LINK, `schema { ${schema.join(" ")} }`, commonSdl, ...types].join("\n");
  }

  #isPlainInterface({ kind, name }: TypeModel): boolean {
    return kind === "interface" && this.#subgraph.interfaceObject !== name;
  }

  #declare(type: TypeModel, field: FieldModel, how: "own" | "external"): void {
    const fields = this.#ensure(type);
    if (fields.get(field.name) === "own" || (fields.has(field.name) && how === "external")) return;
    fields.set(field.name, how);
    const named = this.#model.types.get(field.named);
    if (named) this.#ensure(named);
    const { name } = this.#subgraph;
    if (how !== "own") return;
    if (field.requires) this.#declareSet(field.requires, type.name);
    const provided = field.provides.get(name);
    if (provided) this.#declareSet(provided, field.named);
  }

  #ensure(type: TypeModel): Map<string, "own" | "external"> {
    const known = this.#types.get(type.name);
    if (known) return known;
    const fields = new Map<string, "own" | "external">();
    this.#types.set(type.name, fields);
    const { name, interfaceObject } = this.#subgraph;
    if (type.name === interfaceObject) return fields;
    for (const member of membersIn(this.#model, name, type.name))
      this.#ensure(this.#model.types.get(member)!);
    if (type.kind === "value")
      for (const field of type.fields) if (field.owners.includes(name)) this.#declare(type, field, "own");
    return fields;
  }

  #declareSet({ selections }: SelectionSetNode, type: string): void {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT)
        this.#declareSet(node.selectionSet, node.typeCondition?.name.value ?? type);
      if (node.kind !== Kind.FIELD) continue;
      const known = this.#model.types.get(type)!;
      const isObject = !this.#isPlainInterface(known);
      for (const object of isObject ? [type] : membersIn(this.#model, this.#subgraph.name, type)) {
        const field = fieldOf(this.#model, object, node.name.value);
        if (field)
          this.#declare(
            this.#model.types.get(object)!,
            field,
            field.owners.includes(this.#subgraph.name) ? "own" : "external",
          );
      }
      const named = fieldOf(this.#model, type, node.name.value)?.named;
      if (node.selectionSet && named) this.#declareSet(node.selectionSet, named);
    }
  }

  #typeText(type: TypeModel): string {
    const { roots, name, interfaceObject } = this.#subgraph;
    if (type.kind === "union")
      return `union ${type.name} = ${membersIn(this.#model, name, type.name).join(" | ")}`;
    const keys = this.#keysOf(type);
    const header = keys.map((key) => `@key(fields: "${key}")`).join(" ");
    if (type.name === interfaceObject)
      return `type ${type.name} ${header} @interfaceObject { id: ID! ${this.#fieldsText(type)} }`;
    if (type.kind === "interface") return this.#interfaceText(type);
    const interfaces = [...this.#types.keys()].filter((one) => {
      const known = this.#model.types.get(one)!;
      return known.kind === "interface" && membersIn(this.#model, name, one).includes(type.name);
    });
    const implementing = interfaces.length ? `implements ${interfaces.join(" & ")}` : "";
    const keyFields = keys.map((key) => (key === "id" ? "id: ID!" : "code: Long!"));
    const fields = [...keyFields, this.#fieldsText(type)].join(" ");
    return `type ${roots[type.name] ?? type.name} ${implementing} ${header} { ${fields} }`;
  }

  #interfaceText(type: TypeModel): string {
    const fields = this.#sharedFields(type).map((field) => fieldText(field, this.#subgraph));
    const isKeyed = type.name === "Family";
    return `interface ${type.name} ${isKeyed ? '@key(fields: "id")' : ""} { ${isKeyed ? "id: ID!" : ""} ${fields.join(" ")} }`;
  }

  // What all of its types here have and answer themselves.
  #sharedFields(type: TypeModel): FieldModel[] {
    const { name } = this.#subgraph;
    const members = membersIn(this.#model, name, type.name);
    return type.fields.filter((field) => members.every((member) => this.#types.get(member)?.has(field.name)));
  }

  #keysOf(type: TypeModel): readonly string[] {
    if (type.name === "Family") return ["id"];
    return type.kind === "entity" ? (type.keys.get(this.#subgraph.name) ?? ["id"]) : [];
  }

  #fieldsText(type: TypeModel): string {
    const texts = [...(this.#types.get(type.name) ?? [])].map(([name, how]) => {
      const field = fieldOf(this.#model, type.name, name)!;
      const text = fieldText(field, this.#subgraph);
      if (how === "external") return `${text} @external`;
      const provided = field.provides.get(this.#subgraph.name);
      const isShared = field.owners.length > 1 || field.isProvided;
      return [
        text,
        field.requires ? `@requires(fields: ${setText(field.requires)})` : "",
        provided ? `@provides(fields: ${setText(provided)})` : "",
        isShared ? "@shareable" : "",
      ].join(" ");
    });
    return texts.join("\n  ");
  }
}

function fieldText({ name, type, args }: FieldModel, { roots }: SubgraphModel): string {
  const given = args.length ? `(${args.map((one) => `${one.name}: ${one.type}`).join(", ")})` : "";
  const renamed = visit(type, {
    NamedType: (node) => ({
      ...node,
      name: { ...node.name, value: roots[node.name.value] ?? node.name.value },
    }),
  });
  return `${name}${given}: ${print(renamed)}`;
}

function setText(set: SelectionSetNode): string {
  const text = print(set).replace(/\s+/g, " ").trim().slice(1, -1).trim();
  return JSON.stringify(text);
}
