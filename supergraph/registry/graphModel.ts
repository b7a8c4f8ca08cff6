import {
  buildASTSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
  type TypeNode,
} from "graphql";
import { requirementsOfSupergraph } from "../authorization.ts";
import { AUTHORIZATION_SPEC } from "./authorizationFacts.ts";
import { coordinatesOf } from "./coordinates.ts";
import { linkedNames } from "./linkedNames.ts";

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

/** What a model is made of besides the node at hand. */
interface Facts {
  readonly reader: Reader;
  /** The name of the subgraph that the supergraph calls so. */
  readonly nameOf: (id: string) => string;
  readonly requirements: ReadonlyMap<string, readonly string[]>;
  readonly roots: ReadonlyMap<string, "query" | "mutation" | "subscription">;
  readonly occurrences: ReadonlyMap<string, readonly string[]>;
  readonly implementations: ReadonlyMap<string, readonly string[]>;
}

type Arguments = Readonly<Record<string, unknown>>;
type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined };
/** The arguments of every application of a directive of a specification, whatever the document calls it. */
type Reader = (node: Directed, spec: string, name: string) => readonly Arguments[];

const JOIN = "https://specs.apollo.dev/join";
const FEDERATION = "https://specs.apollo.dev/federation";
const COST = "https://specs.apollo.dev/cost";
const TAG = "https://specs.apollo.dev/tag";
const INACCESSIBLE = "https://specs.apollo.dev/inaccessible";

