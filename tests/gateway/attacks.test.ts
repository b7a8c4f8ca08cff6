import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { readTrustedDocuments } from "../../gateway/plugins/useTrustedDocuments.ts";
import { ACME, openTestGateway, type TestGateway } from "./support/testGateway.ts";

const shop = {
  name: "shop",
  sdl: `
    type Query {
      price: Int @public
      secretPrice: Int @authorize(permissions: [SecretRead])
      broken: String @public
      refused: String @public
      hangs: String @public
    }
    type Mutation { buy: Int @public }
  `,
  resolvers: {
    Query: {
      price: () => 5,
      secretPrice: () => 7,
      broken: () => {
        throw new Error("password=hunter2 at 10.0.0.7");
      },
      refused: () => {
        throw Object.assign(new Error("There is no price 5."), {
          extensions: { code: "NOT_FOUND", thing: "price" },
        });
      },
      hangs: () => new Promise(() => {}),
    },
    Mutation: { buy: () => 1 },
  },
};

const people = [
  { id: "clerk", email: "clerk@acme.test", name: "Cle", tenantIds: [ACME], permissions: [] },
  { id: "maker", email: "maker@acme.test", name: "Mak", tenantIds: [ACME], permissions: ["SchemaRead"] },
];

const MANIFEST = JSON.stringify({
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations: [{ id: "price-1", name: "Price", type: "query", body: "query Price { price }" }],
});

let open: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  open = await openTestGateway({ subgraphs: [shop], people, env: { DEADLINE_MILLISECONDS: "300" } });
  await open.warm();
  closed = await openTestGateway({
    subgraphs: [shop],
    people,
    env: { NODE_ENV: "production", TRUSTED_DOCUMENTS: "off" },
  });
});
afterAll(() => Promise.all([open.close(), closed.close()]));
beforeEach(() => {
  open.asked.length = 0;
  closed.asked.length = 0;
});

