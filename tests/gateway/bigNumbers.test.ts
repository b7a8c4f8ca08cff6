import fc from "fast-check";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isHeldExactly, parseLossless } from "#shared/graphql/losslessJson.ts";
import type { DataSource, SubgraphEvent } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import { rawSocket } from "./clients/rawSocket.ts";
import { composed, plain, testGraph } from "./support/testGraph.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const BIG = "9007199254740993";

const supergraphSdl = composed([
  {
    name: "one",
    typeDefs: `
      scalar Long scalar JSON
      input Sizes { at: Float longs: [Long!] id: ID }
      input Bounds { least: Long = 9007199254740993 json: JSON = { a: [-9007199254740995, 1], b: "c\\"" } id: ID = 9007199254740993 inner: Bounds }
      type Query { within(bounds: Bounds, most: Long = 9007199254740997): Int thing(long: Long, json: JSON, sizes: Sizes, id: ID, at: Float, count: Int): Thing }
      type Subscription { things: Thing since(long: Long): Thing }
      type Thing @key(fields: "long") { long: Long! id: ID float: Float int: Int json: JSON }
    `,
  },
  { name: "two", typeDefs: `scalar Long type Thing @key(fields: "long") { long: Long! more: Long }` },
])
  // The composer rounds defaults, which others may not.
  .replace(/9007199254740992\b/g, BIG)
  .replace("-9007199254740996", "-9007199254740995")
  .replace("9007199254740996", "9007199254740997");

/** What the subgraphs were sent, as text. */
let sent: { query: string; variables: string }[] = [];

/** What the first subgraph answers. */
let told = "null";

function opened(executors: "both" | "interpreter", isPrintable: boolean) {
  const dataSource = (name: string): DataSource => ({
    async execute({ variablesText, query }) {
      sent.push({ query, variables: variablesText });
      const field = /\w*_thing/.exec(query)?.[0] ?? "thing";
      const text =
        name === "one" ? `{"data":{"${field}":${told}}}` : `{"data":{"_entities":[{"more":${BIG}}]}}`;
      return { status: 200, isPrintable, text };
    },
    async *subscribe() {
      await Promise.resolve();
      yield parseLossless(`{"data":{"things":${told}}}`) as SubgraphEvent;
    },
  });
  const log = { warn: () => undefined, error: () => undefined };
  return openEngine({ supergraphSdl, executors, limits: { usesBeforeCompiling: 0 }, log, dataSource });
}

const engines = [opened("both", true), opened("both", false), opened("interpreter", false)];
const how = () => ({ headersFor: () => ({}), deadline: Date.now() + 30_000 });

async function answersOf(query: string, answer: string, variables: Record<string, unknown> = {}) {
  const answers: string[] = [];
  for (const engine of engines) {
    told = answer;
    const result = await engine.execute(await engine.prepare(query, null, variables), how());
    answers.push(String(result.stringify?.(result) ?? JSON.stringify(result)));
  }
  return answers;
}

const thing = (members: string) => `{"data":{"thing":{${members}}}}`;

