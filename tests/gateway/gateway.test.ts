import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "#shared/log/log.ts";
import { listen } from "#shared/http/server.ts";
import type { SupergraphLoader } from "../../gateway/supergraphLoader.ts";
import { forwardWebhooks, webhooksInProcess } from "../../gateway/webhooks.ts";
import { composeStory, openTestGateway, type TestGateway } from "./support/testGateway.ts";

const log = createLog({ service: "gateway", level: "silent" });

const clock = {
  name: "clock",
  sdl: "type Query { hour: Int @public slow: Int @public }",
  resolvers: { Query: { hour: () => 9 } },
};

async function listenOnLoopback(
  handle: (request: IncomingMessage) => Promise<{ status: number; body: string }>,
) {
  const server = createServer((request, response) => {
    void handle(request).then(({ status, body }) =>
      response.writeHead(status, { "x-from": "alerts" }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function textOf(request: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe("webhooks", () => {
  it("answers GraphQL at its own path and at none that ends as it does", async () => {
    const gateway = await openTestGateway({ subgraphs: [clock] });
    const body = JSON.stringify({ query: "{ __typename }" });
    const at = async (path: string) => {
      const { status } = await gateway.send(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      return status;
    };
    expect(await at("/graphql")).toBe(200);
    const others = [
      "/foo/graphql",
      "/webhooks/abc/graphql",
      "/metrics/graphql",
      "/graphql/",
      "/subgraphs/clock/graphql",
    ];
    expect(await Promise.all(others.map(at))).toEqual(others.map(() => 404));
    await gateway.close();
  });

  it("reach the alerts service byte for byte, with their signature, and without headers of services", async () => {
    const received: { url: string | undefined; body: string; headers: IncomingMessage["headers"] }[] = [];
    const alerts = await listenOnLoopback(async (request) => {
      received.push({ url: request.url, headers: request.headers, body: await textOf(request) });
      return { status: 202, body: `{"accepted":["1"]}` };
    });
    const webhooks = forwardWebhooks({ url: alerts.url, log });
    const gateway = await openTestGateway({ subgraphs: [clock], gateway: { webhooks } });
    const body = `{ "odd":  "spacing\\u00e9", "é": 1 }\n`;
    const signature = createHmac("sha256", "s").update(body).digest("hex");
    const heard = await gateway.send("/webhooks/token-1?x=1", {
      method: "POST",
      headers: { "content-type": "text/plain", "x-signature": signature, "x-internal-token": "forged" },
      body,
    });
    expect(heard).toMatchObject({ status: 202, text: `{"accepted":["1"]}` });
    expect(heard.headers.get("x-from")).toBe("alerts");
    expect(received).toMatchObject([{ url: "/webhooks/token-1?x=1", body }]);
    expect(received[0]?.headers).toMatchObject({ "content-type": "text/plain", "x-signature": signature });
    expect(received[0]?.headers["x-internal-token"]).toBeUndefined();
    await Promise.all([gateway.close(), alerts.close()]);
  });

  it("are answered 503 when the alerts service is away, so that senders try again", async () => {
    const gateway = await openTestGateway({
      subgraphs: [clock],
      gateway: { webhooks: forwardWebhooks({ url: "http://127.0.0.1:9", log }) },
    });
    const heard = await gateway.send("/webhooks/t", { method: "POST", body: "{}" });
    expect(heard).toMatchObject({ status: 503 });
    expect(heard.text).not.toContain("127.0.0.1");
    await gateway.close();
  });

  it("are handed over within one process just the same", async () => {
    const webhooks = webhooksInProcess(async (request) => {
      const told = { body: await request.text(), forged: request.headers.get("x-internal-token") };
      return Response.json(told, { status: 202 });
    });
    const gateway = await openTestGateway({ subgraphs: [clock], gateway: { webhooks } });
    const heard = await gateway.send("/webhooks/t", {
      method: "POST",
      headers: { "x-internal-token": "forged" },
      body: "as it is",
    });
    expect(heard).toMatchObject({ status: 202, text: `{"body":"as it is","forged":null}` });
    await gateway.close();
  });
});

describe("a newer supergraph", () => {
  it("serves new requests at once, while those under way finish on the old one", async () => {
    const hold = Promise.withResolvers<number>();
    const arrived = Promise.withResolvers<void>();
    const first = {
      ...clock,
      resolvers: { Query: { hour: () => 9, slow: () => (arrived.resolve(), hold.promise) } },
    };
    let change: (sdl: string) => Promise<void> = async () => {};
    let served = "";
    const loader: SupergraphLoader = {
      load: async () => served,
      watch(onChange) {
        change = onChange;
        return () => {};
      },
    };
    // Opened once for its subgraph and its supergraph, and once more for a gateway that can be told of a newer one.
    const behind = await openTestGateway({ subgraphs: [first] });
    served = behind.supergraphSdl;
    const gateway = await openTestGateway({
      subgraphs: [clock],
      gateway: { loader, tokenIssuer: undefined },
    });
    const underWay = gateway.ask("{ slow }");
    await arrived.promise;
    // Taken over once its operations are planned, which nobody who asks waits for.
    await change(served.replaceAll("slow: Int", "quick: Int"));
    expect((await gateway.ask("{ slow }")).errors).toMatchObject([
      { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
    ]);
    expect((await gateway.ask("{ hour }")).data).toEqual({ hour: 9 });
    hold.resolve(42);
    expect((await underWay).data).toEqual({ slow: 42 });
    await change("type Query {");
    expect((await gateway.ask("{ hour }")).data).toEqual({ hour: 9 });
    await Promise.all([gateway.close(), behind.close()]);
  });
});

describe("in front of somebody else's subgraphs", () => {
  const foreign = {
    name: "foreign",
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) type Query { anything: String }`,
    resolvers: { Query: { anything: () => "yes" } },
  };
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openTestGateway({
      subgraphs: [foreign],
      env: { FORWARD_HEADERS: "authorization, x-team, x-internal-token" },
      gateway: { authentication: undefined, tokenIssuer: undefined },
    });
  });
  afterAll(() => gateway.close());

  it("asks nobody to sign in, and passes on the headers that are configured", async () => {
    const headers = {
      authorization: "Bearer theirs",
      "x-team": "a",
      "x-other": "b",
      "x-internal-token": "forged",
    };
    expect((await gateway.ask("{ anything }", { headers })).data).toEqual({ anything: "yes" });
    const received = gateway.asked[0]?.headers;
    expect(received?.get("authorization")).toBe("Bearer theirs");
    expect(received?.get("x-team")).toBe("a");
    expect(received?.get("x-other")).toBeNull();
    expect(received?.get("x-internal-token")).toBeNull();
  });
});

describe("the gateway as a process", () => {
  async function start(args: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, ["gateway/main.ts", ...args], {
      env: { PATH: process.env["PATH"], HOST: "127.0.0.1", ...env },
    });
    let output = "";
    const url = new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        const at = /"url":"([^"]+)"/.exec(output)?.[1];
        if (at) resolve(at);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("exit", (code) => reject(new Error(`exit ${code}: ${output}`)));
    });
    return { child, url };
  }

  it("serves a supergraph file, and stops with 0 when told to", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "supergraph-")), "supergraph.graphql");
    await writeFile(file, composeStory([clock]));
    const { child, url } = await start(["--supergraph", file, "--port", "0"]);
    const response = await fetch(`${await url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    expect(await response.json()).toEqual({ data: { __typename: "Query" } });
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("takes a supergraph from an address as well", async () => {
    const server = await listen({
      port: 0,
      host: "127.0.0.1",
      routes: async () => new Response(composeStory([clock])),
      ready: async () => ({}),
      log,
    });
    const { child, url } = await start([], { SUPERGRAPH: `${server.url}/supergraph`, PORT: "0" });
    expect((await fetch(`${await url}/readyz`)).status).toBe(200);
    child.kill("SIGTERM");
    await once(child, "exit");
    await server.close();
  });

  it("says every fault of its environment at once, and never a secret", async () => {
    const { url } = await start([], {
      AUTH_PROVIDER: "oidc",
      LIMIT_DEPTH: "deep",
      PORT: "99999",
      INTERNAL_TOKEN_PRIVATE_KEY: "hunter2",
    });
    const fault = await url.catch((error: Error) => error.message);
    expect(fault).toMatch(/exit 1.*PORT: .*LIMIT_DEPTH: /s);
    expect(fault).not.toContain("hunter2");
  });
});
