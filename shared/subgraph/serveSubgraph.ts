import type { Transport } from "@connectrpc/connect";
import { addressVariable, type Addresses } from "#shared/config/addressVariable.ts";
import { ConfigError } from "#shared/config/config.ts";
import { openDatabase } from "#shared/database/database.ts";
import type { ErrorTable } from "#shared/errors/exposed.ts";
import { serveMetrics } from "#shared/http/metricsServer.ts";
import { listen } from "#shared/http/server.ts";
import { createLog } from "#shared/log/log.ts";
import { startHeartbeat } from "#shared/process/heartbeat.ts";
import { createPubsub } from "#shared/pubsub/pubsub.ts";
import { httpTransport } from "#shared/rpc/rpcClient.ts";
import { startTelemetry } from "#shared/telemetry/telemetry.ts";
import type { SubgraphConfig } from "./config.ts";
import type { SubgraphDefinition } from "./defineSubgraph.ts";
import { createTokenIssuer, createTokenVerifier } from "./internalToken.ts";
import { serviceOf } from "./serviceKeys.ts";
import { openSubgraph, type OpenSubgraphOptions } from "./openSubgraph.ts";

/**
 * Serves one subgraph alone, until SIGTERM or SIGINT. `readConfig` reads the environment: its faults are printed, and end
 * the process with exit code 1, like anything else that keeps it from starting.
 */
export async function serveSubgraph<Services, Settings, Callee extends string>(
  definition: SubgraphDefinition<Services, Settings, Callee>,
  readConfig: () => SubgraphConfig & Settings & Addresses<Callee>,
  options: ServeOptions,
): Promise<void> {
  try {
    const starting = start(definition, readConfig(), options);
    // Heard from the beginning: whoever stops a service that is still starting wants it stopped as well.
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
        void starting.then((stop) => stop()).then(() => process.exit(0));
      });
    }
    await starting;
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
}

// Each part of stopping has an end of its own before that.
const LONGEST_STOP_MS = 6_000;

/** What all subgraphs are served with. */
export interface ServeOptions extends Pick<OpenSubgraphOptions, "onParked" | "callers"> {
  readonly messages: ErrorTable;
}

async function start<Services, Settings, Callee extends string>(
  definition: SubgraphDefinition<Services, Settings, Callee>,
  config: SubgraphConfig & Settings & Addresses<Callee>,
  { messages, onParked, callers }: ServeOptions,
): Promise<() => Promise<void>> {
  const { name } = definition;
  const { INTERNAL_TOKEN_PUBLIC_KEYS: publicKeys, INTERNAL_TOKEN_PRIVATE_KEY: privateKey } = config;
  requireOwnKey(name, serviceOf(publicKeys, privateKey));
  const { DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize, PORT: port, HOST: host } = config;
  const log = createLog({ service: name, level: config.LOG_LEVEL });
  const stopTelemetry = await startTelemetry({ service: name, endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT });
  const database = await openDatabase({ url, service: name, poolSize, log, applicationName: name });
  const subgraph = openSubgraph(definition, {
    database,
    log,
    config,
    messages,
    onParked,
    callers,
    pubsub: createPubsub(database),
    verifier: createTokenVerifier({ publicKeys, audience: name }),
    issuer: createTokenIssuer({ privateKey }),
    transportTo: transports(config),
  });
  const ready = async () => ({ database: await reachable(database), worker: subgraph.worker.ready() });
  const { routes, paths } = subgraph;
  const server = await listen({ port, host, routes, paths, ready, log, messages });
  const metrics = await serveMetrics({ port: config.METRICS_PORT, host: config.METRICS_HOST, log });
  await subgraph.worker.start();
  const { HEARTBEAT_URL: heartbeat, HEARTBEAT_SECONDS: everySeconds } = config;
  const stopHeartbeat = startHeartbeat({ url: heartbeat, everySeconds, workers: [subgraph.worker], log });
  log.info({ url: server.url, metrics: `${metrics.url}/metrics` }, "The subgraph serves");
  return async () => {
    stopHeartbeat();
    await Promise.all([server.close(), metrics.close(), subgraph.worker.stop()]);
    await subgraph.close();
    await database.close();
    await stopTelemetry();
  };
}

// Said at once rather than by everybody who is asked. A service that calls no other need not be in the list.
function requireOwnKey(name: string, bound: string | null): void {
  if (bound !== null && bound !== name)
    throw new ConfigError([`INTERNAL_TOKEN_PRIVATE_KEY: is the key of ${bound}, and this is ${name}`]);
}

function transports<Callee extends string>(addresses: Addresses<Callee>): (service: Callee) => Transport {
  const made = new Map<string, Transport>();
  return (service) => {
    const transport = made.get(service) ?? httpTransport(addresses[addressVariable(service)]);
    made.set(service, transport);
    return transport;
  };
}

async function reachable(database: Awaited<ReturnType<typeof openDatabase>>): Promise<true | string> {
  try {
    return await database.acrossTenants("readiness", async () => true as const);
  } catch {
    return "cannot be reached";
  }
}
