import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { addressVariable, type AddressVariable } from "#shared/config/addressVariable.ts";
import { ConfigError, flag, port, readConfig, type Config } from "#shared/config/config.ts";
import { list, subgraphShape } from "./subgraphConfig.ts";
import { subgraphNames, type SubgraphName } from "#supergraph/subgraphs.ts";

/** Reads the gateway's environment; throws all faults at once. */
export function readGatewayConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const config = readConfig(gatewayShape, env);
  const faults = REQUIRED[config.AUTH_PROVIDER]
    .filter((name) => !config[name])
    .map((name) => `${name}: is needed with AUTH_PROVIDER=${config.AUTH_PROVIDER}`);
  if (config.TRUSTED_DOCUMENTS !== "off" && !config.TRUSTED_DOCUMENTS_MANIFEST) {
    faults.push(`TRUSTED_DOCUMENTS_MANIFEST: is needed with TRUSTED_DOCUMENTS=${config.TRUSTED_DOCUMENTS}`);
  }
  if (config.WORKERS !== 1 && config.CALLBACK_URL)
    faults.push(
      "WORKERS: what a subgraph calls back with has to come to the process that subscribed: 1 with CALLBACK_URL",
    );
  if (config.EXECUTOR === "stock" && config.UPLOADS) faults.push("UPLOADS: needs EXECUTOR=compiled");
  if (config.EXECUTOR === "stock" && config.SHADOW_RATE > 0) {
    faults.push(
      "SHADOW_RATE: compares with EXECUTOR=compiled, and has nothing to compare with EXECUTOR=stock",
    );
  }
  if (config.SUBGRAPH_SUBSCRIPTIONS.some(({ protocol }) => protocol === "callback") && !config.CALLBACK_URL)
    faults.push("CALLBACK_URL: is needed with callback in SUBGRAPH_SUBSCRIPTIONS");
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

const REQUIRED = {
  none: [],
  oidc: ["AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL"],
  descope: ["AUTH_AUDIENCE"],
} as const;

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const origins = list.superRefine((all, context) => {
  for (const origin of all) {
    if (isOrigin(origin)) continue;
    context.addIssue(`${origin} is not an exact origin, for example https://dashboard.example`);
  }
});
const address = z.url({ protocol: /^https?$/ });

const SAID_OF: Partial<Record<SubgraphName, string>> = {
  alerts: "Where alerts is; its webhooks are forwarded to it",
};

const addresses = Object.fromEntries(
  subgraphNames.map((name) => [
    addressVariable(name),
    address.optional().describe(SAID_OF[name] ?? `Where ${name} is`),
  ]),
) as Record<AddressVariable<SubgraphName>, z.ZodOptional<typeof address>>;

