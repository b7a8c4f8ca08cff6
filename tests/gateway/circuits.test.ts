import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { composed, plain } from "./support/testGraph.ts";

const supergraphSdl = composed([{ name: "one", typeDefs: "type Query { a: Int }" }]);
const DATA = '{"data":{"a":1}}';
const FAILURES = 3;

/** What a subgraph does with a request, told by its text. */
type Behaviour = (text: string) => RequestListener;

let server: Server;
let engine: Engine;
let behaves: Behaviour;
let requests = 0;

const answering =
  (status: number, body: string) => () => (_: unknown, response: Parameters<RequestListener>[1]) =>
    void response.writeHead(status).end(body);
const well = answering(200, DATA);

beforeEach(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      if (!isLight(text)) requests += 1;
      behaves(text)(request, response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  engine = openEngine({
    supergraphSdl,
    log: { warn: () => undefined, error: () => undefined },
    limits: { failuresToOpenCircuit: FAILURES, circuitOpenMilliseconds: 60_000 },
    dataSource: () => httpDataSource(url, { mostAnswerBytes: 100_000 }),
  });
  await engine.warm();
});
afterEach(async () => {
  await engine.close();
  server.closeAllConnections();
  server.close();
});

function isLight(text: string): boolean {
  return text.includes("{ __typename }");
}

async function ask(query = "{ a }", milliseconds = 5_000) {
  const prepared = await engine.prepare(query, null, {});
  return plain(
    await engine.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + milliseconds }),
  );
}

/** Whether the next request gets to the subgraph. */
async function isAsked(): Promise<boolean> {
  const before = requests;
  await ask();
  return requests > before;
}

const breaksOff: Behaviour = () => (_, response) => {
  response.writeHead(200, { "content-length": 1_000 });
  response.write('{"da', () => response.destroy());
};
const hangsUp: Behaviour = () => (request) => request.socket.destroy();
const large: Behaviour = () => (_, response) => {
  response.writeHead(200, { "content-length": 200_000 });
  response.write("{");
};

describe("a circuit opens on", () => {
  it.each<[string, Behaviour, number?]>([
    ["connections that are closed", hangsUp],
    ["answers that break off", breaksOff],
    ["answers that do not come", () => () => undefined, 300],
    ["5xx without a GraphQL response", answering(503, "no")],
    ["5xx with errors and no data", answering(500, '{"errors":[{"message":"no"}]}')],
    ["what is no GraphQL response", answering(200, "<html></html>")],
  ])("%s", async (_what, behaviour, milliseconds) => {
    behaves = behaviour;
    await Promise.all(Array.from({ length: FAILURES }, () => ask("{ a }", milliseconds)));
    await expect.poll(isAsked).toBe(false);
  });

  it("connections that there are not", async () => {
    behaves = well;
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    let refused = 0;
    const warn = (_: object, message: string) => void (refused += message.includes("opened") ? 1 : 0);
    const gone = openEngine({
      supergraphSdl,
      log: { warn, error: () => undefined },
      limits: { failuresToOpenCircuit: FAILURES },
      dataSource: () => httpDataSource("http://127.0.0.1:1/graphql"),
    });
    for (let turn = 0; turn < FAILURES; turn++)
      await gone.execute(gone.prepare("{ a }", null, {}), {
        headersFor: () => ({}),
        deadline: Date.now() + 5_000,
      });
    await expect.poll(() => refused).toBe(1);
    await gone.close();
  });
});

describe("a circuit stays closed on", () => {
  const poisoned =
    (behaviour: Behaviour): Behaviour =>
    (text) =>
      (isLight(text) ? answering(200, '{"data":{"__typename":"Query"}}') : behaviour)(text);

  it.each<[string, Behaviour, number?]>([
    ["5xx with data", answering(500, DATA)],
    ["errors in a GraphQL response", answering(200, '{"data":null,"errors":[{"message":"no"}]}')],
    ["4xx", answering(400, "no")],
    ["what is too large", large],
    ["a 500 that something light does not get", poisoned(answering(500, "no"))],
    ["errors with a 500 that something light does not get", poisoned(answering(500, '{"errors":[{}]}'))],
    ["connections that are not closed on something light", poisoned(hangsUp)],
    ["answers that do not come to what is heavy", poisoned(() => () => undefined), 300],
    ["nonsense that something light does not get", poisoned(answering(200, "[]"))],
    ["what is refused to whoever asks", (text) => answering(isLight(text) ? 401 : 500, "no")()],
  ])("%s", async (_what, behaviour, milliseconds) => {
    behaves = behaviour;
    for (let round = 0; round < 3; round++)
      await Promise.all(Array.from({ length: FAILURES }, () => ask("{ a }", milliseconds)));
    behaves = well;
    expect(await ask()).toEqual({ data: { a: 1 } });
  });

  it("failures between which there are answers", async () => {
    for (let round = 0; round < 2 * FAILURES; round++) {
      behaves = round % FAILURES === FAILURES - 1 ? well : answering(503, "no");
      await ask();
    }
    behaves = answering(503, "no");
    expect(await isAsked()).toBe(true);
  });
});
