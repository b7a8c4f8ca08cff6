import type { SelectionSetNode, TypeNode } from "graphql";

/** A graph as its subgraphs share it. */
export interface GraphModel {
  readonly subgraphs: readonly SubgraphModel[];
  readonly types: ReadonlyMap<string, TypeModel>;
}

export interface SubgraphModel {
  readonly name: string;
  /** What it calls the root types. */
  readonly roots: Readonly<Record<string, string>>;
  /** The interface that it knows as one object (@interfaceObject), if any. */
  readonly interfaceObject: string | null;
}

export interface TypeModel {
  readonly name: string;
  readonly kind: "root" | "entity" | "value" | "interface" | "union";
  readonly fields: FieldModel[];
  /** The object types that an interface or a union is of. */
  readonly members: readonly string[];
  /** The interface whose objects have ids of their own together, where an entity or an interface has one. */
  readonly family: string | null;
  /** The fields by which each subgraph knows an entity. */
  readonly keys: Map<string, readonly string[]>;
  /** The members that a subgraph knows, where it does not know all. */
  readonly membersIn: Map<string, readonly string[]>;
}

export interface ArgumentModel {
  readonly name: string;
  readonly type: string;
}

export interface FieldModel {
  readonly name: string;
  readonly type: TypeNode;
  readonly named: string;
  readonly args: readonly ArgumentModel[];
  /** The subgraphs that answer it. */
  readonly owners: string[];
  /** What its owner has to know of others for it, and as it is written there. */
  requires: SelectionSetNode | null;
  readonly provides: Map<string, SelectionSetNode>;
  /** Whether others bring it along too. */
  isProvided: boolean;
  /** Whether it may fail, or be null where it must not be. */
  mayFail: boolean;
}

/** The leaf types of every graph. */
export const leafTypes = ["Int", "String", "Long", "ID", "Float", "Boolean", "Colour", "JSON"] as const;

/** The SDL of all that each subgraph has alike. */
export const commonSdl = `
  scalar Long
  scalar JSON
  enum Colour { RED GREEN BLUE }
  input Filter { least: Long = 9007199254740993, tags: [String!], colour: Colour = GREEN, inner: Filter }
`;

/** How many objects there are of an entity, or of a family. */
export const ENTITIES = 6;

/** The field of this name on a type, or on the interface that it shares its ids with. */
export function fieldOf(model: GraphModel, type: string, name: string): FieldModel | undefined {
  const known = model.types.get(type);
  const own = known?.fields.find((field) => field.name === name);
  if (own || !known?.family || known.family === type) return own;
  return model.types.get(known.family)?.fields.find((field) => field.name === name);
}

/** The object types of a type that a subgraph knows. */
export function membersIn(model: GraphModel, subgraph: string, type: string): readonly string[] {
  const known = model.types.get(type);
  if (!known) return [];
  if (known.kind !== "interface" && known.kind !== "union") return [type];
  return known.membersIn.get(subgraph) ?? known.members;
}
