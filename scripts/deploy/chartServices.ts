import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { addressVariable } from "#shared/config/addressVariable.ts";
import { describeConfig, type ConfigShape } from "#shared/config/config.ts";
import { subgraphNames, type SubgraphName } from "#supergraph/subgraphs.ts";

/** What the chart knows of one workload: derived from the service's own config.ts, so that both say the same. */
export interface ChartService {
  readonly port?: number;
  /** The services it calls: those whose addresses it asks for. */
  readonly calls: readonly SubgraphName[];
  readonly variables: {
    /** Set by the chart itself, of what it knows of the installation. */
    readonly given: readonly string[];
    /** Read from the service's Secret; without them it does not start. */
    readonly required: readonly string[];
    /** Read from the service's Secret when they are there. */
    readonly optional: readonly string[];
    /** Set under `services.<service>.config` of the values. */
    readonly settable: readonly string[];
  };
}

/** The shapes of the environments of all workloads of the chart, by name. `root` is the project's folder. */
export async function environmentShapes(root: string): Promise<Record<string, ConfigShape>> {
  const shapeIn = async (folder: string, name: string) => {
    const url = pathToFileURL(join(root, folder, "config.ts")).href;
    const module = (await import(url)) as Record<string, ConfigShape | undefined>;
    const shape = module[`${name}Shape`];
    if (!shape) throw new Error(`${folder}/config.ts exports no ${name}Shape`);
    return shape;
  };
  const gateway = await shapeIn("gateway", "gateway");
  const subgraphs = subgraphNames.map(async (name) => [name, await shapeIn(`subgraphs/${name}`, name)]);
  const standalone = await shapeIn("standalone", "standalone");
  return {
    gateway,
    ...(Object.fromEntries(await Promise.all(subgraphs)) as Record<string, ConfigShape>),
    // In one process, the gateway is told through the same variables.
    standalone: { ...without(gateway, subgraphNames.map(addressVariable)), ...standalone },
    migrations: await shapeIn("migrations", "migrate"),
  };
}

/** What the chart knows of each workload. */
export function chartServices(shapes: Readonly<Record<string, ConfigShape>>): Record<string, ChartService> {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, chartService(name, shape)]));
}

const PORTS: Readonly<Record<string, number | undefined>> = { gateway: 4000, standalone: 4000 };

function chartService(name: string, shape: ConfigShape): ChartService {
  const described = describeConfig(shape);
  const names = described.map((variable) => variable.name);
  const calls = subgraphNames.filter((service) => names.includes(addressVariable(service)));
  const isGiven = (variable: string) =>
    GIVEN.has(variable) || calls.map(addressVariable).includes(variable as never);
  const secrets = described.filter((variable) => !isGiven(variable.name) && SECRET.test(variable.name));
  const isRequired = (variable: (typeof secrets)[number]) =>
    variable.required || (variable.name === "INTERNAL_TOKEN_PRIVATE_KEY" && name !== "standalone");
  const required = secrets.filter(isRequired).map((variable) => variable.name);
  const optional = secrets.filter((variable) => !isRequired(variable)).map((variable) => variable.name);
  return {
    ...(name !== "migrations" && { port: PORTS[name] ?? 4001 }),
    calls,
    variables: {
      given: names.filter(isGiven),
      required,
      optional,
      settable: names.filter((variable) => !isGiven(variable) && !SECRET.test(variable)),
    },
  };
}

// What follows from the installation: the chart sets it, and nobody else.
const GIVEN: ReadonlySet<string> = new Set([
  "HOST",
  "PORT",
  "METRICS_HOST",
  "METRICS_PORT",
  "PUBLIC_URL",
  "DATA_FOLDER",
  "INTERNAL_TOKEN_PUBLIC_KEYS",
]);

// Whoever knows a heartbeat's address can keep a dead man's switch quiet.
/** A variable whose value nobody may see: a key or a password, also where it stands within an address. */
export const SECRET = /(_KEY|_TOKEN|_SECRET|_PASSWORD|_DSN|(DATABASE|OWNER|SMTP|HEARTBEAT)_URL)$/;

function without(shape: ConfigShape, names: readonly string[]): ConfigShape {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !names.includes(name)));
}