describe("a number that no JavaScript number holds", () => {
  it.each([
    BIG,
    `-${BIG}`,
    "123456789012345678901234567890",
    "0.1234567890123456789",
    "1e400",
    "1.5E-400",
    "1e22",
  ])("is answered as it was written: %s", async (number) => {
    const json = `{"a":[${number},{"b":${number}}],"c":"${number}"}`;
    for (const answer of await answersOf("{ thing { long json } }", `{"long":${number},"json":${json}}`))
      expect(answer).toBe(thing(`"long":${number},"json":${json}`));
    for (const answer of await answersOf("{ thing { long } }", `{"long":${number}}`))
      expect(answer).toBe(thing(`"long":${number}`));
  });

  it("is a key as it is", async () => {
    sent = [];
    for (const answer of await answersOf("{ thing { more } }", `{"__typename":"Thing","long":${BIG}}`))
      expect(answer).toBe(thing(`"more":${BIG}`));
    const keys = sent.filter(({ query }) => query.includes("_entities")).map(({ variables }) => variables);
    const representation = `{"representations":[{"__typename":"Thing","long":${BIG}}]}`;
    expect(keys).toEqual([representation, representation, representation]);
  });

  it("is an ID by its digits", async () => {
    for (const answer of await answersOf("{ thing { id } }", `{"id":${BIG}}`))
      expect(answer).toBe(thing(`"id":"${BIG}"`));
    for (const answer of await answersOf("{ thing { id } }", `{"id":1.00000000000000000001}`))
      expect(JSON.parse(answer)).toMatchObject({
        data: { thing: { id: null } },
        errors: [{ path: ["thing", "id"] }],
      });
  });

  it("is a Float where it is finite, and never an Int", async () => {
    for (const answer of await answersOf("{ thing { float } }", `{"float":${BIG}}`))
      expect(answer).toBe(thing(`"float":${BIG}`));
    for (const answer of await answersOf("{ thing { float } }", `{"float":1e400}`))
      expect(JSON.parse(answer)).toMatchObject({
        data: { thing: { float: null } },
        errors: [{ path: ["thing", "float"] }],
      });
    for (const answer of await answersOf("{ thing { int } }", `{"int":1.0000000000000000001}`))
      expect(JSON.parse(answer)).toMatchObject({
        data: { thing: { int: null } },
        errors: [{ path: ["thing", "int"] }],
      });
  });

  it("is told by a subscription as it was written", async () => {
    const [engine] = engines;
    told = `{"__typename":"Thing","long":${BIG},"json":[${BIG}]}`;
    const prepared = await engine!.prepare("subscription { things { long json more } }", null, {});
    const events: string[] = [];
    for await (const event of engine!.subscribe(prepared, how())) events.push(JSON.stringify(event));
    expect(events).toEqual([`{"data":{"things":{"long":${BIG},"json":[${BIG}],"more":${BIG}}}}`]);
  });
});

describe("a variable that no JavaScript number holds", () => {
  const sentFor = async (query: string, text: string) => {
    sent = [];
    const answers = await answersOf(query, "null", parseLossless(text) as Record<string, unknown>);
    return { sent: [...new Set(sent.map(({ variables }) => variables))], answers };
  };

  it("is sent on as it was written where a scalar of the graph's own is asked for", async () => {
    const query = "query ($l: Long, $j: JSON, $s: Sizes) { thing(long: $l, json: $j, sizes: $s) { int } }";
    const variables = `{"l":${BIG},"j":{"a":[${BIG}]},"s":{"longs":[1,${BIG}]}}`;
    expect((await sentFor(query, variables)).sent).toEqual([variables]);
  });

  it("is the string of its digits as an ID, in an input as well", async () => {
    const query = "query ($i: ID, $s: Sizes) { thing(id: $i, sizes: $s) { int } }";
    const { sent: all } = await sentFor(query, `{"i":${BIG},"s":{"id":${BIG}}}`);
    expect(all).toEqual([`{"i":"${BIG}","s":{"id":"${BIG}"}}`]);
  });

  it("is a Float where a double is written so, and is refused where none is", async () => {
    const query = "query ($f: Float) { thing(at: $f) { int } }";
    expect((await sentFor(query, `{"f":0.10000000000000001}`)).sent).toEqual([`{"f":0.1}`]);
    expect((await sentFor(query, `{"f":100}`)).sent).toEqual([`{"f":100}`]);
    for (const number of [BIG, "1e400", "0.1234567890123456789"]) {
      const { sent: all, answers } = await sentFor(query, `{"f":${number}}`);
      expect(all).toEqual([]);
      for (const answer of answers)
        expect(answer).toContain(
          `Variable \\"$f\\" got invalid value ${number}: Float cannot hold it as it is.`,
        );
    }
  });

  it("is refused as an Int", async () => {
    const { sent: all, answers } = await sentFor(
      "query ($n: Int) { thing(count: $n) { int } }",
      `{"n":${BIG}}`,
    );
    expect(all).toEqual([]);
    for (const answer of answers) expect(answer).toContain(`${BIG}: Int cannot hold it as it is`);
  });

  it("stays what it is as a default", async () => {
    const query = `query ($l: Long = ${BIG}, $s: Sizes = { longs: [${BIG}], id: 5 }) { thing(long: $l, sizes: $s) { int } }`;
    expect((await sentFor(query, "{}")).sent).toEqual([`{"l":${BIG},"s":{"longs":[${BIG}],"id":"5"}}`]);
  });
});

