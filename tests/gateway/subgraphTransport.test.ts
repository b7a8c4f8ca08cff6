import { spawn } from "node:child_process";
import type { RequestListener, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import {
  brotliCompressSync,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { DataSource } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import {
  httpDataSource,
  type HttpDataSourceOptions,
} from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { followed, requestOf, served } from "./support/askSource.ts";
import { composed, plain } from "./support/testGraph.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open(listener: RequestListener, options: HttpDataSourceOptions = {}): Promise<DataSource> {
  const server = await served(listener);
  const source = httpDataSource(server.url, options);
  opened.push(
    () => source.close?.(),
    () => server.close(),
  );
  return source;
}

const CODINGS = {
  gzip: { encode: gzipSync, stream: createGzip },
  br: { encode: brotliCompressSync, stream: createBrotliCompress },
  zstd: { encode: zstdCompressSync, stream: createZstdCompress },
} as const;
const codings = Object.entries(CODINGS);
const ANSWER = '{"data":{"a":"ä and enough to be worth it, to be worth it, to be worth it"}}';

describe.each(codings)("an answer in %s", (coding, { encode, stream }) => {
  const answering = (body: Buffer): RequestListener => {
    return (_, response) => response.writeHead(200, { "content-encoding": coding }).end(body);
  };

  it("is read, and asked for", async () => {
    const asked: unknown[] = [];
    const source = await open((request, response) => {
      asked.push(request.headers["accept-encoding"]);
      answering(encode(ANSWER))(request, response);
    });
    expect(await source.execute(requestOf("query"))).toMatchObject({ status: 200, text: ANSWER });
    expect(asked).toEqual(["zstd, gzip, br"]);
  });

  it("is an error when it is cut, wherever", async () => {
    const whole = encode(ANSWER);
    for (const length of [0, 1, whole.length >> 1, whole.length - 1]) {
      const source = await open(answering(whole.subarray(0, length)));
      await expect(source.execute(requestOf("query"))).rejects.toMatchObject({ reason: "badAnswer" });
    }
  });

  it("is an error when something comes after it, or it is not in that at all", async () => {
    for (const body of [Buffer.concat([encode(ANSWER), Buffer.from("garbage")]), Buffer.from(ANSWER)]) {
      const source = await open(answering(body));
      await expect(source.execute(requestOf("query"))).rejects.toMatchObject({ reason: "badAnswer" });
    }
  });

  it("that is small on its way and huge after it ends where an answer may end", async () => {
    const source = await open(answering(encode(Buffer.alloc(64 * 1024 * 1024, " "))), {
      mostAnswerBytes: 1_000_000,
    });
    let taken = 0;
    const asked = source.execute(requestOf("query", { fetched: (bytes) => void (taken += bytes) }));
    await expect(asked).rejects.toMatchObject({ reason: "tooLarge" });
    expect(taken).toBeLessThan(1_000_000);
  });

  it("counts as what it is once decoded: what is too much for its operation is answered so", async () => {
    const server = await served(answering(encode(`{"data":{"a":"${"a".repeat(500_000)}"}}`)));
    const engine = openEngine({
      supergraphSdl: composed([{ name: "one", typeDefs: `type Query { a: String }` }]),
      log: { warn: () => undefined, error: () => undefined },
      limits: { answerBytes: 100_000 },
      dataSource: () => httpDataSource(server.url),
    });
    opened.push(
      () => engine.close(),
      () => server.close(),
    );
    const how = { headersFor: () => ({}), deadline: Date.now() + 20_000 };
    expect(plain(await engine.execute(engine.prepare("{ a }", null, {}), how))).toMatchObject({
      data: null,
      errors: [{ extensions: { code: "ANSWER_TOO_LARGE" } }],
    });
  });

  it("of events tells each of them as it comes, and the stream's end", async () => {
    const events = stream();
    const source = await open((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": coding });
      events.pipe(response);
    });
    const following = followed(source);
    for (const a of [1, 2]) {
      events.write(`event: next\ndata: {"data":{"a":${a}}}\n\n`);
      events.flush();
      expect(await following.next()).toEqual({ done: false, value: { data: { a } } });
    }
    events.end("event: complete\n\n");
    expect((await following.next()).done).toBe(true);
  });

  it("of events that is cut ends with an error", async () => {
    const whole = encode(`event: next\ndata: {"data":{"a":1}}\n\n${":\n\n".repeat(100)}`);
    const source = await open((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": coding });
      response.end(whole.subarray(0, -1));
    });
    const following = followed(source);
    await expect(
      (async () => {
        while (!(await following.next()).done);
      })(),
    ).rejects.toMatchObject({ reason: "unreachable" });
  });
});

it.each(["deflate", "compress", "gzip, br"])(
  "refuses an answer in %s, which was not asked for",
  async (coding) => {
    const body = deflateSync(ANSWER);
    const source = await open((_, response) =>
      response.writeHead(200, { "content-encoding": coding }).end(body),
    );
    const streaming = await open((_, response) =>
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": coding }).end(body),
    );
    await expect(source.execute(requestOf("query"))).rejects.toMatchObject({ reason: "badAnswer" });
    await expect(followed(streaming).next()).rejects.toMatchObject({ reason: "badAnswer" });
  },
);

describe("a stream of a subgraph", () => {
  const stream = (...pieces: (string | Buffer)[]) =>
    open((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const piece of pieces) response.write(piece);
      response.end();
    });

  it("may leave out what kind its events are, and that it is over", async () => {
    const following = followed(
      await stream('data: {"data":{"a":1}}\n\n', 'data: {"data":\ndata: {"a":2}}\n\n'),
    );
    expect((await following.next()).value).toEqual({ data: { a: 1 } });
    expect((await following.next()).value).toEqual({ data: { a: 2 } });
    expect((await following.next()).done).toBe(true);
  });

  it.each<[string, (string | Buffer)[]]>([
    ["without an event", []],
    ["with comments alone", [":\n\n", ":\n\n"]],
    ["with events of other kinds alone", ["event: ping\ndata: {}\n\n"]],
    ["within an event", ['data: {"data":{"a":1}}\n']],
    ["within a character", [Buffer.from('data: {"data":{"a":"ä"}}\n\n').subarray(0, 21)]],
    ["with an event that is no JSON", ["data: nothing\n\n"]],
    ["with an event that is no UTF-8", [Buffer.from('data: {"data":{"a":"\xe4"}}\n\n', "latin1")]],
  ])("that ends %s ends with an error", async (_what, pieces) => {
    await expect(followed(await stream(...pieces)).next()).rejects.toMatchObject({ reason: "unreachable" });
  });

  it("may tell no more with one event than an answer may hold", async () => {
    const server = await served((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const length of [500_000, 5]) response.write(`data: {"data":{"a":"${"a".repeat(length)}"}}\n\n`);
      response.end();
    });
    const engine = openEngine({
      supergraphSdl: composed([
        { name: "one", typeDefs: `type Query { a: String } type Subscription { a: String }` },
      ]),
      log: { warn: () => undefined, error: () => undefined },
      limits: { answerBytes: 100_000 },
      dataSource: () => httpDataSource(server.url),
    });
    opened.push(
      () => engine.close(),
      () => server.close(),
    );
    const how = { headersFor: () => ({}), deadline: Date.now() + 20_000 };
    const told: unknown[] = [];
    for await (const result of engine.subscribe(engine.prepare("subscription { a }", null, {}), how))
      told.push(plain(result));
    expect(told).toMatchObject([
      { data: null, errors: [{ extensions: { code: "ANSWER_TOO_LARGE" } }] },
      { data: { a: "aaaaa" } },
    ]);
  });

  it("that breaks off ends with an error", async () => {
    const source = await open((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"data":{"a":1}}\n\n', () => response.destroy());
    });
    const following = followed(source);
    await following.next();
    await expect(following.next()).rejects.toMatchObject({ reason: "unreachable" });
  });

  it("on which nothing happens goes on while its subgraph answers anything else", async () => {
    const streams: ServerResponse[] = [];
    let asked = 0;
    const source = await open(
      (request, response) => {
        if (request.headers.accept === "text/event-stream") {
          streams.push(response.writeHead(200, { "content-type": "text/event-stream" }));
          return void response.write(":\n\n");
        }
        asked += 1;
        response.writeHead(401).end("who are you?");
      },
      { silenceMilliseconds: 20 },
    );
    const following = followed(source);
    const next = following.next();
    await expect.poll(() => asked).toBeGreaterThan(2);
    streams[0]?.end('data: {"data":{"a":1}}\n\n');
    expect((await next).value).toEqual({ data: { a: 1 } });
    expect((await following.next()).done).toBe(true);
  });

  it("ends with an error when its subgraph is frozen, whether it had begun or not", async () => {
    const code = `
      const server = require("node:http").createServer((request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write('data: {"data":{"a":1}}\\n\\n');
      });
      server.listen(0, "127.0.0.1", () => process.stdout.write(String(server.address().port)));
    `;
    const subgraph = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
    const port = await new Promise((told) =>
      subgraph.stdout.once("data", (data: Buffer) => told(String(data))),
    );
    const source = httpDataSource(`http://127.0.0.1:${String(port)}/graphql`, { silenceMilliseconds: 300 });
    opened.push(
      () => source.close?.(),
      () => subgraph.kill("SIGKILL"),
    );
    const following = followed(source);
    expect((await following.next()).value).toEqual({ data: { a: 1 } });
    subgraph.kill("SIGSTOP");
    await expect(following.next()).rejects.toMatchObject({ reason: "timeout" });
    await expect(followed(source).next()).rejects.toMatchObject({ reason: "timeout" });
  });
});

