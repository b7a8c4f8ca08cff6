import {
  Kind,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from "graphql";
import { linkedNames, stringArgument, type LinkedNames } from "./linkedNames.ts";

/** What SDL says about who may read what: of one subgraph, of several taken together, or of a supergraph. */
export type AuthorizationFacts = Map<string, TypeFacts>;

/** What SDL says about one type. */
export interface TypeFacts {
  readonly name: string;
  kind: "object" | "interface" | "union";
  /** The permission lists of each @authorize on the type. */
  readonly applications: string[][];
  readonly fields: Map<string, FieldFacts>;
  readonly keys: Set<string>;
  readonly interfaces: Set<string>;
  readonly members: Set<string>;
  isInterfaceObject: boolean;
  readonly node: DefinitionNode;
}

/** What SDL says about one field. */
export interface FieldFacts {
  readonly name: string;
  returns: string;
  readonly applications: string[][];
  isPublic: boolean;
  /** Whether a person reads it of themselves without what it asks for itself. */
  isOrSelf: boolean;
  isExternal: boolean;
  /** Selections on the field's own type that are read to answer it: @requires and keys. */
  readonly requires: Set<string>;
  /** Selections on the type it returns that it answers itself: @provides. */
  readonly provides: Set<string>;
  readonly node: FieldDefinitionNode;
}

/** The specification that @authorize, @orSelf and @public belong to. */
export const AUTHORIZATION_SPEC = "https://tocsin.dev/authorization";
const FEDERATION_SPEC = "https://specs.apollo.dev/federation";

/** Reads the facts of one subgraph, whatever names its @link gives to the directives. */
export function factsOfSubgraph(document: DocumentNode): AuthorizationFacts {
  return readFacts(document, directiveReader(document, FEDERATION_SPEC), addFederation);
}

/** Reads the facts that survived composition: @join__field and @join__type say what @requires, @provides and @key said. */
export function factsOfSupergraph(document: DocumentNode): AuthorizationFacts {
  return readFacts(document, directiveReader(document, "https://specs.apollo.dev/join"), addJoins);
}

/** All facts of several subgraphs as one: every application of @authorize counts, wherever it stands. */
export function joinFacts(all: readonly AuthorizationFacts[]): AuthorizationFacts {
  const joined: AuthorizationFacts = new Map();
  for (const type of all.flatMap((facts) => [...facts.values()])) addType(joined, type);
  for (const type of joined.values()) if (type.isInterfaceObject) giveToImplementations(type, joined);
  return joined;
}

/** The object types that a value of this interface or union can be. */
export function possibleTypes(facts: AuthorizationFacts, { name, kind, members }: TypeFacts): TypeFacts[] {
  if (kind === "union") return [...members].flatMap((member) => facts.get(member) ?? []);
  return [...facts.values()].filter((type) => type.kind === "object" && type.interfaces.has(name));
}

/** Applications of one directive on one node, by the name its specification gives it. */
type Applications = (node: Directed, name: string) => readonly ConstDirectiveNode[];
type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined };
type Reader = { authorization: Applications; federation: Applications };
type AddReads = (type: TypeFacts, nodes: readonly Directed[], federation: Applications) => void;

function directiveReader(document: DocumentNode, spec: string): Reader {
  const names = linkedNames(document);
  return {
    authorization: applicationsOf(names, AUTHORIZATION_SPEC),
    federation: applicationsOf(names, spec),
  };
}

function applicationsOf(names: LinkedNames, spec: string): Applications {
  return ({ directives = [] }, name) =>
    directives.filter((directive) => {
      const linked = names.resolve(directive.name.value);
      return linked?.spec === spec && linked.name === name;
    });
}

function readFacts(document: DocumentNode, reader: Reader, addReads: AddReads): AuthorizationFacts {
  const facts: AuthorizationFacts = new Map();
  const nodes = new Map<string, Directed[]>();
  for (const definition of document.definitions) {
    const type = readType(definition, reader);
    if (!type) continue;
    nodes.set(type.name, [...(nodes.get(type.name) ?? []), definition as Directed]);
    addType(facts, type);
  }
  for (const type of facts.values()) addReads(type, nodes.get(type.name) ?? [], reader.federation);
  return facts;
}

function readType(node: DefinitionNode, { authorization, federation }: Reader): TypeFacts | undefined {
  const kind = KINDS.get(node.kind);
  if (!kind || !("name" in node) || !node.name) return undefined;
  const isInterfaceObject = kind === "object" && federation(node as Directed, "interfaceObject").length > 0;
  const externalType = federation(node as Directed, "external").length > 0;
  const fields = "fields" in node ? ((node.fields ?? []) as readonly FieldDefinitionNode[]) : [];
  return {
    name: node.name.value,
    kind: isInterfaceObject ? "interface" : kind,
    applications: authorization(node as Directed, "authorize").map(permissionsOf),
    fields: new Map(
      fields.map((field) => [
        field.name.value,
        readField(field, { authorization, federation }, externalType),
      ]),
    ),
    keys: new Set(),
    interfaces: new Set("interfaces" in node ? node.interfaces?.map((each) => each.name.value) : []),
    members: new Set("types" in node ? node.types?.map((each) => each.name.value) : []),
    isInterfaceObject,
    node,
  };
}

