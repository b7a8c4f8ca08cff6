import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { GraphQLError } from "graphql";
import type { z } from "zod";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { faultOf, readSubgraphs } from "#shared/federation/compose.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { shownPath } from "./shownPath.ts";
import { CannotRun } from "./cannotRun.ts";
import { askForSdl } from "./askForSdl.ts";
import { databaseUrl } from "./databaseUrl.ts";
import type { LintRules } from "./sections/lint.ts";
import { PROJECT_CONFIG, type ForeignSubgraphs, type GraphLimits } from "./projectConfig.ts";
import { publishedSubgraphs, publishedUrls, readPublished } from "./published.ts";
import type { UsagePolicy } from "./usagePolicy.ts";
import { versionDatabase } from "./versionDatabase.ts";
import { versionFiles } from "./versionFiles.ts";
import type { VersionStore } from "./versionStore.ts";
import { readYaml } from "./yamlFile.ts";

/** A graph that is checked and published: this project's own, or that of somebody who hands in a config. */
export interface Project {
  /** What messages call its config. */
  readonly name: string;
  /** Whether the subgraphs are this project's own folders, with resolvers and rules of the house. */
  readonly isOwn: boolean;
  readonly variant: string;
  /** The folder of approvals and of what is known of clients; null when the config names none: then there is nothing to compare with. */
  readonly registry: string | null;
  /** What is published; null when there is no registry. */
  readonly versions: Pick<VersionStore, "read" | "placeOf"> | null;
  readonly subgraphs: readonly SubgraphSdl[];
  /** The subgraphs that are looked at as they stand; the others are as they are published. */
  readonly changing: readonly SubgraphSdl[];
  readonly lint: LintRules;
  /** Breaches warn where nobody asked for rules: they are no reason to refuse somebody else's graph. */
  readonly lintSeverity: "error" | "warning";
  readonly contracts: readonly Contract[];
  /** What of the known operations counts as use. */
  readonly usage: UsagePolicy;
  /** What a gateway of this graph refuses. */
  readonly limits: GraphLimits;
  /** The folder that places in files are told from. */
  readonly folder: string;
}

