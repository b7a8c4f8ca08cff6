import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import * as resolvers from "@graphql-codegen/typescript-resolvers";
import {
  buildASTSchema,
  getNamedType,
  isObjectType,
  Kind,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { format } from "prettier";
import { readSubgraphs } from "#shared/federation/compose.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";

/** Writes the resolver types of every subgraph from its SDL; with --check it writes nothing and fails when a file would differ. */
export async function codegenSchema(folder: string, check: boolean): Promise<number> {
  const root = pathToFileURL(`${folder}/`);
  let stale = 0;
  for (const subgraph of readSubgraphs(new URL("subgraphs/", root), commonSdl)) {
    const path = `subgraphs/${subgraph.name}/schema/resolvers.generated.ts`;
    const text = await resolverTypes(subgraph, new URL(`subgraphs/${subgraph.name}/`, root));
    const present = await readFile(new URL(path, root), "utf8").catch(() => null);
    if (present === text) continue;
    stale += 1;
    console.log(`${check ? "differs" : "written"}: ${path}`);
    if (!check) await writeFile(new URL(path, root), text);
  }
  return check && stale > 0 ? 1 : 0;
}

async function resolverTypes({ document }: SubgraphSdl, folder: URL): Promise<string> {
  const schemaAst = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const { mappers, imports } = await mappersOf(schemaAst, folder);
  const text = await codegen({
    filename: "resolvers.generated.ts",
    schema: document,
    schemaAst,
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
    config: { ...CONFIG, mappers, contextType: "Context" },
  });
  // Of a field that leads to a type with a mapper the plugin forgets that it is not optional.
  const whole = text.replaceAll("\t", "  ").replaceAll("?: Maybe<", ": Maybe<");
  const demanding = withDemands(whole, Object.keys(mappers));
  const parts = [HEADER, ANSWERED, ...imports, await contextOf(folder), demanding];
  return format(parts.join("\n"), { parser: "typescript", printWidth: 110 });
}

const HEADER = "// Generated from the SDL beside it by `npm run codegen`. Never edited.\n";

const ANSWERED = `import type { Answered, Demanded } from "#shared/subgraph/answered.ts";`;

// Where it is known what the objects of a type have, what they have not needs a resolver.
function withDemands(text: string, types: readonly string[]): string {
  const known = types.filter((name) => text.includes(`export type ${name}Resolvers<`));
  const renamed = known.reduce(
    (all, name) => all.replace(`export type ${name}Resolvers<`, `type ${name}Fields<`),
    text.replace(
      "export type Resolvers<ContextType = Context> = {",
      "type OptionalResolvers<ContextType = Context> = {",
    ),
  );
  const strict = known.map(
    (name) =>
      `export type ${name}Resolvers<ContextType = Context> = Answered<${name}Fields<ContextType>, ResolversParentTypes["${name}"]>;`,
  );
  const members = known.map((name) => `${name}: ${name}Resolvers<ContextType>;`).join(" ");
  return [
    renamed,
    ...strict,
    `export type Resolvers<ContextType = Context> = OptionalResolvers<ContextType> & Demanded<{ ${members} }>;`,
  ].join("\n");
}

const CONFIG = {
  federation: true,
  enumsAsTypes: true,
  importExtension: ".ts",
  useTypeImports: true,
  defaultScalarType: "unknown",
  // Whoever leaves out an argument with a default gets the default. What answers as the SDL says, says so of each field, if only null.
  avoidOptionals: { defaultValue: true, field: true },
  scalars: {
    ID: "string",
    DateTime: "Temporal.Instant",
    Date: "string",
    LocalTime: "string",
    Duration: "string",
    TimeZone: "string",
    EmailAddress: "string",
    URL: "string",
    JSON: "unknown",
    _Any: "unknown",
    _FieldSet: "string",
  },
};

/** What a resolver hands on for a type, when it is not what the SDL says: by the type's name. */
type Mappers = Record<string, string>;

// In this order: what schema/mappers.ts says, the entity's row, a page of rows, and of another's entity the key.
async function mappersOf(
  schema: GraphQLSchema,
  folder: URL,
): Promise<{ mappers: Mappers; imports: string[] }> {
  const mappers: Mappers = {};
  const own = await exportsOf(new URL("schema/mappers.ts", folder));
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  for (const type of types.filter(({ name }) => !name.startsWith("_"))) {
    const { name } = type;
    const mapper = own.has(name)
      ? `mapped.${name}`
      : (entityRow(name, folder) ?? pageOf(type) ?? keyOf(type));
    if (mapper) mappers[name] = mapper;
  }
  const used = Object.values(mappers);
  const entities = Object.keys(mappers).filter((name) => mappers[name] === `Row<typeof ${name}Entity>`);
  return {
    mappers,
    imports: [
      ...(entities.length > 0 ? [`import type { Row } from "#shared/database/entity.ts";`] : []),
      ...(used.some((mapper) => mapper.startsWith("Connection<"))
        ? [`import type { Connection } from "#shared/subgraph/connection.ts";`]
        : []),
      ...entities.map((name) => `import type { ${name} as ${name}Entity } from "../entities/${name}.ts";`),
      ...(used.some((mapper) => mapper.startsWith("mapped."))
        ? [`import type * as mapped from "./mappers.ts";`]
        : []),
    ],
  };
}

function entityRow(name: string, folder: URL): string | undefined {
  return existsSync(new URL(`entities/${name}.ts`, folder)) ? `Row<typeof ${name}Entity>` : undefined;
}

function pageOf(type: GraphQLObjectType): string | undefined {
  const { nodes, edges } = type.getFields();
  if (!type.name.endsWith("Connection") || !nodes || !edges) return undefined;
  const [node, edge] = [getNamedType(nodes.type).name, getNamedType(edges.type).name];
  return `Connection<ResolversParentTypes["${node}"], ResolversParentTypes["${edge}"]>`;
}

function keyOf(type: GraphQLObjectType): string | undefined {
  const nodes = [type.astNode, ...type.extensionASTNodes];
  const key = nodes.flatMap((node) => node?.directives ?? []).find(({ name }) => name.value === "key");
  const fields = key?.arguments?.find(({ name }) => name.value === "fields")?.value;
  if (fields?.kind !== Kind.STRING || !/^[\w\s]+$/.test(fields.value)) return undefined;
  const names = fields.value.trim().split(/\s+/);
  return `{ ${names.map((name) => `${name}: string`).join("; ")} }`;
}

async function contextOf(folder: URL): Promise<string> {
  const has = (await exportsOf(new URL("services.ts", folder))).has("Services");
  const services = has ? `import type { Services } from "../services.ts";\n` : "";
  return `${services}import type { SubgraphContext } from "#shared/subgraph/defineSubgraph.ts";
type Context = SubgraphContext${has ? "<Services>" : ""};`;
}

async function exportsOf(file: URL): Promise<Set<string>> {
  const text = await readFile(file, "utf8").catch(() => "");
  return new Set([...text.matchAll(/^export (?:type|interface) (\w+)/gm)].flatMap(([, name]) => name ?? []));
}

if (import.meta.main)
  process.exitCode = await codegenSchema(dirname(import.meta.dirname), process.argv.includes("--check"));
