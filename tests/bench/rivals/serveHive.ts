import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { reportTo } from "../gateway/contender.ts";
import { importRival } from "./importRival.ts";

/** Serves the supergraph of the command line with Hive Gateway, headers passed on; resolves once it listens. */
export async function serveHive(more: object = {}): Promise<void> {
  const { createGatewayRuntime } = await importRival<{
    createGatewayRuntime: (config: object) => RequestListener;
  }>("@graphql-hive/gateway-runtime");
  const gateway = createGatewayRuntime({
    supergraph: process.argv[2],
    logging: false,
    graphiql: false,
    landingPage: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }: { request: Request }) => ({
        authorization: request.headers.get("authorization"),
      }),
    },
    ...more,
  });
  const server = createServer(gateway);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  reportTo((server.address() as AddressInfo).port);
}