const KINDS: ReadonlyMap<string, TypeFacts["kind"]> = new Map([
  [Kind.OBJECT_TYPE_DEFINITION, "object"],
  [Kind.OBJECT_TYPE_EXTENSION, "object"],
  [Kind.INTERFACE_TYPE_DEFINITION, "interface"],
  [Kind.INTERFACE_TYPE_EXTENSION, "interface"],
  [Kind.UNION_TYPE_DEFINITION, "union"],
  [Kind.UNION_TYPE_EXTENSION, "union"],
]);

function readField(node: FieldDefinitionNode, reader: Reader, externalType: boolean): FieldFacts {
  return {
    name: node.name.value,
    returns: namedType(node.type),
    applications: reader.authorization(node, "authorize").map(permissionsOf),
    isPublic: reader.authorization(node, "public").length > 0,
    isOrSelf: reader.authorization(node, "orSelf").length > 0,
    isExternal: externalType || reader.federation(node, "external").length > 0,
    requires: new Set(),
    provides: new Set(),
    node,
  };
}

function addFederation(type: TypeFacts, nodes: readonly Directed[], federation: Applications): void {
  const keys = nodes.flatMap((node) => federation(node, "key")).flatMap((key) => fieldsOf(key, "fields"));
  for (const key of keys) type.keys.add(key);
  for (const field of type.fields.values()) {
    for (const each of federation(field.node, "requires")) add(field.requires, fieldsOf(each, "fields"));
    for (const each of federation(field.node, "provides")) add(field.provides, fieldsOf(each, "fields"));
    if (!field.isExternal) readsKeys(field, keys);
  }
}

// A field without @join__field is in every subgraph of its type, so it reads the keys of all of them.
function addJoins(type: TypeFacts, nodes: readonly Directed[], join: Applications): void {
  const keys = nodes
    .flatMap((node) => join(node, "type"))
    .flatMap((each) => {
      return fieldsOf(each, "key").map((key) => ({ key, graph: enumArgument(each, "graph") }));
    });
  for (const { key } of keys) type.keys.add(key);
  for (const field of type.fields.values()) {
    const joins = join(field.node, "field").filter((each) => !isTrue(each, "external"));
    for (const each of joins) add(field.requires, fieldsOf(each, "requires"));
    for (const each of joins) add(field.provides, fieldsOf(each, "provides"));
    const graphs = new Set(joins.flatMap((each) => enumArgument(each, "graph") ?? []));
    const read = keys.filter(({ graph }) => joins.length === 0 || graphs.has(graph ?? ""));
    readsKeys(
      field,
      read.map(({ key }) => key),
    );
  }
}

function readsKeys(field: FieldFacts, keys: readonly string[]): void {
  // A part of a key is not read through the key: it is what is read.
  const isPart = keys.some((key) => key.split(/[^\w]+/).includes(field.name));
  if (!isPart) add(field.requires, keys);
}

function addType(facts: AuthorizationFacts, type: TypeFacts): void {
  const known = facts.get(type.name);
  if (!known) {
    facts.set(type.name, { ...type, ...copyOfSets(type), fields: new Map(copiesOf(type.fields)) });
    return;
  }
  known.applications.push(...type.applications);
  known.isInterfaceObject ||= type.isInterfaceObject;
  for (const set of ["keys", "interfaces", "members"] as const) add(known[set], type[set]);
  for (const field of type.fields.values()) addField(known, field);
}

function addField({ fields }: TypeFacts, field: FieldFacts): void {
  const known = fields.get(field.name);
  if (!known) {
    fields.set(field.name, copyOfField(field));
    return;
  }
  known.applications.push(...field.applications);
  known.isPublic ||= field.isPublic;
  // Of subgraphs that share a field, one that lets nobody by is enough.
  known.isOrSelf &&= field.isOrSelf;
  known.isExternal &&= field.isExternal;
  add(known.requires, field.requires);
  add(known.provides, field.provides);
}

function giveToImplementations(type: TypeFacts, facts: AuthorizationFacts): void {
  for (const implementation of possibleTypes(facts, type)) {
    for (const field of type.fields.values()) addField(implementation, field);
  }
}

function copyOfSets({ applications, keys, interfaces, members }: TypeFacts) {
  return {
    applications: [...applications],
    keys: new Set(keys),
    interfaces: new Set(interfaces),
    members: new Set(members),
  };
}

function copiesOf(fields: ReadonlyMap<string, FieldFacts>): [string, FieldFacts][] {
  return [...fields].map(([name, field]) => [name, copyOfField(field)]);
}

function copyOfField(field: FieldFacts): FieldFacts {
  const { applications, requires, provides } = field;
  return {
    ...field,
    applications: [...applications],
    requires: new Set(requires),
    provides: new Set(provides),
  };
}

function add<T>(set: Set<T>, more: Iterable<T>): void {
  for (const each of more) set.add(each);
}

function permissionsOf(directive: ConstDirectiveNode): string[] {
  const value = directive.arguments?.find((argument) => argument.name.value === "permissions")?.value;
  const values = value?.kind === Kind.LIST ? value.values : value ? [value] : [];
  return values.flatMap((each) => (each.kind === Kind.ENUM || each.kind === Kind.STRING ? [each.value] : []));
}

function fieldsOf(directive: ConstDirectiveNode, argument: string): string[] {
  const text = stringArgument(directive, argument);
  return text === undefined ? [] : [text];
}

function enumArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

function isTrue(directive: ConstDirectiveNode, name: string): boolean {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.BOOLEAN && value.value;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
