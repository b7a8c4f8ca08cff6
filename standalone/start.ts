import { join } from "node:path";
import { migrate } from "#shared/database/migrate.ts";
import { serveMetrics } from "#shared/http/metricsServer.ts";
import { listen } from "#shared/http/server.ts";
import { createLog } from "#shared/log/log.ts";
import { startHeartbeat } from "#shared/process/heartbeat.ts";
import { startTelemetry } from "#shared/telemetry/telemetry.ts";
import { messages } from "../gateway/errors.ts";
import type { StandaloneConfig } from "./config.ts";
import { makeDataFolder } from "./dataFolder.ts";
import type { DatabaseServer } from "./databaseServer.ts";
import { hasTenants, rememberedDemo, seedDemo, seedTenant, type Demo } from "./demo.ts";
import { isLoopback } from "#shared/http/loopback.ts";
import { openDevelopmentIssuer, type DevelopmentIssuer, type SeededPerson } from "./developmentIssuer.ts";
import { openTocsin, type Tocsin, type TocsinOptions } from "./openTocsin.ts";
import type { ScreenParts } from "./screen.ts";
import { byService } from "./subgraphs.ts";
import { subgraphConfig } from "./subgraphConfig.ts";
import type { Started } from "./untilStopped.ts";

/** Brings the database up to date and starts every service in this process; the first time with a demo, outside of production. */
export async function start(options: StartOptions, started: Started): Promise<StartedProduct> {
  const { config, database: server } = options;
  const log = createLog({ service: "tocsin", level: config.LOG_LEVEL, pretty: process.stdout.isTTY });
  started(await startTelemetry({ service: "tocsin", endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT }));
  makeDataFolder(config.DATA_FOLDER);
  const logins = byService(server.urlOf);
  await migrate({
    ownerUrl: server.ownerUrl,
    logins,
    folder: new URL("../migrations/", import.meta.url),
    log,
  });
  const people: SeededPerson[] = [...(rememberedDemo(config.DATA_FOLDER)?.people ?? [])];
  const isTryingOut =
    config.NODE_ENV !== "production" && isLoopback(config.HOST) && !options.parts?.authentication;
  const issuer = isTryingOut ? await openDevelopmentIssuer({ people, ...issuerOf(options) }) : null;
  if (issuer) started(() => issuer.close());
  const PLANS_FOLDER = join(config.DATA_FOLDER, "plans");
  const gateway = { PLANS_FOLDER, ...gatewayConfig(config, issuer), ...options.gateway };
  const signIn = issuer && { people: () => people, token: issuer.token };
  const explorer = { ...signIn, ...options.parts?.explorer };
  const services = { logins, log, config: subgraphConfig(config), gateway };
  const tocsin = await openTocsin({ ...services, ...options.parts, explorer });
  started(() => tocsin.close());
  void tocsin.gateway.warm();
  await options.onOpen?.(tocsin);
  const demo = issuer && (await demoOf(config, tocsin, issuer, people));
  const http = await listen({
    ...listenOf(options),
    routes: tocsin.routes,
    paths: tocsin.gateway.paths,
    ready: async () => ({ ...(await tocsin.gateway.ready()), ...tocsin.ready() }),
    upgrades: tocsin.gateway.upgrades,
    limits: tocsin.gateway.connectionLimits,
    log,
    messages,
  });
  started(async () => {
    await Promise.all([http.close(), ...tocsin.workers.map((worker) => worker.stop())]);
  });
  const metrics = await serveMetrics({ port: config.METRICS_PORT, host: config.METRICS_HOST, log });
  started(() => metrics.close());
  for (const worker of tocsin.workers) await worker.start();
  const { HEARTBEAT_URL: heartbeat, HEARTBEAT_SECONDS: everySeconds } = config;
  const stopHeartbeat = startHeartbeat({ url: heartbeat, everySeconds, workers: tocsin.workers, log });
  started(async () => stopHeartbeat());
  const known = { url: http.url, metrics: `${metrics.url}/metrics`, demo, issuer: issuer?.issuer ?? null };
  return { tocsin, told: told(options, known) };
}

/** What is started, and on what. */
export interface StartOptions {
  readonly config: StandaloneConfig;
  readonly database: DatabaseServer;
  /** What is otherwise than in `npm start`. */
  readonly parts?: Partial<TocsinOptions> | undefined;
  /** What the gateway is told in place of what follows from the configuration. */
  readonly gateway?: Readonly<Record<string, string>> | undefined;
  /** Where the development issuer keeps its key, so that whoever signed in stays signed in when it is started again. */
  readonly issuerKeyFile?: string | undefined;
  /** What has to be before anything is asked, the demo's making included. */
  readonly onOpen?: ((tocsin: Tocsin) => Promise<void>) | undefined;
  /** How long requests at hand may take at the end. */
  readonly drainSeconds?: number | undefined;
}

/** The product as it runs, and what there is to tell of it. */
export interface StartedProduct {
  readonly tocsin: Tocsin;
  readonly told: ScreenParts;
}

function told(
  { config, database }: StartOptions,
  known: Pick<ScreenParts, "url" | "metrics" | "demo" | "issuer">,
): ScreenParts {
  const { SMTP_URL: mail } = config;
  return {
    ...known,
    startedInMs: performance.now(),
    database: database.described,
    pagesGoTo: mail ? `${new URL(mail).host} by mail, and this terminal` : "this terminal",
  };
}

function issuerOf({ config, issuerKeyFile: keyFile }: StartOptions) {
  return { port: config.AUTH_ISSUER_PORT, keyFile };
}

function listenOf({ config, drainSeconds }: StartOptions) {
  return { port: config.PORT, host: config.HOST, drainSeconds };
}

// In production a provider is configured through the same variables that the gateway reads when it runs alone.
function gatewayConfig(
  config: StandaloneConfig,
  issuer: DevelopmentIssuer | null,
): Record<string, string | undefined> {
  if (!issuer) return process.env;
  return {
    ...process.env,
    NODE_ENV: config.NODE_ENV,
    AUTH_PROVIDER: "oidc",
    AUTH_ISSUER: issuer.issuer,
    AUTH_AUDIENCE: issuer.audience,
    AUTH_JWKS_URL: issuer.jwksUrl,
  };
}

// On the very first run only. People that are seeded now can sign in at once: the issuer reads the same list.
async function demoOf(
  config: StandaloneConfig,
  { databaseOf, routes }: Tocsin,
  issuer: DevelopmentIssuer,
  people: SeededPerson[],
): Promise<Demo | null> {
  const remembered = rememberedDemo(config.DATA_FOLDER);
  if (remembered) return remembered;
  const database = databaseOf("identity");
  if (await hasTenants(database)) return null;
  const administrator = await seedTenant(database);
  people.push(administrator);
  const as = { token: await issuer.token(administrator.id), tenantId: administrator.tenantIds[0]! };
  const demo = await seedDemo(routes, administrator, as, config.DATA_FOLDER);
  people.splice(0, people.length, ...demo.people);
  return demo;
}