describe("a default that no JavaScript number holds", () => {
  it("is sent for what an input leaves out as it is written in the schema", async () => {
    const query = "query ($b: Bounds) { within(bounds: $b) }";
    sent = [];
    await answersOf(query, "1", { b: { inner: { least: 2 } } });
    const inner = `{"json":{"a":[-9007199254740995,1],"b":"c\\""},"id":"${BIG}","least":2}`;
    for (const { variables } of sent)
      expect(parseLossless(variables)).toEqual(
        parseLossless(
          `{"b":{"least":${BIG},"json":{"a":[-9007199254740995,1],"b":"c\\""},"id":"${BIG}","inner":${inner}}}`,
        ),
      );
    expect(sent).toHaveLength(3);
  });

  it("is read of the schema as it is written there", async () => {
    const query = `{ __type(name: "Bounds") { inputFields { name defaultValue } }
      root: __type(name: "Query") { fields { args { name defaultValue } } } }`;
    for (const answer of await answersOf(query, "null")) {
      expect(answer).toContain(`{"name":"least","defaultValue":"${BIG}"}`);
      expect(answer).toContain(
        `{"name":"json","defaultValue":"{a: [-9007199254740995, 1], b: \\"c\\\\\\"\\"}"}`,
      );
      expect(answer).toContain(`{"name":"most","defaultValue":"9007199254740997"}`);
    }
  });
});

describe("an argument of a requirement that no JavaScript number holds", () => {
  it("is asked as it is written", async () => {
    const asked: string[] = [];
    const graph = testGraph(
      [
        {
          name: "prices",
          typeDefs: `scalar Long type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! price(at: Long): String }`,
          resolvers: { Query: { thing: () => ({ id: "1" }) }, Thing: { price: () => "5" } },
        },
        {
          name: "taxes",
          typeDefs: `scalar Long type Thing @key(fields: "id") { id: ID! price(at: Long): String @external tax: String @requires(fields: "price(at: ${BIG})") }`,
          resolvers: { Thing: { tax: ({ price }: { price: string }) => `${price} %` } },
        },
      ],
      (_, local) => ({ ...local, execute: (request) => (asked.push(request.query), local.execute(request)) }),
    );
    expect(plain(await graph.run("{ thing { tax } }"))).toEqual({ data: { thing: { tax: "5 %" } } });
    expect(asked[0]).toContain(`price(at: ${BIG})`);
    await graph.engine.close();
  });
});

describe("a variable that no JavaScript number holds", () => {
  it("is read as it is by a subgraph of this process", async () => {
    const read: unknown[] = [];
    const engine = openEngine({
      supergraphSdl,
      log: { warn: () => undefined, error: () => undefined },
      dataSource: () => ({
        execute({ variables }) {
          read.push(variables);
          return Promise.resolve({ status: 200, result: { data: { thing: null } } });
        },
        async *subscribe({ variables }) {
          await Promise.resolve();
          read.push(variables);
          yield { data: { since: null } };
        },
      }),
    });
    const given = parseLossless(`{"l":${BIG}}`) as Record<string, unknown>;
    await engine.execute(engine.prepare("query ($l: Long) { thing(long: $l) { int } }", null, given), how());
    const subscription = engine.prepare("subscription ($l: Long) { since(long: $l) { int } }", null, given);
    await Array.fromAsync(engine.subscribe(subscription, how()));
    expect(read.map((variables) => JSON.stringify(variables))).toEqual([`{"l":${BIG}}`, `{"l":${BIG}}`]);
    await engine.close();
  });
});

describe("a literal that no JavaScript number holds", () => {
  it.each([
    ["{ thing(long: LIT) { int } }", "long: LIT"],
    ["{ thing(json: { a: [LIT, 1], b: LIT }) { int } }", "json: {a: [LIT, 1], b: LIT}"],
    ["{ thing(sizes: { longs: [LIT] }) { int } }", "sizes: {longs: [LIT]}"],
    ["query ($x: ID) { thing(long: LIT, id: $x) { int } }", "long: LIT, id: $x"],
    ["{ ...F } fragment F on Query { thing(at: LIT) { int } }", "at: LIT"],
  ])("is asked as it was written: %s", async (query, expected) => {
    for (const literal of [BIG, "0.1234567890123456789"]) {
      sent = [];
      await answersOf(query.replaceAll("LIT", literal), "null", { x: "1" });
      expect(sent).toHaveLength(3);
      for (const { query: asked, variables } of sent) {
        expect(asked.replace(/\s+/g, " ")).toContain(expected.replaceAll("LIT", literal));
        expect(asked).not.toContain("$_n");
        expect(variables).toBe(query.includes("$x") ? '{"x":"1"}' : "{}");
      }
    }
  });
});

