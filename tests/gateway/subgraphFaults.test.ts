import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Cancellation, type Engine, type EngineLimits } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { composed, localSource, plain, testGraph } from "./support/testGraph.ts";

const subgraphs = [
  {
    name: "people",
    typeDefs: `type Query { people: [Person!]! } type Mutation { greet: String } type Person @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Query: {
        people: () => [
          { id: "1", name: "Ada" },
          { id: "2", name: "Ben" },
        ],
      },
      Mutation: { greet: () => "hello" },
    },
  },
  {
    name: "scores",
    typeDefs: `type Person @key(fields: "id") { id: ID! score: Int rank: Int! } type Mutation { bump: Int }`,
    resolvers: {
      Person: { __resolveReference: (known: object) => known, score: () => 7, rank: () => 1 },
      Mutation: { bump: () => 1 },
    },
  },
];
const { schemas } = testGraph(subgraphs);

interface Listening {
  readonly server: Server;
  readonly url: string;
  behave: RequestListener | null;
  requests: number;
}

async function listen(name: string): Promise<Listening> {
  const source = localSource(schemas.get(name) as never);
  const server = createServer((request, response) => {
    listening.requests += 1;
    if (listening.behave) return listening.behave(request, response);
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      void source.execute({ query, variables } as never).then(({ text }) => response.end(text));
    });
  });
  const listening: Listening = { server, url: "", behave: null, requests: 0 };
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return Object.assign(listening, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
  });
}

describe("a subgraph that", () => {
  let people: Listening;
  let scores: Listening;
  const opened: Engine[] = [];

  beforeAll(async () => {
    people = await listen("people");
    scores = await listen("scores");
  });
  afterEach(async () => {
    scores.behave = null;
    await Promise.all(opened.splice(0).map((engine) => engine.close()));
  });
  afterAll(() => {
    for (const { server } of [people, scores]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const open = (limits: Partial<EngineLimits> = {}, scoresUrl = scores.url): Engine => {
    const engine = openEngine({
      supergraphSdl: composed(subgraphs),
      log: { warn: () => undefined, error: () => undefined },
      limits,
      dataSource: (name) =>
        httpDataSource(name === "people" ? people.url : scoresUrl, { mostAnswerBytes: 1_000_000 }),
    });
    opened.push(engine);
    return engine;
  };
  const ask = async (engine: Engine, query: string, milliseconds = 5_000) => {
    const prepared = engine.prepare(query, null, {});
    return plain(
      await engine.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + milliseconds }),
    );
  };
  const partial = {
    people: [
      { name: "Ada", score: null },
      { name: "Ben", score: null },
    ],
  };
  const unavailable = (path: unknown[]) => ({
    path,
    extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph: "scores" },
  });
  const expectPartial = async (engine: Engine, milliseconds?: number) => {
    const result = await ask(engine, `{ people { name score } }`, milliseconds);
    expect(result.data).toEqual(partial);
    expect(result.errors).toMatchObject([
      unavailable(["people", 0, "score"]),
      unavailable(["people", 1, "score"]),
    ]);
    expect(JSON.stringify(result)).not.toMatch(/127\.0\.0\.1|localhost|invalid/);
  };

  const faults: Record<string, RequestListener> = {
    "answers 500": (_, response) => response.writeHead(500).end("oops"),
    "answers HTML": (_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html></html>"),
    "answers JSON that is no GraphQL response": (_, response) => response.end('"hello"'),
    "answers with neither data nor errors": (_, response) => response.end("{}"),
    "answers with another number of entities": (_, response) => response.end('{"data":{"_entities":[]}}'),
    "answers half a body": (_, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write('{"data":{"_enti', () => response.destroy());
    },
    "answers half a body as if it were whole": (_, response) =>
      response.end('{"data":{"_entities":[{"score"'),
    "hangs up": (request) => request.socket.destroy(),
    "announces 200 MB": (_, response) => {
      response.writeHead(200, { "content-length": 200 * 1024 * 1024 });
      response.write("{");
    },
    "answers without end": (_, response) => {
      const chunk = " ".repeat(64 * 1024);
      const more = () => {
        while (!response.socket?.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    },
  };
  for (const [fault, behave] of Object.entries(faults)) {
    it(`${fault} leaves the others' data and an error with path, code and name`, async () => {
      scores.behave = behave;
      await expectPartial(open());
    });
  }

  it("is not there leaves the others' data, and a query is tried once more, a mutation never", async () => {
    const gone = await listen("scores");
    await new Promise((closed) => gone.server.close(closed));
    await expectPartial(open({}, gone.url));
    expect((await ask(open({}, gone.url), `mutation { greet bump }`)).data).toEqual({
      greet: "hello",
      bump: null,
    });
  });

  it("is silent is not waited for beyond the deadline", async () => {
    scores.behave = () => undefined;
    await expectPartial(open(), 150);
  });

  it("cannot give what must not be null makes null of the nearest parent that may be", async () => {
    scores.behave = (_, response) => response.end('{"data":{"_entities":[{"rank":null},{"rank":1}]}}');
    const result = await ask(open(), `{ people { rank } }`);
    expect(result.data).toBeNull();
    expect(result.errors).toMatchObject([{ path: ["people", 0, "rank"] }]);
  });

  for (const fault of ["answers 500", "answers HTML", "hangs up"]) {
    it(`${fault} again and again is left alone, and asked again by itself when it may have recovered`, async () => {
      scores.behave = faults[fault] as RequestListener;
      const engine = open({ failuresToOpenCircuit: 3, circuitOpenMilliseconds: 50 });
      for (let round = 0; round < 3; round++) await expectPartial(engine);
      const asked = async () => {
        const before = scores.requests;
        await expectPartial(engine);
        return scores.requests - before;
      };
      await expect.poll(asked, { interval: 5 }).toBe(0);
      scores.behave = null;
      await expect
        .poll(() => ask(engine, `{ people { name score } }`))
        .toEqual({
          data: {
            people: [
              { name: "Ada", score: 7 },
              { name: "Ben", score: 7 },
            ],
          },
        });
    });
  }

  const fewFailures = { failuresToOpenCircuit: 3, circuitOpenMilliseconds: 60_000 };
  const isLight: RequestListener = (_, response) => response.end('{"data":{"__typename":"Query"}}');

  it.each<[string, RequestListener, number]>([
    ["takes too long over what is heavy", () => undefined, 500],
    ["refuses what is too large", (_, response) => response.writeHead(413).end(), 5_000],
    ["answers too much", faults["announces 200 MB"] as RequestListener, 5_000],
  ])("%s is not left alone: it is asked by others as before", async (_what, heavy, milliseconds) => {
    let body = "";
    scores.behave = (request, response) => {
      body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => (body.includes("{ __typename }") ? isLight : heavy)(request, response));
    };
    const engine = open(fewFailures);
    await Promise.all(Array.from({ length: 10 }, () => expectPartial(engine, milliseconds)));
    await expectPartial(engine, milliseconds);
    scores.behave = null;
    expect((await ask(engine, `{ people { name score } }`)).errors).toBeUndefined();
  });

  it("answers nobody at all is left alone, once it does not answer something light", async () => {
    scores.behave = () => undefined;
    const engine = open(fewFailures);
    await Promise.all(Array.from({ length: 3 }, () => expectPartial(engine, 500)));
    await expect
      .poll(
        async () => {
          const before = scores.requests;
          await expectPartial(engine, 500);
          return scores.requests - before;
        },
        { timeout: 10_000 },
      )
      .toBe(0);
  });

  it("has as many requests under way as it may have gets no more", async () => {
    const waiting: (() => void)[] = [];
    scores.behave = (_, response) =>
      waiting.push(() => response.end('{"data":{"_entities":[{"score":1},{"score":2}]}}'));
    const engine = open({ concurrentPerSubgraph: 1 });
    const first = ask(engine, `{ people { score } }`);
    await expect.poll(() => waiting.length).toBe(1);
    await expectPartial(engine);
    waiting[0]?.();
    expect((await first).data).toEqual({ people: [{ score: 1 }, { score: 2 }] });
  });

  it("has no connection left does not keep a request that has ended, and never sees it", async () => {
    const waiting: (() => void)[] = [];
    scores.behave = (_, response) => waiting.push(() => response.end("{}"));
    const source = httpDataSource(scores.url, { connections: 1 });
    const asked = (cancellation: Cancellation) =>
      source.execute({ bodyText: "{}", operationKind: "mutation", headers: {}, cancellation } as never);
    const first = asked(new Cancellation());
    await expect.poll(() => waiting.length).toBe(1);
    const cancellation = new Cancellation();
    const second = asked(cancellation);
    cancellation.cancel();
    await expect(second).rejects.toMatchObject({ reason: "cancelled" });
    waiting[0]?.();
    expect(await first).toMatchObject({ status: 200 });
    const third = asked(new Cancellation());
    await expect.poll(() => waiting.length).toBe(2);
    waiting[1]?.();
    await third;
    expect(waiting.length).toBe(2);
    await source.close?.();
  });
});
