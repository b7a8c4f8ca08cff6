import { ConfigError } from "#shared/config/config.ts";
import { serveMetrics } from "#shared/http/metricsServer.ts";
import { requestLoadShedder } from "#shared/http/requestLoadShedder.ts";
import { listen, type HttpServer } from "#shared/http/server.ts";
import { createLog, type Log } from "#shared/log/log.ts";
import {
  createTokenIssuer,
  type InternalIdentity,
  type TokenIssuer,
} from "#shared/subgraph/internalToken.ts";
import { readPrivateKey } from "#shared/subgraph/serviceKeys.ts";
import { startTelemetry } from "#shared/telemetry/telemetry.ts";
import type { Authentication, IdentityQuestions } from "./authentication/authentication.ts";
import { authenticationOf } from "./authentication/providers.ts";
import { openCallbacks, type CallbackServer } from "./callbacks.ts";
import { readText, type GatewayConfig } from "./config.ts";
import { dataSourcesOf } from "./dataSources.ts";
import { messages } from "./errors.ts";
import { openGateway, type Gateway } from "./gateway.ts";
import { readTrustedDocuments } from "./plugins/useTrustedDocuments.ts";
import { supergraphSource } from "./supergraphSource.ts";
import type { UsageStore } from "./usage/usageStore.ts";
import { forwardWebhooks } from "./webhooks.ts";
import type { PrimaryLink } from "./workers/primaryLink.ts";

/**
 * Serves the gateway in this process; the answer stops it. A worker has its supergraph and the store of usage from its primary, and serves
 * no metrics of its own.
 */
export async function serveGateway(
  config: GatewayConfig,
  primary: PrimaryLink | null = null,
): Promise<() => Promise<void>> {
  const log = createLog({ service: "gateway", level: config.LOG_LEVEL });
  const stopTelemetry = await startTelemetry({
    service: "gateway",
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
  });
  const tokenIssuer = tokenIssuerOf(config);
  const { TRUSTED_DOCUMENTS_MANIFEST: manifest, METRICS_PORT, METRICS_HOST } = config;
  const callbacks = callbacksOf(config, log);
  const authentication = authenticationOf(config, { identity: await identityOf(config, tokenIssuer), log });
  const gateway = await openGateway({
    loader: primary?.loader ?? (await supergraphSource(config, log)),
    dataSource: dataSourcesOf(config, callbacks),
    callbacks,
    authentication,
    webhooks: config.ALERTS_URL ? forwardWebhooks({ url: config.ALERTS_URL, log }) : undefined,
    trustedDocuments: manifest ? readTrustedDocuments(await readText(manifest)) : undefined,
    usage: await usageStoreOf(config, primary),
    config,
    log,
    tokenIssuer,
  });
  const server = await serve(gateway, authentication, config, log);
  const metrics = primary ? null : await serveMetrics({ port: METRICS_PORT, host: METRICS_HOST, log });
  if (metrics) log.info({ url: server.url, metrics: `${metrics.url}/metrics` }, "The gateway serves");
  primary?.serves(server.url);
  void gateway.warm();
  return async () => {
    await server.close();
    await metrics?.close();
    await gateway.close();
    await stopTelemetry();
  };
}

function serve(
  { fetch: routes, paths, ready, upgrades, connectionLimits: limits }: Gateway,
  authentication: Authentication | undefined,
  { PORT: port, HOST: host }: GatewayConfig,
  log: Log,
): Promise<HttpServer> {
  const loadShedder = requestLoadShedder(({ headers }) =>
    authentication?.lastTenantOf?.({ get: (name) => headers[name]?.toString() ?? null }),
  );
  const served = { routes, paths, ready, upgrades, limits, loadShedder };
  return listen({ port, host, log, messages, drainSeconds: DRAIN_SECONDS, ...served });
}

// Whoever stops a gateway waits three seconds for it; what is still running by then has another gateway to ask again.
const DRAIN_SECONDS = 2;

async function usageStoreOf(
  { USAGE_DATABASE_URL: url }: GatewayConfig,
  primary: PrimaryLink | null,
): Promise<UsageStore | undefined> {
  if (!url) return undefined;
  return primary?.usage ?? (await import("./usage/usageStore.ts")).openUsageStore(url);
}

function callbacksOf(config: GatewayConfig, log: Log): CallbackServer | undefined {
  const {
    CALLBACK_URL: url,
    CALLBACK_HEARTBEAT_SECONDS: heartbeatSeconds,
    LIMIT_ANSWER_BYTES: mostBytes,
  } = config;
  return url ? openCallbacks({ url, heartbeatSeconds, mostBytes, log }) : undefined;
}

function tokenIssuerOf({ INTERNAL_TOKEN_PRIVATE_KEY: pem }: GatewayConfig): TokenIssuer | undefined {
  if (!pem) return undefined;
  try {
    return createTokenIssuer({ privateKey: readPrivateKey(pem) });
  } catch {
    throw new ConfigError(["INTERNAL_TOKEN_PRIVATE_KEY: is not an Ed25519 private key in PEM"]);
  }
}

// What not every gateway needs is not in the memory of those that do without.
async function identityOf(
  { IDENTITY_URL: url }: GatewayConfig,
  issuer: TokenIssuer | undefined,
): Promise<IdentityQuestions | null> {
  if (!url || !issuer) return null;
  const { rpcClient, httpTransport } = await import("#shared/rpc/rpcClient.ts");
  const { IdentityService } = await import("#supergraph/rpc/identity_pb.ts");
  return rpcClient(IdentityService, {
    name: "identity",
    transport: httpTransport(url),
    token: (caller: InternalIdentity) => issuer.issue({ ...caller, audience: "identity" }),
  });
}
