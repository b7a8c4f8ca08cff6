import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  Cancellation,
  type DataSource,
  type SubgraphEvent,
  type SubgraphRequest,
} from "../../../gateway/executor/contract.ts";

/** What a data source is asked with, when nothing of it matters but its kind. */
export function requestOf(
  operationKind: SubgraphRequest["operationKind"],
  more: Partial<SubgraphRequest> = {},
): SubgraphRequest {
  const cancellation = new Cancellation();
  return {
    query: "{ a }",
    operationKind,
    variables: {},
    variablesText: "{}",
    bodyText: '{"query":"{ a }"}',
    headers: {},
    cancellation,
    get signal() {
      return cancellation.signal;
    },
    deadline: Date.now() + 30_000,
    ...more,
  };
}

/** A server on loopback, at `url`, and what it takes to be rid of it. */
export interface Served {
  readonly url: string;
  readonly server: Server;
  close(): void;
}

/** Serves with this listener, on a port that the system chooses. */
export async function served(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Follows a subscription of a data source. */
export function followed(
  source: DataSource,
  more: Partial<SubgraphRequest> = {},
): AsyncIterator<SubgraphEvent> {
  const stream = source.subscribe?.(requestOf("subscription", more));
  if (!stream) throw new Error("This source has no subscriptions.");
  return stream[Symbol.asyncIterator]();
}