function directiveReader(document: DocumentNode): Reader {
  const names = linkedNames(document);
  return ({ directives = [] }, spec, name) =>
    directives.flatMap((directive) => {
      const linked = names.resolve(directive.name.value);
      return linked?.spec === spec && linked.name === name ? [argumentsOf(directive)] : [];
    });
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Arguments {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
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

function typeModel(node: TypeDefinitionNode, facts: Facts): TypeModel {
  const name = node.name.value;
  const members = node.kind === Kind.UNION_TYPE_DEFINITION ? (node.types ?? []) : [];
  const interfaces = "interfaces" in node ? (node.interfaces ?? []) : [];
  const subgraphs = inSubgraphs(node, facts);
  const [specified] = (node.directives ?? []).filter((each) => each.name.value === "specifiedBy");
  return {
    ...described(node, name, facts, `${name}.__typename`),
    name,
    kind: KINDS[node.kind],
    root: facts.roots.get(name) ?? null,
    subgraphs,
    interfaces: interfaces.map((each) => each.name.value).sort(),
    possibleTypes: [
      ...members.map((each) => each.name.value),
      ...(facts.implementations.get(name) ?? []),
    ].sort(),
    fields:
      "fields" in node ? (node.fields ?? []).map((field) => fieldModel(field, name, subgraphs, facts)) : [],
    values:
      node.kind === Kind.ENUM_TYPE_DEFINITION
        ? (node.values ?? []).map((value) => enumValue(value, name, facts))
        : [],
    specifiedBy: specified ? text(argumentsOf(specified)["url"]) : null,
    occursIn: facts.occurrences.get(name) ?? [],
  };
}

const KINDS: Readonly<Record<TypeDefinitionNode["kind"], TypeModel["kind"]>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: "object",
  [Kind.INTERFACE_TYPE_DEFINITION]: "interface",
  [Kind.UNION_TYPE_DEFINITION]: "union",
  [Kind.ENUM_TYPE_DEFINITION]: "enum",
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: "input",
  [Kind.SCALAR_TYPE_DEFINITION]: "scalar",
};

function inSubgraphs(node: TypeDefinitionNode, { reader, nameOf }: Facts): TypeInSubgraph[] {
  const joined = Map.groupBy(reader(node, JOIN, "type"), ({ graph }) => nameOf(text(graph)));
  const found = [...joined].map(([subgraph, types]) => ({
    subgraph,
    keys: types.flatMap(({ key }) => (typeof key === "string" ? [key] : [])),
    isInterfaceObject: types.some(({ isInterfaceObject }) => isInterfaceObject === true),
  }));
  return found.sort((one, other) => compare(one.subgraph, other.subgraph));
}

function fieldModel(
  node: FieldDefinitionNode | InputValueDefinitionNode,
  type: string,
  subgraphs: readonly TypeInSubgraph[],
  facts: Facts,
): FieldModel {
  const coordinate = `${type}.${node.name.value}`;
  const [size] = [COST, FEDERATION].flatMap((spec) => facts.reader(node, spec, "listSize"));
  return {
    ...described(node, coordinate, facts),
    name: node.name.value,
    coordinate,
    type: typeReference(node.type),
    arguments:
      "arguments" in node ? (node.arguments ?? []).map((each) => argumentModel(each, coordinate, facts)) : [],
    owners: ownersOf(node, subgraphs, facts),
    defaultValue: "defaultValue" in node && node.defaultValue ? print(node.defaultValue) : null,
    listSize: size
      ? {
          assumedSize: typeof size["assumedSize"] === "number" ? size["assumedSize"] : null,
          slicingArguments: texts(size["slicingArguments"]),
          sizedFields: texts(size["sizedFields"]),
        }
      : null,
  };
}

// Without a word about it, whoever has the type answers the field.
function ownersOf(
  node: Directed,
  subgraphs: readonly TypeInSubgraph[],
  { reader, nameOf }: Facts,
): FieldInSubgraph[] {
  const said = reader(node, JOIN, "field").filter(({ graph }) => graph !== undefined);
  const [requires, provides, overrides] = [null, null, null];
  if (said.length === 0)
    return subgraphs.map(({ subgraph }) => ({ subgraph, requires, provides, overrides }));
  return said
    .filter(({ external, usedOverridden }) => external !== true && usedOverridden !== true)
    .map((join) => ({
      subgraph: nameOf(text(join["graph"])),
      requires: textOrNull(join["requires"]),
      provides: textOrNull(join["provides"]),
      overrides: textOrNull(join["override"]),
    }))
    .sort((one, other) => compare(one.subgraph, other.subgraph));
}

function argumentModel(node: InputValueDefinitionNode, field: string, facts: Facts): ArgumentModel {
  const coordinate = `${field}(${node.name.value}:)`;
  return {
    ...described(node, coordinate, facts),
    name: node.name.value,
    coordinate,
    type: typeReference(node.type),
    defaultValue: node.defaultValue ? print(node.defaultValue) : null,
  };
}

type Describable = Directed & {
  readonly name: { value: string };
  readonly description?: { value: string } | undefined;
};

function enumValue(node: Describable, type: string, facts: Facts): EnumValueModel {
  const coordinate = `${type}.${node.name.value}`;
  return { ...described(node, coordinate, facts), name: node.name.value, coordinate };
}

function described(
  node: Describable,
  coordinate: string,
  facts: Facts,
  needed: string = coordinate,
): Described {
  const { reader } = facts;
  const deprecated = (node.directives ?? []).find((each) => each.name.value === "deprecated");
  const [cost] = [COST, FEDERATION].flatMap((spec) => reader(node, spec, "cost"));
  return {
    description: node.description?.value ?? "",
    deprecated: deprecated ? (textOrNull(argumentsOf(deprecated)["reason"]) ?? "No longer supported") : null,
    tags: [TAG, FEDERATION].flatMap((spec) => reader(node, spec, "tag").map(({ name }) => text(name))).sort(),
    isInaccessible: reader(node, INACCESSIBLE, "inaccessible").length > 0,
    access: accessTo(node, needed, facts),
    cost: typeof cost?.["weight"] === "number" ? cost["weight"] : null,
  };
}

function accessTo(node: Directed, coordinate: string, { reader, requirements }: Facts): AccessModel {
  const own = reader(node, AUTHORIZATION_SPEC, "authorize").flatMap(({ permissions }) => texts(permissions));
  const needed = requirements.get(coordinate);
  const permissions = [...new Set(needed ?? [])].sort();
  return {
    who: !needed ? "everyone" : permissions.length === 0 ? "signedIn" : "permitted",
    permissions,
    inherited: permissions.filter((permission) => !own.includes(permission)),
    isPublic: reader(node, AUTHORIZATION_SPEC, "public").length > 0,
  };
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

function typeReference(node: TypeNode): TypeReference {
  let named = node;
  while (named.kind !== Kind.NAMED_TYPE) named = named.type;
  return { text: print(node), name: named.name.value };
}

function sorted<T extends { readonly name: string }>(all: T[]): T[] {
  return all.sort((one, other) => compare(one.name, other.name));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
