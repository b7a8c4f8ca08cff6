import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { GraphQLError, GraphQLInt, GraphQLObjectType, GraphQLSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { readGatewayConfig } from "../../gateway/config.ts";
import { dataSourcesOf } from "../../gateway/dataSources.ts";
import type { DataSource } from "../../gateway/executor/contract.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { followed, served } from "./support/askSource.ts";
import { openTestGateway } from "./support/testGateway.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A server on which sockets are taken by whoever `take` says. */
async function listening(path: string, take: (server: WebSocketServer) => void) {
  const http = createServer((_, response) => response.writeHead(404).end());
  const server = new WebSocketServer({ server: http, path });
  take(server);
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  opened.push(() => {
    for (const socket of server.clients) socket.terminate();
    http.closeAllConnections();
    http.close();
  });
  return { server, origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

const SUBSCRIPTION = {
  query: "subscription Counting($to: Int) { count(to: $to) }",
  operationName: "Counting",
};

/** A subgraph of the graphql-ws server that counts, and notes who asks and who leaves. */
async function counting(path = "/graphql", pause: () => Promise<void> = async () => {}) {
  const seen = { upgrades: [] as IncomingMessage[], params: [] as unknown[], left: 0 };
  async function* count(to: number) {
    try {
      for (let next = 1; next <= to; next += 1) {
        yield { count: next };
        await pause();
      }
      if (to === 0) throw new GraphQLError("no", { extensions: { code: "NO" } });
    } finally {
      seen.left += 1;
    }
  }
  const type = new GraphQLObjectType({ name: "Query", fields: { now: { type: GraphQLInt } } });
  const subscription = new GraphQLObjectType({
    name: "Subscription",
    fields: {
      count: {
        type: GraphQLInt,
        args: { to: { type: GraphQLInt } },
        subscribe: (_, { to }: { to: number }) => count(to),
      },
    },
  });
  const schema = new GraphQLSchema({ query: type, subscription });
  const { origin } = await listening(path, (server) => {
    useServer(
      {
        schema,
        onConnect({ connectionParams, extra }) {
          seen.upgrades.push(extra.request);
          seen.params.push(connectionParams);
        },
      },
      server,
    );
  });
  return { seen, origin };
}

function asking(url: string, silenceMilliseconds = 5_000, path?: string): DataSource {
  const source = httpDataSource(url, { silenceMilliseconds, subscriptions: { protocol: "websocket", path } });
  opened.unshift(() => source.close?.());
  return source;
}

describe("a subgraph over a WebSocket", () => {
  it("tells events until it has told all, to whoever the headers say", async () => {
    const { seen, origin } = await counting();
    const headers = { authorization: "Bearer me" };
    const following = followed(asking(`${origin}/graphql`), {
      ...SUBSCRIPTION,
      variablesText: '{"to":2}',
      headers,
    });
    expect((await following.next()).value).toEqual({ data: { count: 1 } });
    expect((await following.next()).value).toEqual({ data: { count: 2 } });
    expect((await following.next()).done).toBe(true);
    expect(seen.params).toEqual([headers]);
    expect(seen.upgrades[0]?.headers).toMatchObject(headers);
  });

  it("may have its socket at a path of its own", async () => {
    const { origin } = await counting("/socket");
    const following = followed(asking(`${origin}/graphql`, 5_000, "/socket"), {
      ...SUBSCRIPTION,
      variablesText: '{"to":1}',
    });
    expect((await following.next()).value).toEqual({ data: { count: 1 } });
  });

  it("says what is wrong with the subscription, and no more", async () => {
    const { origin } = await counting();
    const following = followed(asking(`${origin}/graphql`), { query: "subscription { nothing }" });
    expect((await following.next()).value).toMatchObject({ errors: [{ message: /nothing/ }] });
    expect((await following.next()).done).toBe(true);
  });

  it("is asked with numbers, and tells them, as they are written", async () => {
    let asked = 0;
    const { origin } = await listening("/graphql", (server) =>
      server.on("connection", (socket) =>
        socket.on("message", (data: Buffer) => {
          if (data.includes('"to":9007199254740993')) asked += 1;
          const { type, id } = JSON.parse(data.toString()) as { type: string; id: string };
          if (type === "connection_init") socket.send('{"type":"connection_ack"}');
          if (type === "subscribe")
            socket.send(`{"id":"${id}","type":"next","payload":{"data":{"a":9007199254740993}}}`);
        }),
      ),
    );
    const following = followed(asking(`${origin}/graphql`), { variablesText: '{"to":9007199254740993}' });
    expect(JSON.stringify((await following.next()).value)).toBe('{"data":{"a":9007199254740993}}');
    expect(asked).toBe(1);
    await following.return?.();
  });

  it("is left when nobody follows any longer", async () => {
    const { seen, origin } = await counting(
      "/graphql",
      () => new Promise((resolve) => setImmediate(resolve)),
    );
    const following = followed(asking(`${origin}/graphql`), {
      ...SUBSCRIPTION,
      variablesText: '{"to":1000000}',
    });
    await following.next();
    await following.return?.();
    await expect.poll(() => seen.left).toBe(1);
  });

  it("is not read from while nobody takes what it told", async () => {
    let sent = 0;
    let socket: WebSocket | undefined;
    const { origin } = await listening("/graphql", (server) =>
      server.on("connection", (one) => {
        socket = one;
        one.on("message", (data: Buffer) => {
          const { type, id } = JSON.parse(data.toString()) as { type: string; id: string };
          if (type === "ping") one.send('{"type":"pong"}');
          if (type === "connection_init") one.send('{"type":"connection_ack"}');
          if (type !== "subscribe") return;
          const payload = { data: { text: "x".repeat(100_000) } };
          for (; sent < 500; sent += 1) one.send(JSON.stringify({ id, type: "next", payload }));
          one.send(JSON.stringify({ id, type: "complete" }));
        });
      }),
    );
    const following = followed(asking(`${origin}/graphql`));
    await following.next();
    await new Promise((resolve) => setImmediate(resolve));
    await expect.poll(() => sent).toBe(500);
    // Far less than all of it fits into what systems keep of a connection.
    expect(socket?.bufferedAmount).toBeGreaterThan(0);
    let told = 1;
    while (!(await following.next()).done) told += 1;
    expect(told).toBe(500);
  });

  it.each<[string, (server: WebSocketServer) => void, string]>([
    ["does not say anything", () => undefined, "timeout"],
    [
      "closes its socket",
      (server) => server.on("connection", (socket) => socket.close(4403, "Forbidden")),
      "unreachable",
    ],
    ["breaks off", (server) => server.on("connection", (socket) => socket.terminate()), "unreachable"],
    [
      "sends what is no message",
      (server) => server.on("connection", (socket) => socket.send("nothing")),
      "unreachable",
    ],
    [
      "answers no ping",
      (server) =>
        server.on("connection", (socket) =>
          socket.once("message", () => socket.send('{"type":"connection_ack"}')),
        ),
      "timeout",
    ],
  ])("that %s ends the subscription with an error", async (_what, take, reason) => {
    const { origin } = await listening("/graphql", take);
    await expect(followed(asking(`${origin}/graphql`, 50)).next()).rejects.toMatchObject({ reason });
  });

  it("that has no sockets, or is not there, ends the subscription with an error", async () => {
    const server = await served((_, response) => response.writeHead(404).end());
    opened.push(() => server.close());
    await expect(followed(asking(server.url)).next()).rejects.toMatchObject({ reason: "unreachable" });
    await new Promise((closed) => server.server.close(closed));
    await expect(followed(asking(server.url)).next()).rejects.toMatchObject({ reason: "unreachable" });
  });

  it("is one that SUBGRAPH_SUBSCRIPTIONS names, and is joined with others that are not", async () => {
    const { origin } = await counting("/ws");
    const config = readGatewayConfig({ SUBGRAPH_SUBSCRIPTIONS: "counter=websocket:/ws, *=sse" });
    const sources = dataSourcesOf(config);
    const gateway = await openTestGateway({
      subgraphs: [
        {
          name: "counter",
          sdl: `type Query { now: Int @public } type Subscription { count(to: Int): Int @public }`,
          resolvers: {},
        },
        {
          name: "ticker",
          sdl: `type Query { then: Int @public } type Subscription { tick: Int @public }`,
          resolvers: {
            Subscription: {
              tick: {
                async *subscribe() {
                  yield { tick: 7 };
                },
              },
            },
          },
        },
      ],
      gateway: { dataSource: (name, url) => sources(name, name === "counter" ? `${origin}/graphql` : url) },
    });
    opened.push(() => gateway.close());
    const headers = { accept: "text/event-stream" };
    // Fields with arguments are asked for by other names.
    const counted = await gateway.ask("subscription { count(to: 1) }", { headers });
    expect(counted.text).toContain('"count":1');
    expect((await gateway.ask("subscription { tick }", { headers })).text).toContain('{"data":{"tick":7}}');
  });
});

it.each([
  "counter",
  "counter=socket",
  "counter=sse:/path",
  "counter=websocket:path",
  "=websocket",
  "counter=websocketed",
])("SUBGRAPH_SUBSCRIPTIONS=%s is refused at the start", (rule) => {
  const config = { SUBGRAPH_SUBSCRIPTIONS: `fine=sse, ${rule}` };
  expect(() => readGatewayConfig(config)).toThrow(/SUBGRAPH_SUBSCRIPTIONS: .* is not one of reviews=sse/);
});
