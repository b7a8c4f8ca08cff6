import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { readGatewayConfig } from "../../gateway/config.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

type Context = { readonly req: IncomingMessage; readonly res: ServerResponse };

/** What each subgraph of these stories says beside its answer. */
const said: Record<string, Record<string, string | string[]>> = {};

function subgraph(name: string, sdl: string) {
  const say = (_: unknown, _arguments: unknown, { res }: Context) => {
    for (const [header, value] of Object.entries(said[name] ?? {})) res.setHeader(header, value);
    return { id: "1" };
  };
  const fails = () => {
    throw new Error("a secret");
  };
  const resolvers = {
    Query: { [name]: say, [`${name}Fails`]: fails },
    Mutation: { [`change${name}`]: (...all: Parameters<typeof say>) => say(...all).id },
  };
  return { name, sdl: `${sdl} type Query { ${name}: Thing @public ${name}Fails: Int @public }`, resolvers };
}

const subgraphs = [
  subgraph("shop", `type Thing @key(fields: "id") { id: ID! } type Mutation { changeshop: ID @public }`),
  subgraph("stock", `type Thing @key(fields: "id") { id: ID! } type Mutation { changestock: ID @public }`),
];

let gateway: TestGateway;
afterEach(async () => {
  for (const name of Object.keys(said)) delete said[name];
  await gateway?.close();
});
const open = async (env: Record<string, string>) =>
  void (gateway = await openTestGateway({ subgraphs, env }));
// One after another, so that it is known whose answer comes first.
const ask = () => gateway.ask("mutation { changeshop changestock }");

describe("headers of subgraphs' answers", () => {
  it("stay with the gateway unless a rule passes them on", async () => {
    said["shop"] = { "set-cookie": "a=1", "x-left": "1", etag: "7" };
    await open({});
    const { headers } = await ask();
    for (const name of ["set-cookie", "x-left", "etag"]) expect(headers.get(name)).toBeNull();
  });

  it("are passed on as the rules say: the first, the last, or all of them", async () => {
    said["shop"] = { "x-first": "shop", "x-last": "shop", "x-all": "shop", "x-none": "shop" };
    said["stock"] = { "x-first": "stock", "x-last": "stock", "x-all": "stock" };
    await open({ RESPONSE_HEADERS: "x-first=first, X-Last=last, x-all=append" });
    const { headers, data } = await ask();
    expect(data).toEqual({ changeshop: "1", changestock: "1" });
    expect(headers.get("x-first")).toBe("shop");
    expect(headers.get("x-last")).toBe("stock");
    expect(headers.get("x-all")).toBe("shop, stock");
    expect(headers.get("x-none")).toBeNull();
  });

  it("are those of one subgraph where the rule names it", async () => {
    said["shop"] = { "x-left": "1", "x-all": "1" };
    said["stock"] = { "x-left": "2", "x-all": "2" };
    await open({ RESPONSE_HEADERS: "shop/x-left=last, x-all=append, stock/x-all=last" });
    const { headers } = await ask();
    expect(headers.get("x-left")).toBe("1");
    expect(headers.get("x-all")).toBe("2");
  });

  it("keep every cookie a line of its own, and each once", async () => {
    const expires = "a=1; Expires=Wed, 21 Oct 2037 07:28:00 GMT";
    said["shop"] = { "set-cookie": [expires, "b=2; HttpOnly"] };
    said["stock"] = { "set-cookie": ["c=3", expires] };
    await open({ RESPONSE_HEADERS: "set-cookie=append" });
    expect((await ask()).headers.getSetCookie()).toEqual([expires, "b=2; HttpOnly", "c=3"]);
  });

  it("add to what the gateway varies by, and take the place of others of its own", async () => {
    said["shop"] = { vary: "accept-language", "cache-control": "max-age=5" };
    await open({ RESPONSE_HEADERS: "vary=append, cache-control=first" });
    const { headers } = await ask();
    expect(headers.get("vary")).toMatch(/origin.*accept-language/i);
    expect(headers.get("cache-control")).toBe("max-age=5");
  });

  it("never are about the connection to the subgraph", async () => {
    said["shop"] = { connection: "keep-alive, x-hop", "x-hop": "1", "x-kept": "2" };
    await open({ RESPONSE_HEADERS: "x-hop=last, x-kept=last" });
    const { headers } = await ask();
    expect(headers.get("x-hop")).toBeNull();
    expect(headers.get("x-kept")).toBe("2");
  });

  it("are no more than a client takes", async () => {
    said["shop"] = { "x-long": "a".repeat(7_000) };
    said["stock"] = { "x-long": "b".repeat(7_000), "x-short": "b" };
    await open({ RESPONSE_HEADERS: "x-long=append, x-short=last" });
    const { headers } = await ask();
    expect(headers.get("x-long")).toBe("a".repeat(7_000));
    expect(headers.get("x-short")).toBe("b");
  });

  it.each(["0", "1"])(
    "are passed on with %s more runs of the same query, by whichever executor",
    async (more) => {
      said["shop"] = { "x-left": "1" };
      await open({ RESPONSE_HEADERS: "x-left=last" });
      for (let run = 0; run <= 4 * Number(more); run++)
        expect((await gateway.ask("{ shop { id } }")).headers.get("x-left")).toBe("1");
    },
  );
});