describe("a connection that is closed before anything of an answer came", () => {
  /** Answers what it is asked first on a connection, and closes it at what it is asked next. */
  const fickle = async (answers: (times: number) => boolean) => {
    const asked: string[] = [];
    const source = await open(
      (request, response) => {
        void buffer(request).then(() => {
          asked.push(request.method ?? "");
          if (answers(asked.length)) response.end(ANSWER);
          else request.socket.destroy();
        });
      },
      { connections: 1 },
    );
    return { source, asked };
  };

  it("is no matter to a query, which is asked again", async () => {
    const { source, asked } = await fickle((times) => times !== 2);
    await source.execute(requestOf("query"));
    expect(await source.execute(requestOf("query"))).toMatchObject({ status: 200, text: ANSWER });
    expect(asked).toHaveLength(3);
  });

  it("is one to a mutation, which may have been done", async () => {
    const { source, asked } = await fickle((times) => times !== 2);
    await source.execute(requestOf("query"));
    await expect(source.execute(requestOf("mutation"))).rejects.toMatchObject({ reason: "unreachable" });
    expect(asked).toHaveLength(2);
  });

  it("is one to a query that has been asked again already", async () => {
    const { source, asked } = await fickle(() => false);
    await expect(source.execute(requestOf("query"))).rejects.toMatchObject({ reason: "unreachable" });
    expect(asked).toHaveLength(2);
  });

  it("is another matter than one closed within an answer", async () => {
    let asked = 0;
    const source = await open((_, response) => {
      asked += 1;
      response.writeHead(200, { "content-length": 100 }).write("{", () => response.destroy());
    });
    await expect(source.execute(requestOf("query"))).rejects.toMatchObject({ reason: "unreachable" });
    expect(asked).toBe(1);
  });

  it("does not have a query asked again for nobody", async () => {
    let asked = 0;
    const request = requestOf("query");
    const source = await open((incoming) => {
      asked += 1;
      request.cancellation.cancel();
      incoming.socket.destroy();
    });
    await expect(source.execute(request)).rejects.toMatchObject({ reason: "cancelled" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(1);
  });
});
