import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Transport } from "@connectrpc/connect";
import { openDatabase } from "#shared/database/database.ts";
import type { Routes } from "#shared/http/server.ts";
import type { Log } from "#shared/log/log.ts";
import type { Worker } from "#shared/process/worker.ts";
import { createPubsub } from "#shared/pubsub/pubsub.ts";
import { httpTransport, rpcClient } from "#shared/rpc/rpcClient.ts";
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
import { httpDataSource } from "../gateway/executor/httpDataSource.ts";
import { openGateway, type Gateway } from "../gateway/gateway.ts";
import { openUsageStore } from "../gateway/usage/usageStore.ts";
import type { SupergraphLoader } from "../gateway/supergraphLoader.ts";
import { forwardWebhooks, webhooksInProcess } from "../gateway/webhooks.ts";
import { subgraphs } from "./subgraphs.ts";

/** Opens every service in this process, on one database: the gateway in front, the subgraphs behind it, their workers. */
export async function openTocsin(options: TocsinOptions): Promise<Tocsin> {
  const { serviceUrl: url, log } = options;
  const database = await openDatabase({ url, log, applicationName: "tocsin", poolSize: POOL_SIZE });
  const pubsub = createPubsub(database);
  const { elsewhere = new Map<string, string>(), keys = generateInternalKeys() } = options;
  const publicKey = [keys.publicKey, ...(options.trustedKeys ?? [])];
  const issuer = createTokenIssuer(keys);
  const opened = new Map<string, OpenSubgraph>();
  const transportTo = transports(opened, elsewhere);
  for (const definition of subgraphs.filter(({ name }) => !elsewhere.has(name))) {
    const verifier = createTokenVerifier({ publicKey, audience: definition.name });
    const parts = { database, pubsub, log, config: options.config, issuer, verifier, transportTo, messages };
    opened.set(definition.name, openSubgraph(definition, parts));
  }
  const gateway = await openDoor(options, { opened, elsewhere, transportTo, tokenIssuer: issuer });
  return {
    database,
    gateway,
    routes: (request) => gateway.fetch(request),
    subgraphs: opened,
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
  /** Subgraphs that are not opened here, and where they are: they are asked over HTTP. */
  elsewhere?: ReadonlyMap<string, string> | undefined;
  /** What signs the internal tokens, and whom the subgraphs believe; made anew when absent. */
  keys?: InternalKeys | undefined;
  /** Whom the subgraphs believe besides. */
  trustedKeys?: readonly KeyObject[] | undefined;
  /** Where the supergraph comes from; the one that is composed of these subgraphs when absent. */
  loader?: SupergraphLoader | undefined;
}

/** A pair of keys for internal tokens. */
export type InternalKeys = ReturnType<typeof generateInternalKeys>;

/** The whole product in one process. Workers do nothing until they are started. */
export interface Tocsin {
  readonly database: Awaited<ReturnType<typeof openDatabase>>;
  readonly gateway: Gateway;
  /** Everything that is served over HTTP. */
  readonly routes: Routes;
  readonly workers: readonly Worker[];
  /** The subgraphs that are open in this process. */
  readonly subgraphs: ReadonlyMap<string, OpenSubgraph>;
  close(): Promise<void>;
}

// Every worker may hold a connection while it asks another service, which needs one too: there are always some left.
const POOL_SIZE = 40;

const SUPERGRAPH = new URL("../supergraph/supergraph.graphql", import.meta.url);

interface Behind {
  readonly opened: ReadonlyMap<string, OpenSubgraph>;
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly transportTo: (name: string) => Transport;
  readonly tokenIssuer: TokenIssuer;
}

function openDoor(options: TocsinOptions, behind: Behind): Promise<Gateway> {
  const { serviceUrl, log, gateway, loader } = options;
  const { opened, elsewhere, transportTo, tokenIssuer } = behind;
  const config = readGatewayConfig(gateway);
  const identity = rpcClient(IdentityService, {
    name: "identity",
    transport: transportTo("identity"),
    token: (caller: InternalIdentity) => tokenIssuer.issue({ ...caller, audience: "identity" }),
  });
  const alerts = opened.get("alerts");
  return openGateway({
    ...(loader ? { loader } : { supergraphSdl: readFileSync(SUPERGRAPH, "utf8") }),
    dataSource: (name) => {
      const subgraph = opened.get(name);
      return subgraph ? inProcess(subgraph) : httpDataSource(`${placeOf(elsewhere, name)}/graphql`);
    },
    authentication: authenticationOf(config, { identity, log }),
    webhooks: alerts
      ? webhooksInProcess(async (request) => (await alerts.routes(request)) ?? notFound())
      : forwardWebhooks({ url: placeOf(elsewhere, "alerts"), log }),
    usage: openUsageStore(serviceUrl),
    config,
    log,
    tokenIssuer,
  });
}

function transports(
  opened: ReadonlyMap<string, OpenSubgraph>,
  elsewhere: ReadonlyMap<string, string>,
): (name: string) => Transport {
  const made = new Map<string, Transport>();
  return (name) => {
    const transport =
      opened.get(name)?.transport ?? made.get(name) ?? httpTransport(placeOf(elsewhere, name));
    if (!opened.has(name)) made.set(name, transport);
    return transport;
  };
}

function placeOf(elsewhere: ReadonlyMap<string, string>, name: string): string {
  const url = elsewhere.get(name);
  if (!url) throw new Error(`There is no subgraph ${name}`);
  return url.replace(/\/$/, "");
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