/** A variant of the graph with what these tags say only, or without it. */
export interface Contract {
  readonly variant: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The config of this project's own graph. */
export const OWN_CONFIG = fileURLToPath(new URL("../../supergraph/registry/registry.yml", import.meta.url));

/**
 * Reads a project: what Rover calls a supergraph config (`subgraphs: { name: { routing_url, schema: { file | sdl | subgraph_url } } }`),
 * or a folder of subgraphs built as ours are. Throws CannotRun for whatever cannot be read, with its place.
 */
export async function readProject({ config = OWN_CONFIG, database }: ProjectOptions = {}): Promise<Project> {
  const folder = config === OWN_CONFIG ? PROJECT : dirname(resolve(config));
  const name = shownPath(config);
  const { value } = await readYaml(config, name, PROJECT_CONFIG);
  const from = dirname(resolve(config));
  const isOwn = typeof value.subgraphs === "string";
  const subgraphs =
    typeof value.subgraphs === "string"
      ? ownSubgraphs(resolve(from, value.subgraphs))
      : await foreignSubgraphs(value.subgraphs, from);
  const contracts = Object.entries(value.contracts).map(([variant, tags]) => ({ variant, ...tags }));
  const { variant, lint = "general", usage, limits } = value;
  const lintSeverity = value.lint === undefined ? "warning" : "error";
  return {
    name,
    isOwn,
    variant,
    ...registryOf(value, from, database),
    subgraphs,
    changing: subgraphs,
    lint,
    lintSeverity,
    contracts,
    usage,
    limits,
    folder,
  };
}

/** Which project is meant, as the arguments of a command say. */
export interface ProjectOptions {
  /** The file of its config; by default that of this project's own graph. */
  readonly config?: string | undefined;
  /** Whether its versions lie in the database of DATABASE_URL, whatever the config says. */
  readonly database?: boolean | undefined;
}

/** The arguments that say which project is meant. */
export const PROJECT_OPTIONS = {
  config: { type: "string" },
  database: { type: "boolean", default: false },
} as const;

/** Where the versions of the graph of a project lie. Throws CannotRun when its config says nowhere. */
export async function versionsOf({ config = OWN_CONFIG, database }: ProjectOptions): Promise<VersionStore> {
  const name = shownPath(config);
  const { value } = await readYaml(config, name, PROJECT_CONFIG);
  const { versions } = registryOf(value, dirname(resolve(config)), database);
  if (!versions) throw new CannotRun(`${name} names no registry: where should a version go?`);
  return versions;
}

/** The folder of the registry of a project, and the database that its config names. Throws CannotRun when it has no registry. */
export async function readRegistry(
  config: string = OWN_CONFIG,
): Promise<{ readonly registry: string; readonly database: string | undefined }> {
  const name = shownPath(config);
  const { value } = await readYaml(config, name, PROJECT_CONFIG);
  const { registry } = registryOf(value, dirname(resolve(config)));
  if (registry === null) throw new CannotRun(`${name} names no registry: where should usage go?`);
  return { registry, database: value.database };
}

/** The variants of the graph of a project: itself, and its contracts. */
export async function readVariants({
  config = OWN_CONFIG,
}: ProjectOptions): Promise<{ readonly variant: string; readonly contracts: readonly string[] }> {
  const { variant, contracts } = (await readYaml(config, shownPath(config), PROJECT_CONFIG)).value;
  return { variant, contracts: Object.keys(contracts) };
}

function registryOf(
  { registry, database, graph }: z.output<typeof PROJECT_CONFIG>,
  from: string,
  isInEnvironment: boolean = false,
): { registry: string | null; versions: VersionStore | null } {
  const url = isInEnvironment ? databaseUrl() : database;
  if (url === undefined && registry === undefined) return { registry: null, versions: null };
  const folder = resolve(from, registry ?? "registry");
  return {
    registry: folder,
    versions: url === undefined ? versionFiles(folder) : versionDatabase(url, graph),
  };
}

/**
 * The project with the SDL of these subgraphs as it stands, and that of all others as it is published: what deploying them alone would
 * come to. With no names, all of them. A subgraph whose URL the config does not say keeps the one that is published. Throws CannotRun for
 * a name that no subgraph has.
 */
export async function onlyChanging(project: Project, names: readonly string[]): Promise<Project> {
  const { subgraphs, versions, variant, isOwn } = project;
  const known = subgraphs.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new CannotRun(`There is no subgraph ${unknown}: there are ${known.join(", ")}`);
  // Where subgraphs of ours are, gateways are told by their configuration.
  if (names.length === 0 && (isOwn || subgraphs.every(({ url }) => url !== undefined))) return project;
  const published = versions && (await readPublished(versions, variant));
  if (!published && names.length === 0) return project;
  if (!published) throw new CannotRun(`Nothing is published that ${names.join(", ")} could be put beside`);
  const urls = isOwn ? new Map<string, string>() : publishedUrls(published);
  const changing = subgraphs
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((subgraph) => ({ ...subgraph, url: subgraph.url ?? urls.get(subgraph.name) }));
  if (names.length === 0) return { ...project, subgraphs: changing, changing };
  const others = publishedSubgraphs(published, (name) => versions.placeOf(variant, name)).filter(
    ({ name }) => !names.includes(name),
  );
  const all = [...changing, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...project, subgraphs: all, changing };
}

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

function ownSubgraphs(folder: string): SubgraphSdl[] {
  try {
    return readSubgraphs(pathToFileURL(`${folder}/`), commonSdl);
  } catch (error) {
    throw cannotRead(error as Error);
  }
}

async function foreignSubgraphs(subgraphs: ForeignSubgraphs, from: string): Promise<SubgraphSdl[]> {
  const read = Object.entries(subgraphs).map(async ([name, { routing_url: routing, schema }]) => {
    const { file, sdl, subgraph_url: asked, introspection_headers: headers } = schema;
    const url = routing ?? asked;
    if (asked !== undefined)
      return { name, document: parsed(await askForSdl(name, asked, headers), asked), url };
    if (file === undefined) return { name, document: parsed(sdl ?? "", `the sdl of ${name}`), url };
    const path = resolve(from, file);
    return { name, document: parsed(await readSdl(name, path), relative(from, path)), url };
  });
  const found = await Promise.all(read);
  if (found.length === 0) throw new CannotRun("The config names no subgraph");
  return found;
}

async function readSdl(name: string, file: string): Promise<string> {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? true)
    throw new CannotRun(`The subgraph ${name} has no file ${file}`);
  return readFile(file, "utf8");
}

function parsed(text: string, source: string) {
  try {
    return parseSdl(text, source);
  } catch (error) {
    throw cannotRead(error as Error);
  }
}

function cannotRead(error: Error): CannotRun {
  const { message, place } = faultOf(error, []);
  return new CannotRun(error instanceof GraphQLError ? `This is not SDL: ${message}` : message, place);
}
