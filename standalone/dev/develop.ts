import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError } from "#shared/config/config.ts";
import { migrate } from "#shared/database/migrate.ts";
import { createLog } from "#shared/log/log.ts";
import { readStandaloneConfig, type StandaloneConfig } from "../config.ts";
import { makeDataFolder } from "../dataFolder.ts";
import { openDatabaseServer, type DatabaseServer } from "../databaseServer.ts";
import { rememberedDemo } from "../demo.ts";
import { freePort, isFree } from "../freePort.ts";
import { writeSecret } from "../secretFile.ts";
import { byService } from "../subgraphs.ts";
import { CannotStart, type Started } from "../untilStopped.ts";
import type { DevArguments } from "./arguments.ts";
import { openDay } from "./devSession.ts";
import { environmentFile, environmentOf } from "./environment.ts";
import { say } from "./say.ts";
import { serverProcess } from "./serverProcess.ts";
import type { Session } from "./session.ts";
import { watchSources } from "./sourceFiles.ts";
import { subgraphProcess } from "./subgraphProcess.ts";

/** Runs everything, and keeps what runs as the files of the project are. */
export async function develop(setting: Setting, started: Started): Promise<void> {
  const { args, names, root } = setting;
  const config = await configOf(args);
  makeDataFolder(config.DATA_FOLDER);
  const database = await openDatabaseServer(config);
  started(() => database.stop());
  const { ownerUrl } = database;
  const logins = byService(database.urlOf);
  const log = createLog({ service: "tocsin", level: config.LOG_LEVEL, pretty: process.stdout.isTTY });
  await migrate({ ownerUrl, logins, folder: new URL("migrations/", root), log });
  const session = await sessionOf(config, database, args);
  const told = { config, session, names };
  const url = args.subgraph && session.elsewhere[args.subgraph];
  const beside = url
    ? await subgraphProcess(args.subgraph, root, environmentOf(args.subgraph, portOf(url), told))
    : null;
  const server = serverProcess(session, root);
  started(async () => void (await Promise.all([server.stop(), beside?.stop()])));
  for (const [name, place] of Object.entries(args.overrides)) tellOverride(name, place, told);
  const day = openDay({ session, names, root, server, beside });
  let turn = Promise.resolve();
  const next = (work: () => Promise<void>) => {
    turn = turn.then(work).catch((error: unknown) => say("dev", (error as Error).stack ?? "", "bad"));
  };
  const stopWatching = watchSources(fileURLToPath(root), (paths) =>
    next(() => (paths.length > 0 ? day.take(paths) : day.revive())),
  );
  started(async () => stopWatching());
  next(day.begin);
  await turn;
}

/** What is developed, and how. */
export interface Setting {
  readonly args: DevArguments;
  /** Every subgraph there is. */
  readonly names: readonly string[];
  /** The project's folder. */
  readonly root: URL;
}

// Said before anything is started, rather than by a process that is started again and again.
async function configOf({ overrides }: DevArguments): Promise<StandaloneConfig> {
  const config = readStandaloneConfig();
  if (config.NODE_ENV === "production")
    throw new ConfigError(["NODE_ENV: npm run dev is not for production"]);
  if (config.PORT !== 0 && !(await isFree(config.PORT, config.HOST))) {
    throw Object.assign(new Error("in use"), { code: "EADDRINUSE", port: config.PORT });
  }
  // Making the demo needs every service, and whoever is to run that one waits for this session to say how.
  if (Object.keys(overrides).length > 0 && !config.DATABASE_URL && !rememberedDemo(config.DATA_FOLDER)) {
    throw new CannotStart(`${config.DATA_FOLDER} has no demo yet: run npm run dev once without --override`);
  }
  return config;
}

async function sessionOf(
  config: StandaloneConfig,
  { ownerUrl, urlOf, described }: DatabaseServer,
  { subgraph, remote, overrides }: DevArguments,
): Promise<Session> {
  const beside = subgraph ? { [subgraph]: `http://127.0.0.1:${await freePort()}` } : {};
  return {
    port: config.PORT || (await freePort()),
    issuerPort: config.AUTH_ISSUER_PORT || (await freePort()),
    innerPort: await freePort(),
    database: { ownerUrl, logins: byService(urlOf), described },
    keyFolder: join(config.DATA_FOLDER, "dev", "keys"),
    issuerKeyFile: join(config.DATA_FOLDER, "dev", "issuer.pem"),
    elsewhere: { ...overrides, ...beside },
    remote,
    beside: subgraph,
  };
}

// Whoever runs it there needs the keys and addresses of this session: a secret is in them, so they go into a file.
function tellOverride(name: string, url: string, told: Parameters<typeof environmentOf>[2]): void {
  const { config } = told;
  const file = join(config.DATA_FOLDER, "dev", `${name}.env`);
  const environment = environmentOf(name, portOf(url), told);
  writeSecret(file, environmentFile(environment));
  say("dev", [
    `${name} is taken from ${url}. It has to believe INTERNAL_TOKEN_PUBLIC_KEYS:`,
    `'${environment["INTERNAL_TOKEN_PUBLIC_KEYS"]}'`,
    `To run it on this machine: node --env-file=${file} standalone/serve.ts ${name}`,
  ]);
}

function portOf(url: string): string {
  const { port, protocol } = new URL(url);
  return port || (protocol === "https:" ? "443" : "80");
}