describe("useCsrfPrevention: a foreign page that sends requests from a signed-in browser", () => {
  const query = encodeURIComponent("{ price }");
  const preflight = { "apollo-require-preflight": "1" };

  it("cannot GET without a header that needs a preflight", async () => {
    const heard = await open.send(`/graphql?query=${query}`);
    expect(heard).toMatchObject({ status: 400, errors: [{ extensions: { code: "PREFLIGHT_REQUIRED" } }] });
    expect(
      (await open.send(`/graphql?query=${query}`, { headers: { "apollo-require-preflight": "" } })).status,
    ).toBe(400);
    expect((await open.send(`/graphql?query=${query}`, { headers: preflight })).data).toEqual({ price: 5 });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json, text/plain",
    "application/graphql",
    "x",
  ])(
    "cannot GET with the content type %s, preflight header or not (GHSA-9q82-xgwf-vj6h)",
    async (contentType) => {
      const heard = await open.send(`/graphql?query=${query}`, {
        headers: { ...preflight, "content-type": contentType },
      });
      expect(heard).toMatchObject({
        status: 415,
        errors: [{ extensions: { code: "CONTENT_TYPE_UNSUPPORTED" } }],
      });
      expect(open.asked).toEqual([]);
    },
  );

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/graphql",
    "application/json; charset=utf-16",
    "text/plain; application/json",
  ])("cannot POST as %s", async (contentType) => {
    const body = JSON.stringify({ query: "mutation { buy }" });
    const heard = await open.send("/graphql", {
      method: "POST",
      headers: { "content-type": contentType },
      body,
    });
    expect(heard.status).toBe(415);
    expect(open.asked).toEqual([]);
  });

  it("cannot run a mutation by GET", async () => {
    const heard = await open.send(`/graphql?query=${encodeURIComponent("mutation { buy }")}`, {
      headers: preflight,
    });
    expect(heard.status).toBe(405);
    const hidden = "query A { price } mutation B { buy }";
    const named = `/graphql?query=${encodeURIComponent(hidden)}&operationName=B`;
    expect((await open.send(named, { headers: preflight })).status).toBe(405);
    expect(open.asked).toEqual([]);
  });

  it("is not allowed by CORS, unless its origin is configured", async () => {
    const init = {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    };
    const heard = await open.send("/graphql", init);
    expect(heard.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("is told that other methods are not spoken", async () => {
    expect((await open.send("/graphql", { method: "PUT" })).status).toBe(405);
  });
});

describe("useIntrospectionRule: whoever wants to know what there is", () => {
  const schema = "{ __schema { types { name } } }";

  it("may not read the schema in production without SchemaRead", async () => {
    expect(await closed.ask(schema)).toMatchObject({ status: 403, data: undefined });
    const hidden = `{ price ...F } fragment F on Query { x: __type(name: "Query") { name } }`;
    const heard = await closed.ask(hidden, { as: "clerk" });
    expect(heard.errors).toMatchObject([{ extensions: { code: "INTROSPECTION_DISABLED" } }]);
    expect((await closed.ask(schema, { as: "maker" })).errors).toEqual([]);
  });

  it("gets no suggestions out of misspelt names in production", async () => {
    const heard = await closed.ask("{ pric }");
    expect(heard.errors[0]?.message).toContain("pric");
    expect(heard.text).not.toContain("Did you mean");
    expect(heard.text).not.toContain("secretPrice");
    expect((await open.ask("{ pric }")).text).toContain("Did you mean");
  });

  it("gets the explorer only outside of production, and it needs no other server", async () => {
    const page = await open.send("/", { headers: { accept: "text/html" } });
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.text).not.toMatch(/<(script|link|img)[^>]+(src|href)=["']?(https?:)?\/\//);
    expect((await closed.send("/", { headers: { accept: "text/html" } })).status).toBe(404);
  });
});

describe("useErrorMasking: what an error gives away", () => {
  it("is nothing but a code and the trace id, when no user was meant to read it", async () => {
    const heard = await open.ask("{ broken price }");
    expect(heard.text).not.toContain("hunter2");
    expect(heard.data).toEqual({ broken: null, price: 5 });
    const [error] = heard.errors;
    expect(error).toMatchObject({ path: ["broken"], extensions: { code: "INTERNAL_ERROR" } });
    expect(error?.extensions["traceId"]).toBe(heard.headers.get("x-trace-id"));
    expect(open.logged.join()).toContain("hunter2");
  });

  it("is the sentence of the subgraph, when its code is one of the table", async () => {
    const heard = await open.ask("{ refused }");
    expect(heard.errors).toMatchObject([
      { message: "There is no price 5.", path: ["refused"], extensions: { code: "NOT_FOUND" } },
    ]);
  });

  it("never names what carries it inside: no stack, no http, no original error", async () => {
    for (const query of ["{ broken }", "{", "{ nope }", "query ($n: Int!) { price }"]) {
      const { text } = await open.ask(query);
      expect(text).not.toMatch(/stack|originalError|"http"|node_modules/);
    }
    const malformed = await open.send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect(malformed).toMatchObject({ status: 400, errors: [{ extensions: { code: "BODY_MALFORMED" } }] });
  });

  it("is counted by its code", async () => {
    await open.ask("{ broken }");
    expect(await metricsText()).toMatch(/gateway_errors_total\{code="INTERNAL_ERROR"\} [1-9]/);
  });
});

describe("useDeadline: a subgraph that never answers", () => {
  it("costs its own field, and the caller no more than the deadline", async () => {
    const heard = await open.ask("{ hangs }");
    expect(heard.data).toEqual({ hangs: null });
    expect(heard.errors).toMatchObject([{ path: ["hangs"], extensions: { subgraph: "shop" } }]);
  });
});

describe("useTrustedDocuments: documents that nobody published", () => {
  let enforcing: TestGateway;
  let logging: TestGateway;
  let plain: TestGateway;
  beforeAll(async () => {
    const trustedDocuments = readTrustedDocuments(MANIFEST);
    const env = { TRUSTED_DOCUMENTS_MANIFEST: "given" };
    enforcing = await openTestGateway({
      subgraphs: [shop],
      env: { ...env, TRUSTED_DOCUMENTS: "enforce" },
      gateway: { trustedDocuments },
    });
    logging = await openTestGateway({
      subgraphs: [shop],
      env: { ...env, TRUSTED_DOCUMENTS: "log" },
      gateway: { trustedDocuments },
    });
    plain = await openTestGateway({ subgraphs: [shop] });
  });
  afterAll(() => Promise.all([enforcing.close(), logging.close(), plain.close()]));

  const byId = (id: string) => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } }),
  });

  it("are refused when enforced; published ones run by id and by text", async () => {
    expect(await enforcing.ask("{ price }")).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: "DOCUMENT_NOT_TRUSTED" } }],
    });
    expect((await enforcing.send("/graphql", byId("price-1"))).data).toEqual({ price: 5 });
    expect((await enforcing.ask("query Price { price }")).data).toEqual({ price: 5 });
    expect(await enforcing.ask("{ __schema { types { name } } }")).toMatchObject({ status: 403 });
  });

  it("do not get in under the id of another", async () => {
    const heard = await enforcing.ask("mutation { buy }", {
      extensions: { persistedQuery: { version: 1, sha256Hash: "price-1" } },
    });
    expect(heard.data).toEqual({ price: 5 });
    const unknown = await enforcing.send("/graphql", byId("toString"));
    expect(unknown).toMatchObject({
      status: 404,
      errors: [{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }],
    });
  });

  it("are said to be kept nowhere where there is no manifest, so that clients send the whole document", async () => {
    const hash = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };
    expect(await plain.send("/graphql", byId("0".repeat(64)))).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "PERSISTED_QUERY_NOT_SUPPORTED" } }],
    });
    expect((await plain.ask("{ price }", { extensions: hash })).data).toEqual({ price: 5 });
  });

  it("are run and logged in log mode", async () => {
    expect((await logging.ask("{ price }")).data).toEqual({ price: 5 });
    expect(logging.logged.join()).toContain("not in the manifest");
  });
});

describe("useTelemetry: what operators see", () => {
  it("is how long operations took, by kind and outcome, and the caller gets the trace's id", async () => {
    const heard = await open.ask("query Named { price }");
    const traceId = heard.headers.get("x-trace-id");
    expect(open.asked[0]?.headers.get("traceparent")).toContain(traceId);
    expect(open.asked[0]?.identity?.traceId).toBe(traceId);
    expect(await metricsText()).toMatch(
      /gateway_operation_duration_seconds_count\{kind="query",outcome="answered"\} [1-9]/,
    );
  });
});