it("passes headers of the caller on to the subgraphs that a rule names, and to no other", async () => {
  await open({ FORWARD_HEADERS: "x-all, shop/X-Shop" });
  await gateway.ask("{ shop { id } stock { id } }", {
    headers: { "x-all": "1", "x-shop": "2", "x-other": "3" },
  });
  const seen = Object.fromEntries(
    gateway.asked.map(({ subgraph: name, headers }) => [
      name,
      ["x-all", "x-shop", "x-other"].map((header) => headers.get(header)),
    ]),
  );
  expect(seen).toEqual({ shop: ["1", "2", null], stock: ["1", null, null] });
});

describe("an error of a subgraph", () => {
  const bad = "{ shopFails }";

  it("does not say whose it is unless it is to", async () => {
    await open({});
    expect((await gateway.ask(bad)).errors[0]?.extensions).not.toHaveProperty("serviceName");
  });

  it("says whose it is when it is to, masked or not; one of the request's own does not", async () => {
    await open({ ERROR_SERVICE_NAMES: "true" });
    const { errors, text } = await gateway.ask(bad);
    expect(errors).toMatchObject([
      { path: ["shopFails"], extensions: { code: "INTERNAL_ERROR", serviceName: "shop" } },
    ]);
    expect(text).not.toContain("a secret");
    expect((await gateway.ask("{ nothing }")).errors[0]?.extensions).not.toHaveProperty("serviceName");
  });
});

it.each([
  ["RESPONSE_HEADERS", "x-left", /x-left does not say which of several/],
  ["RESPONSE_HEADERS", "x-left=all", /x-left=all does not say/],
  ["RESPONSE_HEADERS", "x left=last", /is no header/],
  ["RESPONSE_HEADERS", "/x-left=last", /is no header/],
  ["RESPONSE_HEADERS", "Transfer-Encoding=last", /transfer-encoding is the gateway's own/],
  ["RESPONSE_HEADERS", "shop/content-encoding=last", /content-encoding is the gateway's own/],
  [
    "RESPONSE_HEADERS",
    "access-control-allow-origin=last",
    /access-control-allow-origin is the gateway's own/,
  ],
  ["RESPONSE_HEADERS", "x-internal-token=last", /x-internal-token is the gateway's own/],
  ["FORWARD_HEADERS", "x left", /is no header/],
  ["FORWARD_HEADERS", "Content-Length", /content-length is about one connection or body/],
  ["FORWARD_HEADERS", "accept-encoding", /accept-encoding is about/],
  ["FORWARD_HEADERS", "shop/host", /host is about/],
  ["ERROR_SERVICE_NAMES", "maybe", /ERROR_SERVICE_NAMES/],
])("%s=%s is refused at the start", (variable, value, words) => {
  // Alone, the value would not be quoted: it might be a secret.
  const fine = { RESPONSE_HEADERS: "x-fine=last, ", FORWARD_HEADERS: "x-fine, ", ERROR_SERVICE_NAMES: "" };
  const given = `${fine[variable as keyof typeof fine]}${value}`;
  expect(() => readGatewayConfig({ [variable]: given })).toThrow(words);
});
