import { readFileSync } from "node:fs";
import type { DocumentNode } from "graphql";
import type { Transport } from "@connectrpc/connect";
import { openDatabase, type Database } from "#shared/database/database.ts";
import type { Logins } from "#shared/database/roles.ts";
import type { Checks, Routes } from "#shared/http/server.ts";
import type { Log } from "#shared/log/log.ts";
import type { Worker } from "#shared/process/worker.ts";
import { createPubsub } from "#shared/pubsub/pubsub.ts";
import { rpcClient } from "#shared/rpc/rpcClient.ts";
import { createTokenIssuer, createTokenVerifier } from "#shared/subgraph/internalToken.ts";
import type { InternalIdentity, TokenIssuer } from "#shared/subgraph/internalToken.ts";
import { GATEWAY, generateKeyPairs, publicKeysOf, type KeyPairs } from "#shared/subgraph/serviceKeys.ts";
import type { SubgraphDefinition } from "#shared/subgraph/defineSubgraph.ts";
import { openSubgraph, type OpenSubgraph } from "#shared/subgraph/openSubgraph.ts";
import { reportParked } from "#supergraph/reportParked.ts";
import { callers } from "#supergraph/rpc/callers.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import type { Authentication } from "../gateway/authentication/authentication.ts";
import { authenticationOf } from "../gateway/authentication/providers.ts";
import { readGatewayConfig } from "../gateway/config.ts";
import { inProcess } from "../gateway/dataSources.ts";
import { messages } from "../gateway/errors.ts";
import type { DataSource } from "../gateway/executor/engine.ts";
import type { ExplorerOptions } from "../gateway/explorer/explorer.ts";
import { openGateway, type Gateway } from "../gateway/gateway.ts";
import { fixedSupergraph, type SupergraphLoader } from "../gateway/supergraphLoader.ts";
import { openUsageStore } from "../gateway/usage/usageStore.ts";
import { forwardWebhooks, webhooksInProcess } from "../gateway/webhooks.ts";
import { exampleOperations } from "./exampleOperations.ts";
import type { SubgraphName } from "#supergraph/subgraphs.ts";
import { services, subgraphs, type SubgraphSettings } from "./subgraphs.ts";

/** Opens every service in this process, on one database: the gateway in front, the subgraphs behind it, their workers. */
export async function openTocsin(options: TocsinOptions): Promise<Tocsin> {
  const { keys = generateKeyPairs(services), elsewhere = NOWHERE } = options;
  const here = subgraphs.filter(({ name }) => !elsewhere.has(name));
  const databases = await openDatabases(options, here);
  const opened = new Map<string, OpenSubgraph>();
  const find = (name: string): OpenSubgraph => {
    const subgraph = opened.get(name);
    if (!subgraph) throw new Error(`There is no subgraph ${name}`);
    return subgraph;
  };
  const transportTo = (name: string) => elsewhere.get(name)?.transport ?? find(name).transport;
  const open = opening(options, { keys, databases, transportTo });
  for (const definition of here) opened.set(definition.name, open(definition));
  const workers = [...opened.values()].map(({ worker }) => worker);
  const gateway = await openOwnGateway(options, {
    elsewhere,
    find,
    transportTo,
    issuer: createTokenIssuer(keys[GATEWAY]!),
  });
  return {
    databaseOf(service) {
      const database = databases.get(service);
      if (!database) throw new Error(`There is no database of ${service}`);
      return database;
    },
    statements: () => databases.values().reduce((sum, database) => sum + database.statements(), 0),
    roundTrips: () => databases.values().reduce((sum, database) => sum + database.roundTrips(), 0),
    gateway,
    routes: (request) => gateway.fetch(request),
    workers,
    ready: () => readinessOf(opened),
    subgraph: (name) => opened.get(name),
    reopen(names) {
      const anew = names.flatMap((name) => opened.get(name)?.reread() ?? []);
      for (const subgraph of anew) opened.set(subgraph.name, subgraph);
    },
    async close() {
      await gateway.close();
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([...opened.values()].map((subgraph) => subgraph.close()));
      await closeAll(databases);
    },
  };
}

/** What the process is told. */
export interface TocsinOptions {
  /** The database, by service as its own login role. */
  logins: Logins;
  log: Log;
  /** What the subgraphs' own config.ts would read. */
  config: SubgraphSettings;
  /** What the gateway's config.ts reads. */
  gateway: Readonly<Record<string, string | undefined>>;
  /** What each of `services` signs with: fresh keys, unless some of them run elsewhere and have to know them. */
  keys?: KeyPairs | undefined;
  /** The SDL of subgraphs that was read already, by name; it is read anew for the others, and for any that is read again. */
  sdl?: ReadonlyMap<string, DocumentNode> | undefined;
  /** Subgraphs that are not opened here, by name. */
  elsewhere?: ReadonlyMap<string, Elsewhere> | undefined;
  /** Where the supergraph comes from; the composed one of this project, by default. */
  loader?: SupergraphLoader | undefined;
  /** Authenticates callers, in place of what the gateway is told. */
  authentication?: Authentication | undefined;
  /** Who can be signed in as with a click, and what is wrong with the graph. */
  explorer?: ExplorerOptions | undefined;
}

