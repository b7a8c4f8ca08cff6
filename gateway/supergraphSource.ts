import type { Log } from "#shared/log/log.ts";
import type { GatewayConfig } from "./config.ts";
import { polledSupergraph, type SupergraphLoader } from "./supergraphLoader.ts";

/** Where the supergraph of a gateway comes from, by its configuration: a database, a file, or an address. */
export async function supergraphSource(config: GatewayConfig, log: Log): Promise<SupergraphLoader> {
  const {
    SUPERGRAPH_DATABASE_URL: url,
    GRAPH_REF: graphRef,
    SUPERGRAPH: source,
    SUPERGRAPH_POLL_SECONDS: everySeconds,
  } = config;
  if (!url) return polledSupergraph({ source, everySeconds, log });
  const { publishedSupergraph } = await import("./publishedSupergraph.ts");
  return publishedSupergraph({ url, graphRef, everySeconds, log });
}
