import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { httpDataSource } from "../../gateway/executor/engine.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { placeFiles } from "../../gateway/uploadMap.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const described = async (file: File | null) =>
  file ? `${file.name}|${file.type}|${Buffer.from(await file.arrayBuffer()).toString("base64")}` : "nothing";

function subgraph(name: string) {
  return {
    name,
    sdl: `
      scalar Upload
      input ${name}Files { files: [Upload!] note: String }
      type Query { ${name}: Int @public ${name}Seen(file: Upload): String @public }
      type Mutation {
        ${name}One(file: Upload, big: Float): String @public
        ${name}Many(input: ${name}Files): [String!] @public
      }
    `,
    resolvers: {
      Query: { [`${name}Seen`]: (_: unknown, { file }: { file: File | null }) => described(file) },
      Mutation: {
        [`${name}One`]: (_: unknown, { file }: { file: File | null }) => described(file),
        [`${name}Many`]: (_: unknown, { input }: { input: { files: File[] } }) =>
          Promise.all(input.files.map(described)),
      },
    },
  };
}

const subgraphs = [subgraph("shop"), subgraph("stock")];
let gateway: TestGateway;
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
  await gateway?.close();
});
const open = async (env: Record<string, string> = {}) =>
  void (gateway = await openTestGateway({ subgraphs, env: { UPLOADS: "true", ...env } }));

const PREFLIGHT = { "apollo-require-preflight": "1" };

/** Sends an operation with files, as a browser does. */
function send(
  operations: unknown,
  map: unknown,
  files: Record<string, File>,
  headers: Record<string, string> = PREFLIGHT,
) {
  const form = new FormData();
  form.set("operations", typeof operations === "string" ? operations : JSON.stringify(operations));
  form.set("map", typeof map === "string" ? map : JSON.stringify(map));
  for (const [name, file] of Object.entries(files)) form.set(name, file);
  return gateway.send("/graphql", { method: "POST", body: form, headers });
}

const text = (content: string, name = "a.txt") => new File([content], name, { type: "text/plain" });
const shown = (content: string, name = "a.txt") =>
  `${name}|text/plain|${Buffer.from(content).toString("base64")}`;
const ONE = "mutation One($file: Upload) { shopOne(file: $file) }";

describe("a file", () => {
  it("goes on to the subgraph whose field takes it, whatever it holds and is called", async () => {
    await open();
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const file = new File([bytes], 'é "1"\r\n.bin', { type: "image/png" });
    const { data, errors } = await send(
      { query: ONE, variables: { file: null } },
      { "0": ["variables.file"] },
      { "0": file },
    );
    expect(errors).toEqual([]);
    const [name, type, content] = String(data?.["shopOne"]).split("|");
    expect([type, content]).toEqual(["image/png", Buffer.from(bytes).toString("base64")]);
    expect(name).toMatch(/^é .*1.*\.bin$/);
  });

  it("may be one of several, within inputs and lists, and in several places", async () => {
    await open();
    const query = `mutation ($input: shopFiles) { shopMany(input: $input) }`;
    const variables = { input: { files: [null, null, null], note: "n" } };
    const map = { a: ["variables.input.files.0", "variables.input.files.2"], b: ["variables.input.files.1"] };
    const { data } = await send({ query, variables }, map, { a: text("1"), b: text("2", "b.txt") });
    expect(data).toEqual({ shopMany: [shown("1"), shown("2", "b.txt"), shown("1")] });
  });

  it("is where it is wanted also when it does not come in that order", async () => {
    await open();
    const query = `mutation ($a: Upload, $b: Upload) { stockOne(file: $b) shopOne(file: $a) }`;
    const map = { "0": ["variables.a"], "1": ["variables.b"] };
    const files = { "0": text("first"), "1": text("second") };
    const { data, errors } = await send({ query, variables: { a: null, b: null } }, map, files);
    expect(errors).toEqual([]);
    expect(data).toEqual({ stockOne: shown("second"), shopOne: shown("first") });
  });

  it("goes to a query's field as well, again and again", async () => {
    await open();
    const query = "query ($file: Upload) { shopSeen(file: $file) }";
    for (let run = 0; run < 5; run++) {
      const heard = await send(
        { query, variables: { file: null } },
        { f: ["variables.file"] },
        { f: text(`${run}`) },
      );
      expect(heard.data).toEqual({ shopSeen: shown(`${run}`) });
    }
  });

  it("may be one that nobody asks for, and fields may have none", async () => {
    await open();
    const map = { "0": ["variables.file"] };
    const unused = await send(
      {
        query:
          "query ($file: Upload) { shop shopSeen @skip(if: true) other: shopSeen(file: $file) @skip(if: true) }",
        variables: { file: null },
      },
      map,
      { "0": text("x".repeat(200_000)) },
    );
    expect(unused).toMatchObject({ status: 200, data: { shop: null } });
    expect((await gateway.ask(ONE, { variables: { file: null } })).data).toEqual({ shopOne: "nothing" });
  });

  it("is sent to one subgraph alone", async () => {
    await open();
    const query = "mutation ($file: Upload) { shopOne(file: $file) stockOne(file: $file) }";
    const { data, errors } = await send(
      { query, variables: { file: null } },
      { "0": ["variables.file"] },
      { "0": text("1") },
    );
    expect(data).toEqual({ shopOne: shown("1"), stockOne: null });
    expect(errors).toMatchObject([{ path: ["stockOne"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } }]);
  });
});

