import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { GraphQLError } from "graphql";
import { z } from "zod";
import { parseSdl } from "#shared/subgraph/sdl.ts";
import type { SubgraphSdl } from "#shared/federation/authorizationRules.ts";
import { faultOf, readSubgraphs } from "#shared/federation/compose.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { shownPath } from "./shownPath.ts";
import { CannotRun } from "./cannotRun.ts";
import { askForSdl } from "./askForSdl.ts";
import type { LintRules } from "./sections/lint.ts";
import { readPublished } from "./published.ts";
import { USAGE_POLICY, type UsagePolicy } from "./usagePolicy.ts";
import { readYaml } from "./yamlFile.ts";

/** A graph that is checked and published: this project's own, or that of somebody who hands in a config. */
export interface Project {
  /** What messages call its config. */
  readonly name: string;
  /** Whether the subgraphs are this project's own folders, with resolvers and rules of the house. */
  readonly isOwn: boolean;
  readonly variant: string;
  /** The folder of what is published; null when the config names none, so that there is nothing to compare with. */
  readonly registry: string | null;
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

/** What a gateway of a graph refuses, and how many items of a list its clients get at most. */
export type GraphLimits = z.output<typeof LIMITS>;

/** A variant of the graph with what these tags say only, or without it. */
export interface Contract {
  readonly variant: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The config of this project's own graph. */
export const OWN_CONFIG = fileURLToPath(new URL("../../supergraph/registry/registry.yml", import.meta.url));

/**
 * Reads a project: what Rover calls a supergraph config (`subgraphs: { name: { routing_url, schema: { file | subgraph_url } } }`), or
 * a folder of subgraphs built as ours are. Throws CannotRun for whatever cannot be read, with its place.
 */
export async function readProject(config: string = OWN_CONFIG): Promise<Project> {
  const folder = config === OWN_CONFIG ? PROJECT : dirname(resolve(config));
  const name = shownPath(config);
  const { value } = await readYaml(config, name, CONFIG);
  const from = dirname(resolve(config));
  const isOwn = typeof value.subgraphs === "string";
  const subgraphs =
    typeof value.subgraphs === "string"
      ? ownSubgraphs(resolve(from, value.subgraphs))
      : await foreignSubgraphs(value.subgraphs, from);
  const contracts = Object.entries(value.contracts).map(([variant, tags]) => ({ variant, ...tags }));
  const { variant, lint = "general", usage, limits } = value;
  const lintSeverity = value.lint === undefined ? "warning" : "error";
  const registry = value.registry === undefined ? null : resolve(from, value.registry);
  return {
    name,
    isOwn,
    variant,
    registry,
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

/**
 * The project with the SDL of these subgraphs as it stands, and that of all others as it is published: what deploying them alone would
 * come to. With no names, the project itself. Throws CannotRun for a name that no subgraph has.
 */
export async function onlyChanging(project: Project, names: readonly string[]): Promise<Project> {
  if (names.length === 0) return project;
  const known = project.subgraphs.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new CannotRun(`There is no subgraph ${unknown}: there are ${known.join(", ")}`);
  const published = project.registry && (await readPublished(project.registry, project.variant));
  if (!published) throw new CannotRun(`Nothing is published that ${names.join(", ")} could be put beside`);
  const changing = project.subgraphs.filter(({ name }) => names.includes(name));
  const others = published.subgraphs.filter(({ name }) => !names.includes(name));
  const subgraphs = [...changing, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...project, subgraphs, changing };
}

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const NAME = /^[a-zA-Z][\w-]*$/;

const tags = z.array(z.string()).default([]);
const gateway = readGatewayConfig({});
const LIMITS = z.strictObject({
  cost: z.int().min(1).default(gateway.LIMIT_COST),
  fetches: z.int().min(1).default(gateway.LIMIT_FETCHES),
  /** How many items a page has at most: so many does a trusted document ask for whose variable says how many. */
  pageSize: z.int().min(1).default(100),
});
const CONFIG = z.strictObject({
  federation_version: z.union([z.string(), z.number()]).optional(),
  variant: z.string().regex(NAME).default("current"),
  registry: z.string().optional(),
  lint: z.union([z.enum(["product", "general"]), z.array(z.string())]).optional(),
  usage: USAGE_POLICY.prefault({}),
  limits: LIMITS.prefault({}),
  contracts: z.record(z.string().regex(NAME), z.strictObject({ include: tags, exclude: tags })).default({}),
  subgraphs: z.union([
    z.string(),
    z.record(
      z
        .string()
        .regex(NAME, "a subgraph's name begins with a letter and goes on with letters, digits, - and _"),
      z.strictObject({
        routing_url: z.string().optional(),
        schema: z
          .strictObject({ file: z.string().optional(), subgraph_url: z.url().optional() })
          .refine(
            ({ file, subgraph_url }) => file !== undefined || subgraph_url !== undefined,
            "names neither a file nor a subgraph_url",
          ),
      }),
    ),
  ]),
});

type ForeignSubgraphs = Exclude<z.output<typeof CONFIG>["subgraphs"], string>;

function ownSubgraphs(folder: string): SubgraphSdl[] {
  try {
    return readSubgraphs(pathToFileURL(`${folder}/`), commonSdl);
  } catch (error) {
    throw cannotRead(error as Error);
  }
}

async function foreignSubgraphs(subgraphs: ForeignSubgraphs, from: string): Promise<SubgraphSdl[]> {
  const read = Object.entries(subgraphs).map(async ([name, { routing_url: routing, schema }]) => {
    const { file, subgraph_url: asked } = schema;
    const text =
      file === undefined ? await askForSdl(name, asked!) : await readSdl(name, resolve(from, file));
    const source = file === undefined ? asked! : relative(from, resolve(from, file));
    return { name, document: parsed(text, source), url: routing ?? asked };
  });
  const found = await Promise.all(read);
  if (found.length === 0) throw new CannotRun("The config names no subgraph");
  return found;
}

async function readSdl(name: string, file: string): Promise<string> {
  if (!existsSync(file)) throw new CannotRun(`The subgraph ${name} has no file ${file}`);
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
