import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, it } from "vitest";
import { openEngine } from "../../gateway/executor/engine.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { composed, localSource, plain, testGraph } from "./support/testGraph.ts";

const subgraphs = [
  { name: "one", typeDefs: `type Query { a: String }`, resolvers: { Query: { a: () => "a" } } },
];

it("contacts the subgraphs and nobody else", async () => {
  const contacted = new Set<string>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.on("connectionAttempt", (address) => contacted.add(address));
    socket.on("lookup", (_error, _address, _family, host) => contacted.add(host));
  };
  subscribe("net.client.socket", onSocket);
  const source = localSource(testGraph(subgraphs).schemas.get("one") as never);
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const asked = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      void source.execute(asked as never).then(({ text }) => response.end(text));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const engine = openEngine({
    supergraphSdl: composed(subgraphs),
    log: { warn: () => undefined, error: () => undefined },
    dataSource: () => httpDataSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
  });
  const prepared = engine.prepare("{ a }", null, {});
  const result = await engine.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + 5_000 });

  expect(plain(result)).toEqual({ data: { a: "a" } });
  expect([...contacted]).toEqual(["127.0.0.1"]);
  expect(process.env["APOLLO_TELEMETRY_DISABLED"]).toBe("1");

  unsubscribe("net.client.socket", onSocket);
  await engine.close();
  server.close();
});
