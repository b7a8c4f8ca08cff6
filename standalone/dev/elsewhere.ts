import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { httpTransport } from "#shared/rpc/rpcClient.ts";
import { type DataSource, httpDataSource } from "../../gateway/executor/engine.ts";
import type { Elsewhere } from "../openTocsin.ts";
import type { Gate } from "./gate.ts";
import { notLent } from "./innerGateway.ts";
import type { Session } from "./session.ts";

/**
 * How long the subgraph beside the server, whose inspector is open, may take for an answer: nobody is given up while a debugger holds it, and
 * nothing tells the server whether one does.
 */
export const DEBUGGING_MILLISECONDS = 3_600_000;

/** The subgraphs that are not the server's own: where they are, and what they are asked through. */
export function elsewhereOf(
  { elsewhere, remote, beside }: Session,
  names: readonly string[],
  gate: Gate,
): ReadonlyMap<string, Elsewhere> {
  const found = new Map<string, Elsewhere>();
  for (const name of names) {
    const url = elsewhere[name];
    if (url) found.set(name, service(url, name === beside ? gate : null));
    else if (remote) found.set(name, lent(name, remote));
  }
  return found;
}

function service(url: string, gate: Gate | null): Elsewhere {
  const transport = httpTransport(url);
  const options = gate ? { silenceMilliseconds: DEBUGGING_MILLISECONDS } : {};
  const source = () => httpDataSource(`${url}/graphql`, options);
  return gate
    ? { url, transport: waiting(transport, gate), dataSource: () => waitingSource(source(), gate) }
    : { url, transport, dataSource: source };
}

function lent(name: string, remote: string): Elsewhere {
  const refuse = () => Promise.reject(new ConnectError(notLent(name, remote), Code.Unavailable));
  return {
    url: remote,
    transport: { unary: refuse, stream: refuse },
    dataSource: () => httpDataSource(`${remote}/subgraphs/${name}/graphql`),
  };
}

function waiting({ unary, stream }: Transport, { open }: Gate): Transport {
  return {
    unary: async (method, signal, _timeoutMs, ...question) => (
      await open(),
      unary(method, signal, undefined, ...question)
    ),
    stream: async (method, signal, _timeoutMs, ...question) => (
      await open(),
      stream(method, signal, undefined, ...question)
    ),
  };
}

function waitingSource(source: DataSource, { open }: Gate): DataSource {
  return {
    execute: async (request) => (await open(), source.execute(request)),
    async *subscribe(request) {
      await open();
      yield* source.subscribe?.(request) ?? [];
    },
    close: () => source.close?.(),
  };
}
