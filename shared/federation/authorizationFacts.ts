import { Kind, type DefinitionNode, type DocumentNode, type FieldDefinitionNode } from "graphql";
import { namesInFieldSet } from "#shared/graphql/fieldSet.ts";
import { namedTypeOf } from "#shared/graphql/namedType.ts";
import { directiveReader, type DirectiveArguments, type Directed } from "./directiveReader.ts";
import { AUTHORIZATION_SPEC, CONTEXT_SPEC, FEDERATION_SPEC, JOIN_SPEC } from "./specifications.ts";

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
  /** The contexts that it is, of @context. */
  readonly contexts: Set<string>;
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
  /** Selections on a context that are read for an argument of the field: the context's name, a space, the selection. */
  readonly fromContexts: Set<string>;
  readonly node: FieldDefinitionNode;
}

/** Reads the facts of one subgraph, whatever names its @link gives to the directives. */
export function factsOfSubgraph(document: DocumentNode): AuthorizationFacts {
  return readFacts(document, readerOf(document, FEDERATION_SPEC, FEDERATION_SPEC), addFederation);
}

/** Reads the facts that survived composition: @join__field and @join__type say what @requires, @provides and @key said. */
export function factsOfSupergraph(document: DocumentNode): AuthorizationFacts {
  return readFacts(document, readerOf(document, JOIN_SPEC, CONTEXT_SPEC), addJoins);
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

/** The permissions that an application of @authorize lists. */
export function permissionsOf({ permissions }: DirectiveArguments): string[] {
  return [permissions].flat().filter((each) => typeof each === "string");
}

/** The applications of one directive on one node, by the name its specification gives it. */
type Applications = (node: Directed, name: string) => readonly DirectiveArguments[];
type Reader = { authorization: Applications; federation: Applications; context: Applications };
type AddReads = (type: TypeFacts, nodes: readonly Directed[], federation: Applications) => void;

function readerOf(document: DocumentNode, spec: string, contextSpec: string): Reader {
  const { read } = directiveReader(document);
  return {
    authorization: (node, name) => read(node, AUTHORIZATION_SPEC, name),
    federation: (node, name) => read(node, spec, name),
    context: (node, name) => read(node, contextSpec, name),
  };
}

function readFacts(document: DocumentNode, reader: Reader, addReads: AddReads): AuthorizationFacts {
  const facts: AuthorizationFacts = new Map();
  const nodes = new Map<string, Directed[]>();
  for (const definition of document.definitions) {
    const type = readType(definition, reader);
    if (!type) continue;
    nodes.set(type.name, [...(nodes.get(type.name) ?? []), definition]);
    addType(facts, type);
  }
  for (const type of facts.values()) addReads(type, nodes.get(type.name) ?? [], reader.federation);
  return facts;
}

function readType(node: DefinitionNode, reader: Reader): TypeFacts | undefined {
  const { authorization, federation, context } = reader;
  const kind = KINDS.get(node.kind);
  if (!kind || !("name" in node) || !node.name) return undefined;
  const isInterfaceObject = kind === "object" && federation(node, "interfaceObject").length > 0;
  const externalType = federation(node, "external").length > 0;
  const fields = "fields" in node ? ((node.fields ?? []) as readonly FieldDefinitionNode[]) : [];
  return {
    name: node.name.value,
    kind: isInterfaceObject ? "interface" : kind,
    applications: authorization(node, "authorize").map(permissionsOf),
    fields: new Map(fields.map((field) => [field.name.value, readField(field, reader, externalType)])),
    keys: new Set(),
    interfaces: new Set("interfaces" in node ? node.interfaces?.map((each) => each.name.value) : []),
    members: new Set("types" in node ? node.types?.map((each) => each.name.value) : []),
    contexts: new Set(context(node, "context").flatMap(({ name }) => textsOf(name))),
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
    returns: namedTypeOf(node.type),
    applications: reader.authorization(node, "authorize").map(permissionsOf),
    isPublic: reader.authorization(node, "public").length > 0,
    isOrSelf: reader.authorization(node, "orSelf").length > 0,
    isExternal: externalType || reader.federation(node, "external").length > 0,
    requires: new Set(),
    provides: new Set(),
    fromContexts: new Set(),
    node,
  };
}

function addFederation(type: TypeFacts, nodes: readonly Directed[], federation: Applications): void {
  const keys = nodes.flatMap((node) => federation(node, "key")).flatMap(({ fields }) => textsOf(fields));
  add(type.keys, keys);
  const parts = keys.map((key) => ({ key, names: namesInFieldSet(key) }));
  for (const field of type.fields.values()) {
    for (const { fields } of federation(field.node, "requires")) add(field.requires, textsOf(fields));
    for (const { fields } of federation(field.node, "provides")) add(field.provides, textsOf(fields));
    for (const argument of field.node.arguments ?? [])
      for (const { field: text } of federation(argument, "fromContext"))
        add(field.fromContexts, textsOf(text).map(contextRead));
    if (!field.isExternal) readsKeys(field, parts);
  }
}

// `$person { name }`, or `$person ... on Member { name }`.
function contextRead(text: string): string {
  const [, name = "", selection = ""] = /^\s*\$(\w+)\s*(.*)$/s.exec(text) ?? [];
  return `${name} ${selection}`;
}

// A field without @join__field is in every subgraph of its type, so it reads the keys of all of them.
function addJoins(type: TypeFacts, nodes: readonly Directed[], join: Applications): void {
  const keys = nodes
    .flatMap((node) => join(node, "type"))
    .flatMap(({ key, graph }) => textsOf(key).map((text) => ({ key: text, graph })))
    .map((each) => ({ ...each, names: namesInFieldSet(each.key) }));
  for (const { key } of keys) type.keys.add(key);
  for (const field of type.fields.values()) {
    const joins = join(field.node, "field").filter(({ external }) => external !== true);
    for (const { requires } of joins) add(field.requires, textsOf(requires));
    for (const { provides } of joins) add(field.provides, textsOf(provides));
    for (const { contextArguments } of joins)
      for (const each of [contextArguments].flat() as readonly Partial<DirectiveArguments>[])
        if (each) field.fromContexts.add(`${String(each["context"])} ${String(each["selection"])}`);
    const graphs = new Set(joins.map(({ graph }) => graph));
    readsKeys(
      field,
      keys.filter(({ graph }) => joins.length === 0 || graphs.has(graph)),
    );
  }
}

interface Key {
  readonly key: string;
  readonly names: ReadonlySet<string>;
}

function readsKeys(field: FieldFacts, keys: readonly Key[]): void {
  // A part of a key is not read through the key: it is what is read.
  if (keys.some(({ names }) => names.has(field.name))) return;
  for (const { key } of keys) field.requires.add(key);
}

function addType(facts: AuthorizationFacts, type: TypeFacts): void {
  const known = facts.get(type.name);
  if (!known) {
    facts.set(type.name, { ...type, ...copyOfSets(type), fields: new Map(copiesOf(type.fields)) });
    return;
  }
  known.applications.push(...type.applications);
  known.isInterfaceObject ||= type.isInterfaceObject;
  for (const set of ["keys", "interfaces", "members", "contexts"] as const) add(known[set], type[set]);
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
  add(known.fromContexts, field.fromContexts);
}

function giveToImplementations(type: TypeFacts, facts: AuthorizationFacts): void {
  for (const implementation of possibleTypes(facts, type)) {
    for (const field of type.fields.values()) addField(implementation, field);
  }
}

function copyOfSets({ applications, keys, interfaces, members, contexts }: TypeFacts) {
  return {
    applications: [...applications],
    keys: new Set(keys),
    interfaces: new Set(interfaces),
    members: new Set(members),
    contexts: new Set(contexts),
  };
}

function copiesOf(fields: ReadonlyMap<string, FieldFacts>): [string, FieldFacts][] {
  return [...fields].map(([name, field]) => [name, copyOfField(field)]);
}

function copyOfField(field: FieldFacts): FieldFacts {
  const { applications, requires, provides, fromContexts } = field;
  return {
    ...field,
    applications: [...applications],
    requires: new Set(requires),
    provides: new Set(provides),
    fromContexts: new Set(fromContexts),
  };
}

function add<T>(set: Set<T>, more: Iterable<T>): void {
  for (const each of more) set.add(each);
}

function textsOf(value: unknown): string[] {
  return typeof value === "string" ? [value] : [];
}