/** A subgraph of another process: how it is asked, and the way to its questions. */
export interface Elsewhere {
  readonly url: string;
  readonly transport: Transport;
  dataSource(): DataSource;
}

/** The whole product in one process. Workers do nothing until they are started. */
export interface Tocsin {
  /** The database as a service sees it; throws for a service of another process, identity aside. */
  databaseOf(service: string): Database;
  /** How many statements all services have sent so far. */
  statements(): number;
  /** How often all services have waited for the database so far: what is sent together on one connection is one round trip. */
  roundTrips(): number;
  readonly gateway: Gateway;
  /** Everything that is served over HTTP. */
  readonly routes: Routes;
  readonly workers: readonly Worker[];
  /** Whether each worker has looked for work lately. */
  ready(): Checks;
  /** A subgraph of this process. */
  subgraph(name: string): OpenSubgraph | undefined;
  /** Reads the SDL of these subgraphs anew, for the next graph that the gateway opens; throws when their resolvers do not fit it, and changes nothing then. */
  reopen(names: readonly string[]): void;
  close(): Promise<void>;
}

interface Shared {
  readonly keys: KeyPairs;
  readonly databases: ReadonlyMap<string, Database>;
  transportTo(service: string): Transport;
}

// Each with its own key, its own login and its own connections.
function opening(
  { log, config, sdl }: TocsinOptions,
  { keys, databases, transportTo }: Shared,
): (definition: SubgraphDefinition<unknown, SubgraphSettings, SubgraphName>) => OpenSubgraph {
  const publicKeys = publicKeysOf(keys);
  return (definition) => {
    const { name } = definition;
    const database = databases.get(name)!;
    return openSubgraph(definition, {
      database,
      pubsub: createPubsub(database),
      log,
      config,
      issuer: createTokenIssuer(keys[name]!),
      verifier: createTokenVerifier({ publicKeys, audience: name }),
      callers,
      transportTo,
      messages,
      onParked: reportParked,
      sdl: sdl?.get(name),
    });
  };
}

function readinessOf(opened: ReadonlyMap<string, OpenSubgraph>): Checks {
  return Object.fromEntries([...opened].map(([name, { worker }]) => [`worker of ${name}`, worker.ready()]));
}

const NOWHERE: ReadonlyMap<string, Elsewhere> = new Map();

// Identity's is there in any case: tenants are made through it.
async function openDatabases(
  { logins, log }: TocsinOptions,
  here: readonly SubgraphDefinition[],
): Promise<ReadonlyMap<string, Database>> {
  const opened = new Map<string, Database>();
  try {
    for (const name of new Set(["identity", ...here.map((subgraph) => subgraph.name)])) {
      const url = logins[name]!;
      opened.set(name, await openDatabase({ url, service: name, log, applicationName: `tocsin ${name}` }));
    }
    return opened;
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function closeAll(databases: ReadonlyMap<string, Database>): Promise<void> {
  await Promise.all([...databases.values()].map((database) => database.close()));
}

const SUPERGRAPH = new URL("../supergraph/supergraph.graphql", import.meta.url);

interface Behind {
  readonly elsewhere: ReadonlyMap<string, Elsewhere>;
  readonly issuer: TokenIssuer;
  find(name: string): OpenSubgraph;
  transportTo(name: string): Transport;
}

function openOwnGateway(
  options: TocsinOptions,
  { elsewhere, find, transportTo, issuer }: Behind,
): Promise<Gateway> {
  const { logins, log, gateway } = options;
  const config = readGatewayConfig(gateway);
  const identity = () =>
    rpcClient(IdentityService, {
      name: "identity",
      transport: transportTo("identity"),
      token: (caller: InternalIdentity) => issuer.issue({ ...caller, audience: "identity" }),
    });
  const alerts = elsewhere.get("alerts");
  return openGateway({
    loader: options.loader ?? fixedSupergraph(readFileSync(SUPERGRAPH, "utf8")),
    dataSource: (name) => elsewhere.get(name)?.dataSource() ?? inProcess(find(name)),
    authentication: options.authentication ?? authenticationOf(config, { identity: identity(), log }),
    webhooks: alerts
      ? forwardWebhooks({ url: alerts.url, log })
      : webhooksInProcess(async (request) => (await find("alerts").routes(request)) ?? notFound()),
    usage: openUsageStore(logins[GATEWAY]!),
    explorer: { operations: exampleOperations(), ...options.explorer },
    config,
    log,
    tokenIssuer: issuer,
  });
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
