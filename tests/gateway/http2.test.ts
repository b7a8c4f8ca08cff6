import {
  createSecureServer,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { setDefaultCACertificates } from "node:tls";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { readGatewayConfig } from "../../gateway/config.ts";
import { dataSourcesOf } from "../../gateway/dataSources.ts";
import type { DataSource } from "../../gateway/executor/contract.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { followed, requestOf } from "./support/askSource.ts";
import { selfSigned } from "./support/selfSigned.ts";

const ANSWER = '{"data":{"a":"ä"}}';
type Answering = (request: Http2ServerRequest, response: Http2ServerResponse) => void;
const answer: Answering = (_, response) => void response.end(ANSWER);

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});
beforeAll(() => setDefaultCACertificates([selfSigned.cert]));

async function serve(server: Http2Server, scheme: string, answering: Answering) {
  const sessions = new Set<ServerHttp2Session>();
  const versions: string[] = [];
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("request", (request: Http2ServerRequest, response: Http2ServerResponse) => {
    versions.push(request.httpVersion);
    answering(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  opened.push(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sessions,
    versions,
  };
}

const clear = (answering: Answering = answer) => serve(createServer(), "http", answering);
const secure = (answering: Answering = answer) =>
  serve(createSecureServer({ ...selfSigned, allowHTTP1: true }), "https", answering);

function asking(url: string, options: { http2?: boolean } = { http2: true }): DataSource {
  const source = httpDataSource(url, options);
  opened.unshift(() => source.close?.());
  return source;
}

describe.each([
  ["h2c", clear],
  ["HTTP/2 over TLS", secure],
])("over %s", (_name, open) => {
  it("answers queries and mutations", async () => {
    const { url, versions } = await open();
    const source = asking(url);
    for (const kind of ["query", "mutation"] as const)
      expect(await source.execute(requestOf(kind))).toMatchObject({ status: 200, text: ANSWER });
    expect(versions).toEqual(["2.0", "2.0"]);
  });

  it("answers many at a time on few connections", async () => {
    const waiting: Http2ServerResponse[] = [];
    const { url, sessions } = await open((_, response) => void waiting.push(response));
    const source = asking(url);
    const answers = Array.from({ length: 150 }, () => source.execute(requestOf("query")));
    await expect.poll(() => waiting.length).toBe(150);
    expect(sessions.size).toBeLessThanOrEqual(4);
    for (const response of waiting) response.end(ANSWER);
    for (const one of await Promise.all(answers)) expect(one.text).toBe(ANSWER);
  });

  it("tells events, and goes on with all else when one of them is left", async () => {
    let closed = 0;
    const { url } = await open((request, response) => {
      if (request.headers.accept !== "text/event-stream") return void response.end(ANSWER);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('event: next\ndata: {"data":{"a":1}}\n\n');
      response.stream.once("close", () => (closed += 1));
    });
    const source = asking(url);
    const { cancellation } = requestOf("subscription");
    const [left, stays] = [followed(source, { cancellation }), followed(source)];
    for (const one of [left, stays]) expect((await one.next()).value).toEqual({ data: { a: 1 } });
    const last = left.next();
    cancellation.cancel();
    await expect(last).rejects.toMatchObject({ reason: "cancelled" });
    await expect.poll(() => closed).toBe(1);
    expect(await source.execute(requestOf("query"))).toMatchObject({ text: ANSWER });
  });

  it("asks a query again whose connection was closed before anything of an answer came, and no mutation", async () => {
    let asked = 0;
    const { url } = await open((request, response) => {
      asked += 1;
      if (asked % 2) request.stream.session?.destroy();
      else response.end(ANSWER);
    });
    const source = asking(url);
    expect(await source.execute(requestOf("query"))).toMatchObject({ text: ANSWER });
    expect(asked).toBe(2);
    await expect(source.execute(requestOf("mutation"))).rejects.toMatchObject({ reason: "unreachable" });
    expect(asked).toBe(3);
  });

  it("ends what is cancelled, and nothing else on its connection", async () => {
    const waiting: Http2ServerResponse[] = [];
    const { url } = await open((_, response) => void waiting.push(response));
    const source = asking(url);
    const { cancellation } = requestOf("query");
    const cancelled = source.execute(requestOf("query", { cancellation }));
    const other = source.execute(requestOf("query"));
    await expect.poll(() => waiting.length).toBe(2);
    cancellation.cancel();
    await expect(cancelled).rejects.toMatchObject({ reason: "cancelled" });
    for (const response of waiting) response.end(ANSWER);
    expect(await other).toMatchObject({ text: ANSWER });
  });
});

it("is not spoken unless it is asked for", async () => {
  const { url, versions } = await secure();
  await asking(url, {}).execute(requestOf("query"));
  expect(versions).toEqual(["1.1"]);
});

it.each([
  ["shop, other", "2.0"],
  ["*", "2.0"],
  ["other", "1.1"],
])("is spoken with the subgraphs that SUBGRAPH_HTTP2 names: %s", async (SUBGRAPH_HTTP2, version) => {
  const { url, versions } = await secure();
  const source = dataSourcesOf(readGatewayConfig({ SUBGRAPH_HTTP2 }))("shop", url);
  opened.unshift(() => source.close?.());
  await source.execute(requestOf("query"));
  expect(versions).toEqual([version]);
});