describe("a request with files", () => {
  const fine = { query: ONE, variables: { file: null } };
  const map = { "0": ["variables.file"] };

  it("is refused unless files are switched on", async () => {
    gateway = await openTestGateway({ subgraphs });
    expect(await send(fine, map, { "0": text("1") })).toMatchObject({ status: 415 });
  });

  it("is refused without a header that no foreign page can send", async () => {
    await open();
    const heard = await send(fine, map, { "0": text("1") }, {});
    expect(heard).toMatchObject({ status: 400, errors: [{ extensions: { code: "PREFLIGHT_REQUIRED" } }] });
    expect(gateway.asked).toEqual([]);
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ["whose operations are no JSON", "{", map, /operations is no JSON/],
    ["that is a batch", [fine], { "0": ["0.variables.file"] }, /operations is not one operation/],
    ["whose map is no JSON", fine, "{", /map is no JSON/],
    ["whose map is a list", fine, [], /map is no object/],
    ["whose map names no places", fine, { "0": [] }, /without a list of places/],
    ["whose map names places that are none", fine, { "0": ["variables.other"] }, /no null of the variables/],
    [
      "whose map names a place twice",
      fine,
      { "0": ["variables.file", "variables.file"] },
      /no null of the variables/,
    ],
    [
      "whose map names what all objects have",
      fine,
      { "0": ["variables.__proto__.file"] },
      /no null of the variables/,
    ],
  ])("%s is refused, and nobody is asked", async (_what, operations, places, words) => {
    await open();
    const heard = await send(operations, places, {});
    expect(heard).toMatchObject({ status: 400, errors: [{ extensions: { code: "BODY_MALFORMED" } }] });
    expect(heard.text).toMatch(words);
    expect(gateway.asked).toEqual([]);
  });

  it.each([
    ["no boundary", "multipart/form-data", "x"],
    [
      "another order",
      "multipart/form-data; boundary=b",
      '--b\r\ncontent-disposition: form-data; name="map"\r\n\r\n{}\r\n--b--\r\n',
    ],
    [
      "a file before its map",
      "multipart/form-data; boundary=b",
      '--b\r\ncontent-disposition: form-data; name="0"; filename="a"\r\n\r\nx\r\n--b--\r\n',
    ],
    ["nothing in it", "multipart/form-data; boundary=b", "--b--\r\n"],
    [
      "no end",
      "multipart/form-data; boundary=b",
      '--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}',
    ],
  ])("with %s is refused", async (_what, contentType, body) => {
    await open();
    const heard = await gateway.send("/graphql", {
      method: "POST",
      body,
      headers: { ...PREFLIGHT, "content-type": contentType },
    });
    expect(heard).toMatchObject({ status: 400, errors: [{ extensions: { code: "BODY_MALFORMED" } }] });
  });

  it("may have none, if it says so", async () => {
    await open();
    expect((await send(fine, {}, {})).data).toEqual({ shopOne: "nothing" });
    expect((await send(fine, {}, { "0": text("left out") })).data).toEqual({ shopOne: "nothing" });
  });

  it("says which file did not come", async () => {
    await open();
    const { data, errors } = await send(fine, map, {});
    expect(data).toEqual({ shopOne: null });
    expect(errors[0]).toMatchObject({ extensions: { code: "BODY_MALFORMED" } });
  });

  it("may have so many files, and no more", async () => {
    await open({ LIMIT_UPLOAD_FILES: "1" });
    const query = "mutation ($a: Upload, $b: Upload) { shopOne(file: $a) other: shopOne(file: $b) }";
    const two = { "0": ["variables.a"], "1": ["variables.b"] };
    const heard = await send({ query, variables: { a: null, b: null } }, two, {
      "0": text("1"),
      "1": text("2"),
    });
    expect(heard).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "uploadFiles", maximum: 1 } }],
    });
  });

  it.each([1_500, 500_000])("may be so large, and no larger: %i bytes", async (size) => {
    await open({ LIMIT_UPLOAD_BYTES: "1000" });
    const { data, errors } = await send(fine, map, { "0": text("x".repeat(size)) });
    expect(data).toEqual({ shopOne: null });
    expect(errors[0]).toMatchObject({
      extensions: { code: "LIMIT_EXCEEDED", limit: "uploadBytes", maximum: 1_000 },
    });
    // The connection is as good as before, and so is the subgraph.
    expect((await send(fine, map, { "0": text("1") })).data).toEqual({ shopOne: shown("1") });
  });

  it("may not have a longer operation than any other request", async () => {
    await open({ LIMIT_BODY_BYTES: "2000" });
    const long = { ...fine, query: `${ONE} # ${"x".repeat(3_000)}` };
    expect(await send(long, map, { "0": text("1") })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
    });
  });

  it("goes through everything that others go through", async () => {
    await open();
    for (const [query, code] of [
      ["mutation { nothing }", "GRAPHQL_VALIDATION_FAILED"],
      ["mutation {", "GRAPHQL_PARSE_FAILED"],
    ]) {
      const heard = await send({ query, variables: { file: null } }, map, { "0": text("x".repeat(100_000)) });
      expect(heard).toMatchObject({ errors: [{ extensions: { code } }] });
    }
    expect(gateway.asked).toEqual([]);
  });

  it("does not wait for a file for ever", async () => {
    await open({ LIMIT_UPLOAD_SECONDS: "1" });
    const { answer } = slowly(gateway.url, "half");
    expect((await answer).errors[0]?.extensions["code"]).toMatch(/SUBGRAPH_UNAVAILABLE|DEADLINE_EXCEEDED/);
  });
});

