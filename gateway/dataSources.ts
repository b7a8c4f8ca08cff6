import { addressVariable } from "#shared/config/addressVariable.ts";
import type { OpenSubgraph } from "#shared/subgraph/openSubgraph.ts";
import { subgraphNames } from "#supergraph/subgraphs.ts";
import type { GatewayConfig } from "./config.ts";
import {
  type Callbacks,
  type DataSource,
  httpDataSource,
  type SubscriptionTransport,
} from "./executor/engine.ts";
import { ruleFor } from "./subgraphProtocols.ts";

/** Reaches each subgraph over HTTP, at the address the configuration gives for its name, or else the supergraph. Those that are to call back do so at `callbacks`. */
export function dataSourcesOf(
  config: GatewayConfig,
  callbacks?: Callbacks,
): (subgraph: string, url: string) => DataSource {
  return (subgraph, url) => {
    const own = subgraphNames.find((name) => name === subgraph);
    const given = own && config[addressVariable(own)];
    return httpDataSource(given === undefined ? url : endpointOf(given), {
      http2: config.SUBGRAPH_HTTP2.some((name) => name === "*" || name === subgraph),
      subscriptions: subscriptionsOf(config, subgraph, callbacks),
    });
  };
}

function subscriptionsOf(
  { SUBGRAPH_SUBSCRIPTIONS: rules }: GatewayConfig,
  subgraph: string,
  callbacks: Callbacks | undefined,
): SubscriptionTransport | undefined {
  const { protocol, path } = ruleFor(rules, subgraph) ?? {};
  if (protocol === "websocket") return { protocol, path };
  return protocol === "callback" && callbacks ? { protocol, callbacks } : undefined;
}

/** Asks a subgraph of this process, without HTTP and without JSON text in between. */
export function inProcess(subgraph: Pick<OpenSubgraph, "execute" | "subscribe">): DataSource {
  return {
    execute: async (request) => ({ status: 200, result: await subgraph.execute(request) }),
    subscribe: (request) => subgraph.subscribe(request),
    isThere: async () => true,
  };
}

function endpointOf(address: string): string {
  const url = new URL(address);
  if (url.pathname === "/") url.pathname = "/graphql";
  return url.href;
}
