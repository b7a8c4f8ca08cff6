import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  GraphQLError,
  isTypeDefinitionNode,
  Kind,
  parse,
  Source,
  type DefinitionNode,
  visit,
  type DocumentNode,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
} from "graphql";

/** The SDL that every subgraph has: federation, @authorize, @public, DateTime, JSON, PageInfo. */
export const commonSdlFile: URL = new URL("./common.graphql", import.meta.url);

/** The SDL of one subgraph: every .graphql file of its folder, and of these files what it uses. Nodes keep their file and line. */
export function readSubgraphSdl(schemaFolder: URL, common: readonly URL[]): DocumentNode {
  const folder = new URL(schemaFolder.href.endsWith("/") ? schemaFolder : `${schemaFolder.href}/`);
  const own = readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .sort()
    .map((file) => new URL(file, folder));
  if (own.length === 0) throw new GraphQLError(`${projectPath(folder)} has no .graphql file`);
  const documents = own.map(parseFile);
  return joinSdl([...common.map(parseFile).map((each) => usedBy(documents, each)), ...documents]);
}

/** Parses one SDL text; `name` is what errors call it. */
export function parseSdl(text: string, name: string): DocumentNode {
  return parse(new Source(text, name));
}

/** One document of several. Each file may add to Query, Mutation and Subscription as if it were alone. */
export function joinSdl(documents: readonly DocumentNode[]): DocumentNode {
  const roots = new Map<string, ObjectTypeDefinitionNode>();
  const others: DefinitionNode[] = [];
  for (const definition of documents.flatMap((document) => document.definitions)) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION && ROOT_TYPES.has(definition.name.value)) {
      roots.set(definition.name.value, merge(roots.get(definition.name.value), definition));
    } else others.push(definition);
  }
  return { kind: Kind.DOCUMENT, definitions: [...others, ...roots.values()] };
}

/** Where something stands in SDL; line and column count from one. */
export interface SdlLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a node stands; undefined for one that was made up. */
export function locationOf(node: { loc?: DocumentNode["loc"] } | undefined): SdlLocation | undefined {
  const at = node?.loc;
  return at && { file: at.source.name, line: at.startToken.line, column: at.startToken.column };
}

/** A place as editors and terminals understand it: `file:line:column`. */
export function printLocation({ file, line, column }: SdlLocation): string {
  return `${file}:${line}:${column}`;
}

const ROOT_TYPES: ReadonlySet<string> = new Set(["Query", "Mutation", "Subscription"]);

function parseFile(file: URL): DocumentNode {
  return parseSdl(readFileSync(file, "utf8"), projectPath(file));
}

function projectPath(file: URL): string {
  const path = fileURLToPath(file);
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") ? path : fromHere;
}

// Composition complains of an enum that nothing refers to; directives stay, and so does what their arguments are made of.
function usedBy(own: readonly DocumentNode[], common: DocumentNode): DocumentNode {
  const used = new Set<string>();
  const NamedType = ({ name }: NamedTypeNode) => void used.add(name.value);
  for (const document of own) visit(document, { NamedType });
  const definitions = common.definitions.filter(
    (node) => !isTypeDefinitionNode(node) || used.has(node.name.value) || node.name.value === "Permission",
  );
  return { ...common, definitions };
}

function merge(
  first: ObjectTypeDefinitionNode | undefined,
  next: ObjectTypeDefinitionNode,
): ObjectTypeDefinitionNode {
  if (!first) return next;
  return {
    ...first,
    directives: [...(first.directives ?? []), ...(next.directives ?? [])],
    fields: [...(first.fields ?? []), ...(next.fields ?? [])],
  };
}
