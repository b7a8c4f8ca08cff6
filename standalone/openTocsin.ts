import { readFileSync } from "node:fs";
import { openDatabase } from "#shared/database/database.ts";
import type { Routes } from "#shared/http/server.ts";
import type { Log } from "#shared/log/log.ts";
import type { Worker } from "#shared/process/worker.ts";
import { createPubsub } from "#shared/pubsub/pubsub.ts";
import { rpcClient } from "#shared/rpc/rpcClient.ts";
import {
  createTokenIssuer,
  createTokenVerifier,
  generateInternalKeys,
} from "#shared/subgraph/internalToken.ts";
import type { InternalIdentity, TokenIssuer } from "#shared/subgraph/internalToken.ts";
import { openSubgraph, type OpenSubgraph } from "#shared/subgraph/openSubgraph.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { authenticationOf } from "../gateway/authentication/providers.ts";
import { readGatewayConfig } from "../gateway/config.ts";
import { inProcess } from "../gateway/dataSources.ts";
import { messages } from "../gateway/errors.ts";
import { openGateway, type Gateway } from "../gateway/gateway.ts";
import { openUsageStore } from "../gateway/usage/usageStore.ts";
import { webhooksInProcess } from "../gateway/webhooks.ts";
import { subgraphs } from "./subgraphs.ts";

/** Opens every service in this process, on one database: the gateway in front, the subgraphs behind it, their workers. */
export async function openTocsin(options: TocsinOptions): Promise<Tocsin> {
  const { serviceUrl: url, log } = options;
  const database = await openDatabase({ url, log, applicationName: "tocsin", poolSize: POOL_SIZE });
  const pubsub = createPubsub(database);
  const keys = generateInternalKeys();
  const issuer = createTokenIssuer(keys);
  const opened = new Map<string, OpenSubgraph>();
  const find = (name: string): OpenSubgraph => {
    const subgraph = opened.get(name);
    if (!subgraph) throw new Error(`There is no subgraph ${name}`);
    return subgraph;
  };
  for (const definition of subgraphs) {
    const verifier = createTokenVerifier({ publicKey: keys.publicKey, audience: definition.name });
    const transportTo = (name: string) => find(name).transport;
    const parts = { database, pubsub, log, config: options.config, issuer, verifier, transportTo, messages };
    opened.set(definition.name, openSubgraph(definition, parts));
  }
  const gateway = await openDoor(options, find, issuer);
  return {
    database,
    gateway,
    routes: (request) => gateway.fetch(request),
    workers: [...opened.values()].map((subgraph) => subgraph.worker),
    async close() {
      await gateway.close();
      await Promise.all([...opened.values()].map((subgraph) => subgraph.worker.stop()));
      await Promise.all([...opened.values()].map((subgraph) => subgraph.close()));
      await database.close();
    },
  };
}

/** What the process is told. */
export interface TocsinOptions {
  /** The database, as the role of services. */
  serviceUrl: string;
  log: Log;
  /** What the subgraphs' own config.ts would read. */
  config: Readonly<Record<string, unknown>>;
  /** What the gateway's config.ts reads. */
  gateway: Readonly<Record<string, string | undefined>>;
}

/** The whole product in one process. Workers do nothing until they are started. */
export interface Tocsin {
  readonly database: Awaited<ReturnType<typeof openDatabase>>;
  readonly gateway: Gateway;
  /** Everything that is served over HTTP. */
  readonly routes: Routes;
  readonly workers: readonly Worker[];
  close(): Promise<void>;
}

// Every worker may hold a connection while it asks another service, which needs one too: there are always some left.
const POOL_SIZE = 40;

const SUPERGRAPH = new URL("../supergraph/supergraph.graphql", import.meta.url);

function openDoor(
  { serviceUrl, log, gateway }: TocsinOptions,
  find: (name: string) => OpenSubgraph,
  tokenIssuer: TokenIssuer,
): Promise<Gateway> {
  const config = readGatewayConfig(gateway);
  const identity = rpcClient(IdentityService, {
    name: "identity",
    transport: find("identity").transport,
    token: (caller: InternalIdentity) => tokenIssuer.issue({ ...caller, audience: "identity" }),
  });
  return openGateway({
    supergraphSdl: readFileSync(SUPERGRAPH, "utf8"),
    dataSource: (name) => inProcess(find(name)),
    authentication: authenticationOf(config, { identity, log }),
    webhooks: webhooksInProcess(async (request) => (await find("alerts").routes(request)) ?? notFound()),
    usage: openUsageStore(serviceUrl),
    config,
    log,
    tokenIssuer,
  });
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
