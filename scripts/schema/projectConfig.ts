import { z } from "zod";
import { readGatewayConfig } from "../../gateway/config.ts";
import { USAGE_POLICY } from "./usagePolicy.ts";

const NAME = /^[a-zA-Z][\w-]*$/;

const tags = z.array(z.string()).default([]);
const gateway = readGatewayConfig({});
const LIMITS = z.strictObject({
  cost: z.int().min(1).default(gateway.LIMIT_COST),
  fetches: z.int().min(1).default(gateway.LIMIT_FETCHES),
  /** How many items a page has at most: so many does a trusted document ask for whose variable says how many. */
  pageSize: z.int().min(1).default(100),
});

/** What a gateway of a graph refuses, and how many items of a list its clients get at most. */
export type GraphLimits = z.output<typeof LIMITS>;

// What Rover puts in the place of ${env.NAME}; ${file.path} would be the text of a file.
const expanded = z.string().transform((text, context) =>
  text.replace(/\$\{([^}]*)\}/g, (whole, key: string) => {
    const name = /^env\.(.+)$/.exec(key)?.[1];
    const value = name === undefined ? undefined : process.env[name];
    if (value !== undefined) return value;
    const message =
      name === undefined ? `${whole} is not of the form \${env.NAME}` : `the variable ${name} is not set`;
    context.addIssue({ code: "custom", message });
    return whole;
  }),
);

const SUBGRAPH_SCHEMA = z
  .strictObject({
    file: expanded.optional(),
    sdl: z.string().optional(),
    subgraph_url: expanded.pipe(z.url()).optional(),
    introspection_headers: z.record(z.string(), expanded).optional(),
    graphref: z
      .unknown()
      .optional()
      .refine(
        (graphref) => graphref === undefined,
        "is in Apollo's registry, which this command does not ask: fetch its SDL with `rover subgraph fetch` and name the file",
      ),
    subgraph: z.unknown().optional(),
  })
  .refine(
    ({ file, sdl, subgraph_url }) =>
      [file, sdl, subgraph_url].filter((each) => each !== undefined).length === 1,
    "names its SDL once: as file, sdl or subgraph_url",
  )
  .refine(
    ({ subgraph_url, introspection_headers }) => !introspection_headers || subgraph_url !== undefined,
    "has introspection_headers, and no subgraph_url to send them to",
  );

const SUBGRAPH_NAME = z
  .string()
  .regex(NAME, "a subgraph's name begins with a letter and goes on with letters, digits, - and _");
const SUBGRAPHS = z.record(
  SUBGRAPH_NAME,
  z.strictObject({ routing_url: expanded.optional(), schema: SUBGRAPH_SCHEMA }),
);

/** The subgraphs of somebody else's graph, as Rover's supergraph config names them. */
export type ForeignSubgraphs = z.output<typeof SUBGRAPHS>;

/** A config of a graph: what Rover calls a supergraph config, with a few words more; or a folder of subgraphs built as ours are. */
export const PROJECT_CONFIG = z.strictObject({
  federation_version: z.union([z.string(), z.number()]).optional(),
  variant: z.string().regex(NAME).default("current"),
  registry: expanded.optional(),
  /** The database of the gateways, in which versions lie instead of in files; and the name of the graph there. */
  database: expanded.pipe(z.url({ protocol: /^postgres(ql)?$/ })).optional(),
  graph: z.string().regex(NAME).default("main"),
  lint: z.union([z.enum(["product", "general"]), z.array(z.string())]).optional(),
  usage: USAGE_POLICY.prefault({}),
  limits: LIMITS.prefault({}),
  contracts: z.record(z.string().regex(NAME), z.strictObject({ include: tags, exclude: tags })).default({}),
  subgraphs: z.union([z.string(), SUBGRAPHS]),
});
