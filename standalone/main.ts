import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "#shared/config/config.ts";
import { migrate } from "#shared/database/migrate.ts";
import { listen } from "#shared/http/server.ts";
import { createLog } from "#shared/log/log.ts";
import { startTelemetry } from "#shared/telemetry/telemetry.ts";
import { messages } from "../gateway/errors.ts";
import { readStandaloneConfig, type StandaloneConfig } from "./config.ts";
import { serviceUrlOf } from "./databaseUrls.ts";
import { hasTenants, rememberedDemo, seedDemo, seedTenant, type Demo } from "./demo.ts";
import { openDevelopmentIssuer, type DevelopmentIssuer, type SeededPerson } from "./developmentIssuer.ts";
import { startEmbeddedPostgres } from "./embeddedPostgres.ts";
import { openTocsin, type Tocsin } from "./openTocsin.ts";
import { screen } from "./screen.ts";

// npm start: every service in one process, on an embedded PostgreSQL unless DATABASE_URL says otherwise.

const started: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

// Heard from the beginning, so that whoever stops a start leaves no server running.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => void stop().then(() => process.exit(0)));

try {
  await main(readStandaloneConfig());
} catch (error) {
  process.stderr.write(`${whatWentWrong(error)}\n`);
  await stop();
  process.exit(1);
}

async function main(config: StandaloneConfig): Promise<void> {
  const log = createLog({ service: "tocsin", level: config.LOG_LEVEL, pretty: process.stdout.isTTY });
  started.push(await startTelemetry({ service: "tocsin", endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT }));
  mkdirSync(config.DATA_FOLDER, { recursive: true });
  const server = await databaseOf(config);
  started.push(() => server.stop());
  const { ownerUrl, serviceUrl } = server;
  await migrate({ ownerUrl, serviceUrl, folder: new URL("../migrations/", import.meta.url), log });
  const people: SeededPerson[] = [...(rememberedDemo(config.DATA_FOLDER)?.people ?? [])];
  const isTryingOut = config.NODE_ENV !== "production";
  const issuer = isTryingOut ? await openDevelopmentIssuer({ people, port: config.AUTH_ISSUER_PORT }) : null;
  if (issuer) started.push(() => issuer.close());
  const parts = { config: subgraphConfig(config), gateway: gatewayConfig(config, issuer) };
  const tocsin = await openTocsin({ serviceUrl, log, ...parts });
  started.push(() => tocsin.close());
  const demo = issuer && (await demoOf(config, tocsin, issuer, people));
  const { HOST: host, PORT: port } = config;
  const { routes, gateway } = tocsin;
  const http = await listen({ port, host, routes, ready: gateway.ready, log, messages });
  started.push(() => http.close());
  for (const worker of tocsin.workers) await worker.start();
  const startedInMs = performance.now();
  const pagesGoTo = config.SMTP_URL
    ? `${new URL(config.SMTP_URL).host} by mail, and this terminal`
    : "this terminal";
  const told = { startedInMs, pagesGoTo, demo, issuer: issuer?.issuer ?? null, database: server.described };
  process.stdout.write(`${screen({ ...told, url: http.url })}\n`);
}

/** Stops what was started, the last first; asked again, it is the same stop. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const stopOne of started.reverse()) {
      await stopOne().catch((error: unknown) => process.stderr.write(`${whatWentWrong(error)}\n`));
    }
  })();
  return stopping;
}

function whatWentWrong(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = ((error as Error).cause ?? error) as { code?: string; port?: number };
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Stop what listens there, or choose another PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

interface DatabaseServer {
  ownerUrl: string;
  serviceUrl: string;
  /** For people. */
  described: string;
  stop(): Promise<void>;
}

async function databaseOf(config: StandaloneConfig): Promise<DatabaseServer> {
  const { DATABASE_URL: ownerUrl, DATA_FOLDER: dataFolder } = config;
  if (ownerUrl) {
    const { host, pathname } = new URL(ownerUrl);
    return {
      ownerUrl,
      serviceUrl: serviceUrlOf(ownerUrl),
      described: `${host}${pathname}`,
      stop: async () => {},
    };
  }
  const server = await startEmbeddedPostgres({ dataFolder: join(dataFolder, "postgres") });
  return { ...server, described: `embedded PostgreSQL in ${server.folder}` };
}

function subgraphConfig(config: StandaloneConfig): Record<string, unknown> {
  const { SMTP_URL, MAIL_FROM } = config;
  const SECRET_KEY = config.SECRET_KEY ?? keptSecret(config.DATA_FOLDER);
  return {
    SMTP_URL,
    MAIL_FROM,
    SECRET_KEY,
    PUBLIC_URL: publicUrl(config),
    ALLOW_PRIVATE_WEBHOOKS: config.NODE_ENV !== "production",
  };
}

function publicUrl({ PUBLIC_URL, HOST, PORT }: StandaloneConfig): string {
  return PUBLIC_URL ?? `http://${HOST === "0.0.0.0" ? "127.0.0.1" : HOST}:${PORT}`;
}

function keptSecret(dataFolder: string): string {
  const file = join(dataFolder, "secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8");
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
  { database, routes }: Tocsin,
  issuer: DevelopmentIssuer,
  people: SeededPerson[],
): Promise<Demo | null> {
  const remembered = rememberedDemo(config.DATA_FOLDER);
  if (remembered) return remembered;
  if (await hasTenants(database)) return null;
  const administrator = await seedTenant(database);
  people.push(administrator);
  const as = { token: await issuer.token(administrator.id), tenantId: administrator.tenantIds[0]! };
  const demo = await seedDemo(routes, administrator, as, config.DATA_FOLDER);
  people.splice(0, people.length, ...demo.people);
  return demo;
}