/** Every variable the gateway reads. */
export const gatewayShape = {
  NODE_ENV: z
    .enum(["development", "test", "production"])
    .default("production")
    .describe("development opens the explorer and introspection and allows the development issuer"),
  PORT: port.default(4000).describe("Where the gateway listens"),
  HOST: z
    .string()
    .default("127.0.0.1")
    .describe("The address the gateway listens on; 0.0.0.0 lets other machines in"),
  WORKERS: z
    .union([z.literal("auto"), z.coerce.number().int().min(1).max(256)])
    .default(1)
    .describe("How many processes serve on the port: a number, or auto for one a core"),
  METRICS_PORT: port
    .default(0)
    .describe("Where /metrics is served, apart from everything else; 0 lets the system choose"),
  METRICS_HOST: z.string().default("127.0.0.1").describe("The address on which it is"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("How much is logged"),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional().describe("Where spans are sent; nowhere when absent"),

  SUPERGRAPH: z
    .string()
    .default(fileURLToPath(new URL("../supergraph/registry/current/supergraph.graphql", import.meta.url)))
    .describe("The supergraph: a file or an http(s) address; by default the published one of this project"),
  SUPERGRAPH_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      "The database in which supergraphs are published, to take it from there instead of from SUPERGRAPH",
    ),
  GRAPH_REF: z
    .string()
    .regex(/^[\w-]+@[\w-]+$/, "is not of the form graph@variant")
    .default("main@current")
    .describe("The graph and the variant that are served of those in SUPERGRAPH_DATABASE_URL"),
  SUPERGRAPH_POLL_SECONDS: count(10).describe("How often the supergraph is polled for a newer one"),
  ...addresses,
  ...subgraphShape,
  INTERNAL_TOKEN_PRIVATE_KEY: z
    .string()
    .optional()
    .describe(
      "The Ed25519 key (PEM, PKCS 8) that signs the internal tokens that subgraphs verify; needed by this project's subgraphs",
    ),

  AUTH_PROVIDER: z
    .enum(["none", "oidc", "descope"])
    .default("none")
    .describe(
      "How people are authenticated: not at all (none), by any OpenID Connect provider, or by Descope",
    ),
  AUTH_ISSUER: z
    .string()
    .optional()
    .describe("The issuer a token must name; for Descope follows from the project id"),
  AUTH_AUDIENCE: z.string().optional().describe("The audience a token must name; for Descope the project id"),
  AUTH_JWKS_URL: address
    .optional()
    .describe("Where the provider publishes its keys; for Descope follows from the project id"),
  AUTH_CLOCK_SKEW_SECONDS: z.coerce.number().min(0).max(300).default(5).describe("How far clocks may differ"),
  AUTH_TENANTS_CLAIM: z
    .string()
    .default("tenants")
    .describe("The claim that lists the tenants of a person (oidc)"),
  AUTH_PERMISSIONS_CLAIM: z
    .string()
    .default("permissions")
    .describe(
      "The claim with the person's permissions in the token's only tenant; identity is asked where a token does not say (oidc)",
    ),
  AUTH_ACTOR_CACHE_SECONDS: z.coerce
    .number()
    .min(0)
    .default(0)
    .describe(
      "How long a user or an API key that identity resolved is cached; by default not at all, so that a revocation has effect at once",
    ),
  SUBSCRIPTION_CHECK_SECONDS: z.coerce
    .number()
    .min(0.01)
    .default(10)
    .describe(
      "How often a subscription without events is looked at, and ended when whoever follows it no longer may; at an event that is done in any case",
    ),
  AUTHORIZATION: z
    .enum(["auto", "on", "off"])
    .default("auto")
    .describe("Whether @authorize is enforced; auto: when the supergraph has it"),

  LIMIT_BODY_BYTES: count(256 * 1_024).describe("The largest body of a request"),
  LIMIT_DOCUMENT_BYTES: count(32 * 1_024).describe("The longest document, comments included"),
  LIMIT_TOKENS: count(2_000).describe("The most tokens in a document"),
  LIMIT_DEPTH: count(12).describe("How deep fields may nest, fragments flattened"),
  LIMIT_ALIASES: count(30).describe("The most aliases in an operation, fragments expanded"),
  LIMIT_ROOT_FIELDS: count(20).describe("The most fields at the root of an operation, fragments expanded"),
  LIMIT_DIRECTIVES: count(50).describe("The most directives in a document, fragments expanded"),
  LIMIT_SELECTIONS: count(5_000).describe("The most selections in an operation, fragments expanded"),
  LIMIT_OPERATIONS: count(1).describe("The most operations that one request may run, as a batch"),
  LIMIT_LITERAL_DEPTH: count(10).describe(
    "How deep a value in a document may nest; planning takes twice as long with each step",
  ),
  LIMIT_VARIABLE_DEPTH: count(128).describe("How deep the value of a variable may nest"),
  LIMIT_SUBSCRIPTIONS: count(50).describe(
    "The most subscriptions of one client at a time, over all protocols",
  ),
  LIMIT_SUBSCRIPTION_BYTES: count(1_048_576).describe(
    "The most that waits for a subscription's reader before the subscription ends",
  ),
  LIMIT_CONNECTIONS: count(10_000).describe("The most connections at a time"),
  LIMIT_CONNECTIONS_PER_ADDRESS: count(1_000).describe(
    "The most of them from one address; a proxy in front of the gateway is one address",
  ),
  LIMIT_SOCKETS_PER_ADDRESS: count(500).describe("The most WebSockets from one address"),
  LIMIT_UNSENT_BYTES: count(32 * 1_048_576).describe(
    "The most that waits on one connection for its reader before the connection ends",
  ),
  LIMIT_UNSENT_BYTES_IN_ALL: count(128 * 1_048_576).describe(
    "The most that waits on all of them; the connections on which most waits end first",
  ),
  LIMIT_ANSWER_BYTES: count(8 * 1_048_576).describe(
    "The most that one operation may hold of subgraphs' answers, and the longest answer",
  ),
  LIMIT_ANSWER_OBJECTS: count(150_000).describe("The most objects that one operation may put together"),
  UPLOADS: flag
    .default(false)
    .describe("Whether files may come with operations (the GraphQL multipart request specification)"),
  LIMIT_UPLOAD_FILES: count(5).describe("The most files that come with one operation"),
  LIMIT_UPLOAD_BYTES: count(10 * 1_048_576).describe("The most that they may be together"),
  LIMIT_UPLOAD_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(30)
    .default(30)
    .describe("How long an operation with files may take, receiving them included"),
  LIMIT_COST: count(40_000).describe("The most an operation may cost by @cost and @listSize"),
  COST_PAGE_SIZE: count(20).describe(
    "How many items a connection is taken to give when nobody says how many",
  ),
  COST_LIST_SIZE: count(1).describe("How many items a list without @listSize is taken to have"),
  SOCKET_IDLE_SECONDS: count(300).describe("How long a WebSocket may be open with nothing asked on it"),
  DEADLINE_MILLISECONDS: count(10_000).describe("How long an operation may take"),
  LIMIT_FETCHES: count(50).describe("The most fetches in a plan"),
  LIMIT_PLANNING_MILLISECONDS: count(5_000).describe("How long the planner may take for one operation"),
  LIMIT_PLANNING_MEGABYTES: count(512).describe("The most heap of a planning thread"),
  PLANS_FOLDER: z
    .string()
    .optional()
    .describe("The folder where plans are kept for the next start; they are made anew when absent"),
  EXECUTOR: z
    .enum(["compiled", "stock"])
    .default("compiled")
    .describe("What runs queries and mutations: the executor of this project, or @apollo/gateway's"),
  SHADOW_RATE: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("Which part of the queries @apollo/gateway's executor runs too, for comparison"),

  CSRF_HEADERS: list
    .default(["apollo-require-preflight", "x-apollo-operation-name", "x-graphql-yoga-csrf"])
    .describe("A GET needs one of these headers, by comma"),
  CORS_ORIGINS: origins
    .default([])
    .describe(
      "The origins whose pages may call with credentials, by comma: exactly as browsers say them, never * or null",
    ),
  TRUSTED_DOCUMENTS: z
    .enum(["off", "log", "enforce"])
    .default("off")
    .describe("What becomes of documents that are not in the manifest"),
  TRUSTED_DOCUMENTS_MANIFEST: z
    .string()
    .optional()
    .describe("The file of trusted documents, in Apollo's persisted query manifest format"),
  USAGE_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      "Where it is kept which operations clients send, for checks of the schema; nowhere when absent",
    ),
  USAGE_FLUSH_SECONDS: count(10).describe("How often that is stored"),
  INTROSPECTION: z
    .enum(["open", "permission", "off"])
    .optional()
    .describe(
      "Who may read the schema: everyone (default in development), SchemaRead (default in production), nobody",
    ),
  GRAPHIQL: flag.optional().describe("Whether the explorer is served; by default only outside of production"),
  LEND_SUBGRAPHS: flag
    .default(false)
    .describe(
      "Whether those who sign in may ask single subgraphs under /subgraphs, for the npm run dev of somebody else",
    ),
};

/** The gateway's configuration. */
export type GatewayConfig = Config<typeof gatewayShape>;

// As a browser writes it: anything else, `null` and `*` among them, would allow no origin, or every one.
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** A text that a variable names by file, or by http(s) address. */
export async function readText(fileOrAddress: string): Promise<string> {
  if (!/^https?:/.test(fileOrAddress)) return readFile(fileOrAddress, "utf8");
  const response = await fetch(fileOrAddress, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${fileOrAddress} answered ${response.status}`);
  return response.text();
}
