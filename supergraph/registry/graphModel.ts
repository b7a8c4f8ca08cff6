import {
  buildASTSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  type DocumentNode,
  type TypeDefinitionNode,
  type TypeNode,
} from "graphql";
import { requirementsOfSupergraph } from "../authorization.ts";
import { coordinatesOf } from "./coordinates.ts";
import { linkedNames } from "./linkedNames.ts";
import {
  compare,
  directiveReader,
  JOIN,
  sorted,
  text,
  typeModel,
  typeReference,
  type Facts,
  type Reader,
} from "./typeModel.ts";

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

/** Reads a supergraph, and which of these operations use what of it. Throws a GraphQLError for text that is no SDL. */
export function graphModel(supergraphSdl: string, operations: readonly KnownOperation[] = []): GraphModel {
  const document = parse(supergraphSdl, { noLocation: true });
  const reader = directiveReader(document);
  const definitions = typesOfTheGraph(document);
  const subgraphs = subgraphsOf(document, reader);
  const names = new Map(subgraphs.map(({ id, name }) => [id, name]));
  const facts: Facts = {
    reader,
    nameOf: (id) => names.get(id) ?? id,
    requirements: requirementsOfSupergraph(document),
    roots: rootsOf(document),
    occurrences: occurrencesIn(definitions),
    implementations: implementationsIn(definitions),
  };
  return {
    subgraphs: sorted(subgraphs.map(({ name, url }) => ({ name, url }))),
    types: sorted(definitions.map((definition) => typeModel(definition, facts))),
    usedBy: usesOf(document, operations),
  };
}

// The others are what specifications bring along, as join__Graph is.
function typesOfTheGraph(document: DocumentNode): TypeDefinitionNode[] {
  const names = linkedNames(document);
  const isBrought = ({ name: { value } }: TypeDefinitionNode) => value.includes("__") && names.resolve(value);
  return document.definitions.filter(isTypeDefinitionNode).filter((node) => !isBrought(node));
}

function subgraphsOf(document: DocumentNode, reader: Reader): (SubgraphModel & { id: string })[] {
  return document.definitions.flatMap((node) => {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
    return (node.values ?? []).flatMap((value) =>
      reader(value, JOIN, "graph").map((graph) => {
        return { id: value.name.value, name: text(graph["name"]), url: text(graph["url"]) };
      }),
    );
  });
}

function rootsOf(document: DocumentNode): Facts["roots"] {
  const schema = document.definitions.find((node) => node.kind === Kind.SCHEMA_DEFINITION);
  return new Map((schema?.operationTypes ?? []).map(({ operation, type }) => [type.name.value, operation]));
}

function occurrencesIn(definitions: readonly TypeDefinitionNode[]): Map<string, string[]> {
  const occurrences = new Map<string, string[]>();
  const add = (type: TypeNode, coordinate: string) => {
    const { name } = typeReference(type);
    const known = occurrences.get(name);
    if (known) known.push(coordinate);
    else occurrences.set(name, [coordinate]);
  };
  for (const definition of definitions) {
    for (const field of ("fields" in definition ? definition.fields : undefined) ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      add(field.type, coordinate);
      for (const argument of ("arguments" in field ? field.arguments : undefined) ?? []) {
        add(argument.type, `${coordinate}(${argument.name.value}:)`);
      }
    }
  }
  for (const places of occurrences.values()) places.sort();
  return occurrences;
}

function implementationsIn(definitions: readonly TypeDefinitionNode[]): Map<string, string[]> {
  const implementations = new Map<string, string[]>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name } of definition.interfaces ?? []) {
      const known = implementations.get(name.value);
      if (known) known.push(definition.name.value);
      else implementations.set(name.value, [definition.name.value]);
    }
  }
  return implementations;
}

function usesOf(document: DocumentNode, operations: readonly KnownOperation[]): GraphModel["usedBy"] {
  const usedBy = new Map<string, KnownOperation[]>();
  if (operations.length === 0) return usedBy;
  const schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const key = ({ client, name, version }: KnownOperation) => `${client}\n${name}\n${version}`;
  const inOrder = operations.toSorted((one, other) => compare(key(one), key(other)));
  for (const operation of inOrder) {
    for (const coordinate of coordinatesOf(schema, parse(operation.text, { noLocation: true }))) {
      const known = usedBy.get(coordinate);
      if (known) known.push(operation);
      else usedBy.set(coordinate, [operation]);
    }
  }
  return usedBy;
}
