import { SubgraphFailure, type DataSource } from "./executor/dataSource.ts";
import { httpDataSource } from "./executor/httpDataSource.ts";
import type { GatewayConfig } from "./config.ts";

/** Reaches each subgraph over HTTP, at the address the configuration gives for its name, or else the supergraph. */
export function dataSourcesOf(config: GatewayConfig): (subgraph: string, url: string) => DataSource {
  return (subgraph, url) => {
    const given = (config as Record<string, unknown>)[`${subgraph.toUpperCase()}_URL`];
    return httpDataSource(typeof given === "string" ? endpointOf(given) : url);
  };
}

/** Asks a subgraph that lives in this process. */
export function inProcess(handle: (request: Request) => Promise<Response>): DataSource {
  return {
    async execute({ query, operationName, variables, headers, signal }) {
      const body = JSON.stringify({ query, operationName, variables });
      const request = new Request("http://in.process/graphql", {
        method: "POST",
        headers: { ...headers, ...JSON_BOTH_WAYS },
        body,
        signal,
      });
      const response = await answerOf(handle, request);
      return { status: response.status, text: await response.text() };
    },
  };
}

const JSON_BOTH_WAYS = {
  "content-type": "application/json",
  accept: "application/graphql-response+json, application/json",
};

async function answerOf(handle: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  try {
    return await handle(request);
  } catch (error) {
    const reason = request.signal.aborted ? "timeout" : "badAnswer";
    throw new SubgraphFailure(reason, "a subgraph in this process failed", { cause: error });
  }
}

function endpointOf(address: string): string {
  const url = new URL(address);
  if (url.pathname === "/") url.pathname = "/graphql";
  return url.href;
}