describe("a gateway that is asked with a number that no JavaScript number holds", () => {
  const echo = {
    name: "echo",
    sdl: `scalar Long type Query { echo(n: Long): Long @public } type Subscription { echoes(n: Long): Long @public }`,
    resolvers: {},
  };
  const numberIn = (text: string) => /\d{16,}/.exec(text)?.[0];
  const dataSource = (): DataSource => ({
    execute: ({ query, variablesText }) =>
      Promise.resolve({
        status: 200,
        text: `{"data":{"${/\w*_echo/.exec(query)?.[0]}":${numberIn(variablesText)}}}`,
      }),
    async *subscribe({ query, variablesText }) {
      await Promise.resolve();
      const field = /\w*_echoes/.exec(query)?.[0];
      yield parseLossless(`{"data":{"${field}":${numberIn(variablesText)}}}`) as SubgraphEvent;
    },
  });
  const query = "query ($n: Long) { echo(n: $n) }";
  const answer = `{"data":{"echo":${BIG}}}`;
  const headers = { "content-type": "application/json", "apollo-require-preflight": "yes" };
  let gateway: TestGateway;
  beforeAll(async () => (gateway = await openTestGateway({ subgraphs: [echo], gateway: { dataSource } })));
  afterAll(() => gateway.close());

  it("loses nothing of it by POST", async () => {
    const body = `{"query":"${query}","variables":{"n":${BIG}}}`;
    expect((await gateway.send("/graphql", { method: "POST", headers, body })).text).toBe(answer);
  });

  it("loses nothing of it by GET", async () => {
    const asked = new URLSearchParams({ query, variables: `{"n":${BIG}}` });
    expect((await gateway.send(`/graphql?${asked.toString()}`, { headers })).text).toBe(answer);
  });

  it("loses nothing of it on a socket, nor of the events", async () => {
    const { socket, begin, closed } = rawSocket(`${gateway.url.replace("http", "ws")}/graphql`);
    await begin();
    const message = once(socket, "message");
    socket.send(
      `{"type":"subscribe","id":"1","payload":{"query":"subscription ($n: Long) { echoes(n: $n) }","variables":{"n":${BIG}}}}`,
    );
    expect(String((await message)[0])).toBe(`{"id":"1","type":"next","payload":{"data":{"echoes":${BIG}}}}`);
    socket.terminate();
    await closed;
  });
});

describe("reading JSON", () => {
  it("keeps numbers wherever they are, and strings that look like them", () => {
    const nested = `${"[".repeat(5_000)}${BIG}${"]".repeat(5_000)}`;
    for (const text of [
      nested,
      `{"__proto__":${BIG},"${BIG}":"a:${BIG}","b":[":${BIG}\\"",-${BIG}]}`,
      BIG,
      ` ${BIG} `,
    ])
      expect(JSON.stringify(parseLossless(`[${text}]`))).toBe(`[${text.trim()}]`);
  });

  it("takes nothing that is no JSON", () => {
    for (const text of [`{${BIG}:1}`, `[${BIG}.]`, `[0${BIG}]`, `[${BIG}`, `[${BIG}e]`, `[1.2.${BIG}]`])
      expect(() => parseLossless(text)).toThrow(SyntaxError);
  });

  const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/);
  it("keeps every number, and makes of each that a JavaScript number holds one", () => {
    fc.assert(
      fc.property(digits, (number) => {
        const read = parseLossless(`{"a":[${number}]}`) as { a: [unknown] };
        const [value] = read.a;
        const expected = isHeldExactly(number) ? JSON.stringify(Number(number)) : number;
        expect([typeof value === "number", JSON.stringify(value)]).toEqual([isHeldExactly(number), expected]);
      }),
      { numRuns: 2_000 },
    );
  });
});
