/** A supergraph as people want to read it: what there is, who answers it, who may read it, who asks for it. Sorted by name. */
export interface GraphModel {
  readonly subgraphs: readonly SubgraphModel[];
  readonly types: readonly TypeModel[];
  /** What there is by coordinate: `Type`, `Type.field`, and what uses it. */
  readonly usedBy: ReadonlyMap<string, readonly KnownOperation[]>;
}

/** One subgraph, and where it is said to be. */
export interface SubgraphModel {
  readonly name: string;
  readonly url: string;
}

/** One type of the graph. */
export interface TypeModel extends Described {
  readonly name: string;
  readonly kind: "object" | "interface" | "union" | "enum" | "input" | "scalar";
  /** Which operation it is the root of. */
  readonly root: "query" | "mutation" | "subscription" | null;
  /** The subgraphs that have it, and the keys by which each finds it. */
  readonly subgraphs: readonly TypeInSubgraph[];
  readonly interfaces: readonly string[];
  /** Of an interface or a union: the types that it may be. */
  readonly possibleTypes: readonly string[];
  /** Of objects, interfaces and inputs. */
  readonly fields: readonly FieldModel[];
  readonly values: readonly EnumValueModel[];
  /** Where the format of a scalar is specified. */
  readonly specifiedBy: string | null;
  /** The fields and arguments that are of this type, as coordinates. */
  readonly occursIn: readonly string[];
}

/** What a subgraph has of a type. */
export interface TypeInSubgraph {
  readonly subgraph: string;
  readonly keys: readonly string[];
  readonly isInterfaceObject: boolean;
}

/** A field of an object, an interface or an input. */
export interface FieldModel extends Described {
  readonly name: string;
  readonly coordinate: string;
  readonly type: TypeReference;
  readonly arguments: readonly ArgumentModel[];
  /** The subgraphs that answer it. */
  readonly owners: readonly FieldInSubgraph[];
  /** The default value of an input's field, as GraphQL writes it. */
  readonly defaultValue: string | null;
  readonly listSize: ListSizeModel | null;
}

/** An argument of a field. */
export interface ArgumentModel extends Described {
  readonly name: string;
  readonly coordinate: string;
  readonly type: TypeReference;
  readonly defaultValue: string | null;
}

/** A value of an enum. */
export interface EnumValueModel extends Described {
  readonly name: string;
  readonly coordinate: string;
}

/** What can be said of anything in a schema. */
export interface Described {
  readonly description: string;
  /** Why it is going; null when it stays. */
  readonly deprecated: string | null;
  readonly tags: readonly string[];
  /** Whether clients never see it. */
  readonly isInaccessible: boolean;
  readonly access: AccessModel;
  /** What `@cost` says; null when it says nothing. */
  readonly cost: number | null;
}

/** Who may read something. */
export interface AccessModel {
  /** `everyone` where nothing is asked for by this itself, `signedIn` where that is enough. */
  readonly who: "everyone" | "signedIn" | "permitted";
  /** Every permission that is needed, those included that follow from types and from what it is made of. */
  readonly permissions: readonly string[];
  /** Those of them that are not said at this place. */
  readonly inherited: readonly string[];
  readonly isPublic: boolean;
  /** Whether a person reads it of themselves without what is said at this place. */
  readonly isOrSelf: boolean;
}

/** How a type is written, and what it is a type of. */
export interface TypeReference {
  readonly text: string;
  readonly name: string;
}

/** How a subgraph answers a field. */
export interface FieldInSubgraph {
  readonly subgraph: string;
  readonly requires: string | null;
  readonly provides: string | null;
  /** The subgraph that it takes the field over from. */
  readonly overrides: string | null;
}

/** What `@listSize` says. */
export interface ListSizeModel {
  readonly assumedSize: number | null;
  readonly slicingArguments: readonly string[];
  readonly sizedFields: readonly string[];
}

/** An operation that somebody is known to send. */
export interface KnownOperation {
  readonly client: string;
  readonly version: string;
  readonly name: string;
  readonly text: string;
}