/** Sends the one file of an operation only as far as this, until told to go on. */
function slowly(url: string, begun: string) {
  const part = (name: string, content: string) =>
    `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
  const sending = httpRequest(`${url}/graphql`, {
    method: "POST",
    headers: { ...PREFLIGHT, "content-type": "multipart/form-data; boundary=b" },
  });
  sending.write(part("operations", JSON.stringify({ query: ONE, variables: { file: null } })));
  sending.write(part("map", '{"0":["variables.file"]}'));
  sending.write(`--b\r\ncontent-disposition: form-data; name="0"; filename="a"\r\n\r\n${begun}`);
  const answer = new Promise<{ data: unknown; errors: { extensions: Record<string, unknown> }[] }>(
    (resolve, reject) => {
      sending.on("error", reject);
      sending.on("response", (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => resolve(JSON.parse(body) as never));
      });
    },
  );
  opened.push(() => sending.destroy());
  return { sending, answer, finish: (rest: string) => sending.end(`${rest}\r\n--b--\r\n`) };
}

it("streams a file on while it comes, and passes the subgraph a request of the specification", async () => {
  let received = "";
  let headers: IncomingMessage["headers"] = {};
  const server = createServer((request, response) => {
    ({ headers } = request);
    request.on("data", (chunk: Buffer) => (received += chunk.toString()));
    request.on("end", () => response.end('{"data":{"_0_shopOne":"seen","shopOne":"seen"}}'));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  opened.push(() => (server.closeAllConnections(), server.close()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  gateway = await openTestGateway({
    subgraphs,
    env: { UPLOADS: "true" },
    gateway: { dataSource: () => httpDataSource(url) },
  });
  const { answer, finish } = slowly(gateway.url, "the first half");
  await expect.poll(() => received).toContain("the first half");
  expect(received).not.toContain("the second half");
  finish(", the second half");
  expect(await answer).toMatchObject({ data: { shopOne: "seen" } });
  expect(headers).toMatchObject({
    "apollo-require-preflight": "true",
    "content-type": /^multipart\/form-data; boundary=/,
  });
  const [, operations, map, file] = received
    .split(/\r?\n?--------[-\w]{36}/)
    .map((part) => part.split("\r\n\r\n")[1]);
  expect(JSON.parse(operations ?? "")).toMatchObject({ variables: { file: null } });
  expect(JSON.parse(map ?? "")).toEqual({ "0": ["variables.file"] });
  expect(file).toBe("the first half, the second half");
});

it("ends what the subgraph is sent when whoever sends a file leaves", async () => {
  let hasLeft = false;
  const server = createServer((request) => void request.on("close", () => (hasLeft = true)).resume());
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  opened.push(() => (server.closeAllConnections(), server.close()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  gateway = await openTestGateway({
    subgraphs,
    env: { UPLOADS: "true" },
    gateway: { dataSource: () => httpDataSource(url) },
  });
  const asked = new Promise((resolve) => server.once("request", resolve));
  const { sending, answer } = slowly(gateway.url, "half");
  answer.catch(() => undefined);
  await asked;
  sending.destroy();
  await expect.poll(() => hasLeft).toBe(true);
});

it("places files in the variables and nowhere else", () => {
  const variables = { a: null, b: [{ c: null }] };
  const operations = JSON.stringify({ query: "q", variables });
  expect(placeFiles(operations, '{"x":["variables.a"],"y":["variables.b.0.c"]}', (id) => `<${id}>`)).toEqual({
    params: { query: "q", variables: { a: "<x>", b: [{ c: "<y>" }] } },
    ids: ["x", "y"],
  });
  for (const path of [
    "query",
    "variables",
    "variables.b.1.c",
    "variables.b.length",
    "a",
    1,
    "variables.constructor.name",
  ])
    expect(() => placeFiles(operations, JSON.stringify({ x: [path] }), String)).toThrow(
      "no null of the variables",
    );
});

it("is refused at the start what files cannot be sent with", () => {
  for (const bad of [
    { UPLOADS: "perhaps" },
    { LIMIT_UPLOAD_SECONDS: "31" },
    { LIMIT_UPLOAD_FILES: "0" },
    { UPLOADS: "true", EXECUTOR: "stock" },
  ])
    expect(() => readGatewayConfig(bad)).toThrow(/UPLOAD/);
});
