import { ConfigError } from "#shared/config/config.ts";
import type { Log } from "#shared/log/log.ts";
import type { GatewayConfig } from "./config.ts";
import { openEngine, type DataSource, type Engine, type EngineOptions } from "./executor/engine.ts";

/** Opens an engine on one supergraph; rejects when the supergraph is not valid. */
export type EngineOpener = (options: EngineOptions) => Promise<Engine>;

/**
 * What opens the engines that EXECUTOR and SHADOW_RATE ask for. Nothing of @apollo/gateway is loaded unless they do; throws a
 * ConfigError when it is to be and is not installed.
 */
export async function openExecutor(
  { EXECUTOR, SHADOW_RATE }: Pick<GatewayConfig, "EXECUTOR" | "SHADOW_RATE">,
  log: Log,
): Promise<EngineOpener> {
  if (EXECUTOR === "compiled" && SHADOW_RATE === 0) return async (options) => openEngine(options);
  const asked = EXECUTOR === "stock" ? "EXECUTOR: stock" : "SHADOW_RATE: more than 0";
  const { openStockEngine } = await import("./stock/stockEngine.ts").catch((error: unknown) => {
    throw isNotInstalled(error) ? notInstalled(asked) : error;
  });
  const { withShadow } = await import("./stock/shadow.ts");
  return async (options) => {
    const shared = { ...options, dataSource: once(options.dataSource) };
    const own = openEngine(shared);
    const stock = await closingUnlessOpen(own, () => openStockEngine(shared, own));
    return EXECUTOR === "stock" ? stock : withShadow(own, stock, { rate: SHADOW_RATE, log });
  };
}

function isNotInstalled(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ERR_MODULE_NOT_FOUND" && message.includes("@apollo/gateway");
}

function notInstalled(asked: string): ConfigError {
  return new ConfigError([
    `${asked} needs the package @apollo/gateway, which is optional and not installed: run npm install without --omit=optional`,
  ]);
}

// Both engines ask the same source of a subgraph, each behind a circuit breaker of its own.
function once(dataSource: EngineOptions["dataSource"]): EngineOptions["dataSource"] {
  const known = new Map<string, DataSource>();
  return (subgraph, url) => {
    const source = known.get(subgraph) ?? dataSource(subgraph, url);
    known.set(subgraph, source);
    return source;
  };
}

async function closingUnlessOpen(own: Engine, open: () => Engine): Promise<Engine> {
  try {
    return open();
  } catch (error) {
    await own.close();
    throw error;
  }
}
