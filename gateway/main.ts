import "./collector.ts";
import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { ConfigError } from "#shared/config/config.ts";
import { readGatewayConfig, type GatewayConfig } from "./config.ts";
import { openPrimaryLink } from "./workers/primaryLink.ts";

/** Serves the gateway alone, as the environment and the arguments say, until SIGTERM or SIGINT: also while it starts. */
async function main(): Promise<void> {
  const config = readGatewayConfig({ ...process.env, ...fromArguments() });
  const starting = start(config);
  const end = () => void starting.then((stop) => stop()).then(() => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, end);
  await starting;
}

// A process that only looks after others loads nothing of what they serve with.
async function start(config: GatewayConfig): Promise<() => Promise<void>> {
  const count = config.WORKERS === "auto" ? availableParallelism() : config.WORKERS;
  if (cluster.isPrimary && count > 1)
    return (await import("./workers/primary.ts")).startWorkers(config, count);
  // Listens from the beginning, so that nothing is missed that the primary says.
  const primary = cluster.isWorker ? openPrimaryLink() : null;
  const { serveGateway } = await import("./serveGateway.ts");
  const serving = serveGateway(config, primary);
  primary?.onStop(() => void serving.then((stop) => stop()).then(() => process.exit(0)));
  return serving;
}

function fromArguments(): Record<string, string> {
  const options = {
    supergraph: { type: "string" },
    port: { type: "string" },
    workers: { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  return {
    ...(values.supergraph && { SUPERGRAPH: values.supergraph }),
    ...(values.port && { PORT: values.port }),
    ...(values.workers && { WORKERS: values.workers }),
  };
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
});
