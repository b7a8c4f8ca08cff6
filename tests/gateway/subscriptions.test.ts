import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ExecutionArgs } from "graphql";
import { createSchema, createYoga, type Plugin } from "graphql-yoga";
import { afterEach, describe, expect, it } from "vitest";
import type { SubgraphEvent, Engine, EngineResult } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { useMultipartSubscriptions } from "../../gateway/plugins/useMultipartSubscriptions.ts";
import { localSource, plain, testGraph } from "./support/testGraph.ts";

const subgraphs = [
  {
    name: "jobs",
    typeDefs: `type Query { job: Job } type Subscription { jobChanged(id: ID!): Job } type Job @key(fields: "id") { id: ID! state: String }`,
  },
  {
    name: "owners",
    typeDefs: `type Job @key(fields: "id") { id: ID! owner: String owned: Int! }`,
    resolvers: {
      Job: {
        __resolveReference: (known: object) => known,
        owner: ({ id }: { id: string }) => `owner of ${id}`,
        owned: ({ id }: { id: string }) => (id === "bad" ? null : 1),
      },
    },
  },
];
const { supergraphSdl, schemas } = testGraph(subgraphs);
const log = { warn: () => undefined, error: () => undefined };
const query = `subscription ($id: ID!) { change: jobChanged(id: $id) { __typename state owner } }`;

/** A stream that a test feeds; knows whether anyone still follows it. */
function fed() {
  const events: SubgraphEvent[] = [];
  let wake: () => void = () => undefined;
  let isOver = false;
  const state = { isFollowed: false, asked: undefined as unknown };
  async function* stream(): AsyncGenerator<SubgraphEvent, void> {
    state.isFollowed = true;
    try {
      for (;;) {
        const next = events.shift();
        if (next) yield next;
        else if (isOver) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      state.isFollowed = false;
    }
  }
  return {
    state,
    stream,
    tell(state_: string, id = "1") {
      events.push({ data: { _0_jobChanged: { __typename: "Job", id, state: state_ } } });
      wake();
    },
    fail(failure: SubgraphEvent) {
      events.push(failure);
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
  };
}

describe("a subscription across subgraphs", () => {
  const opened: Engine[] = [];
  afterEach(async () => void (await Promise.all(opened.splice(0).map((engine) => engine.close()))));
  const open = (source: ReturnType<typeof fed>, close = () => {}): Engine => {
    const engine = openEngine({
      supergraphSdl,
      log,
      dataSource(name) {
        const local = localSource(schemas.get(name) as never);
        const subscribe = (request: unknown) => ((source.state.asked = request), source.stream());
        return { ...local, subscribe, close };
      },
    });
    opened.push(engine);
    return engine;
  };
  const follow = (engine: Engine, signal?: AbortSignal, text = query) => {
    const how = { headersFor: () => ({}), deadline: Date.now() + 5_000, signal };
    const results = engine.subscribe(engine.prepare(text, null, { id: "1" }), how)[Symbol.asyncIterator]();
    return {
      next: () => results.next(),
      /** The next result, as a client reads it. */
      async told() {
        const { value } = (await results.next()) as IteratorYieldResult<EngineResult>;
        return plain(value);
      },
    };
  };

  it("tells each event with what the other subgraphs have to add", async () => {
    const source = fed();
    const results = follow(open(source));
    source.tell("open");
    source.tell("done");
    expect([await results.told(), await results.told()]).toEqual([
      { data: { change: { __typename: "Job", state: "open", owner: "owner of 1" } } },
      { data: { change: { __typename: "Job", state: "done", owner: "owner of 1" } } },
    ]);
    expect(source.state.asked).toMatchObject({ variables: { id: "1" }, operationKind: "subscription" });
    source.end();
    expect((await results.next()).done).toBe(true);
  });

  it("tells an event's errors with their paths and goes on", async () => {
    const source = fed();
    const results = follow(open(source), undefined, `subscription { jobChanged(id: "1") { state owned } }`);
    source.tell("open", "bad");
    source.fail({ data: null, errors: [{ message: "lost", path: ["_0_jobChanged"] }] });
    source.tell("done", "2");
    expect(await results.told()).toMatchObject({
      data: { jobChanged: null },
      errors: [{ path: ["jobChanged", "owned"] }],
    });
    expect(await results.told()).toMatchObject({
      data: { jobChanged: null },
      errors: [{ message: "lost", path: ["jobChanged"] }],
    });
    expect(await results.told()).toEqual({
      data: { jobChanged: { state: "done", owned: 1 } },
    });
    expect(source.state.asked).toMatchObject({ variables: { _literal0: "1" } });
  });

  it("lets go of the subgraph's stream when its client leaves", async () => {
    const source = fed();
    const client = new AbortController();
    const results = follow(open(source), client.signal);
    source.tell("open");
    await results.next();
    expect(source.state.isFollowed).toBe(true);
    const last = results.next();
    client.abort();
    expect((await last).done).toBe(true);
    source.tell("nobody hears this");
    await expect.poll(() => source.state.isFollowed).toBe(false);
  });

  it("ends with a code to come again on when the graph is exchanged", async () => {
    const source = fed();
    const engine = open(source);
    const results = follow(engine);
    source.tell("open");
    await results.next();
    const last = results.told();
    const closed = engine.close();
    expect(await last).toMatchObject({
      errors: [{ extensions: { code: "SUBSCRIPTION_RESTARTED" } }],
    });
    expect((await results.next()).done).toBe(true);
    await closed;
  });

  it("goes on on a newer engine, while of the older one only its sources stay open, until nobody follows them", async () => {
    const [source, unused] = [fed(), fed()];
    const closed: string[] = [];
    const [older, newer] = [
      open(source, () => closed.push("older")),
      open(unused, () => closed.push("newer")),
    ];
    const how = { headersFor: () => ({}), deadline: Date.now() + 5_000 };
    const results = older.subscribe(await older.prepare(query, null, { id: "1" }), how);
    const told = async () => plain((await results.next()).value as EngineResult).data;
    const event = (state: string) => ({ change: { __typename: "Job", state, owner: "owner of 1" } });
    source.tell("open");
    expect(await told()).toEqual(event("open"));

    expect(newer.takeOver(results, await newer.prepare(query, null, { id: "2" }))).toBe(false);
    expect(newer.takeOver(results, await newer.prepare(query, null, { id: "1" }))).toBe(true);
    await older.close();
    source.tell("done");
    expect(await told()).toEqual(event("done"));
    expect([closed, unused.state.isFollowed]).toEqual([[], false]);

    const last = results.next();
    source.end();
    expect((await last).done).toBe(true);
    expect(closed).toEqual(["older", "older"]);
    // Nobody asks for what follows, and nobody waits for that.
    const abandoned = newer.subscribe(await newer.prepare(query, null, { id: "1" }), how);
    unused.tell("open");
    await abandoned.next();
    await newer.close();
    expect(closed).toEqual(["older", "older", "newer", "newer"]);
  });

  it("comes from a subgraph's event stream and goes to clients as parts or as events", async () => {
    const source = fed();
    const subgraphYoga = createYoga({
      logging: false,
      schema: createSchema({
        typeDefs: `type Query { job: Job } type Subscription { jobChanged(id: ID!): Job } type Job { id: ID! state: String }`,
        resolvers: {
          Subscription: {
            jobChanged: {
              async *subscribe() {
                for await (const { data } of source.stream())
                  yield { jobChanged: (data as { _0_jobChanged: object })._0_jobChanged };
              },
            },
          },
        },
      }),
    });
    const subgraph = createServer((request, response) => void subgraphYoga(request, response));
    await new Promise<void>((ready) => subgraph.listen(0, "127.0.0.1", ready));
    const engine = openEngine({
      supergraphSdl,
      log,
      dataSource: (name) =>
        name === "jobs"
          ? httpDataSource(`http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`)
          : localSource(schemas.get(name) as never),
    });
    const subscribe = ({ document, operationName, variableValues }: ExecutionArgs) =>
      engine.subscribe(engine.prepare(document, operationName, variableValues), {
        headersFor: () => ({}),
        deadline: Date.now() + 5_000,
      });
    const yoga = createYoga({
      schema: engine.apiSchema,
      logging: false,
      plugins: [
        useMultipartSubscriptions() as unknown as Plugin,
        {
          onSubscribe: ({ setSubscribeFn }: { setSubscribeFn: (fn: typeof subscribe) => void }) =>
            setSubscribeFn(subscribe),
        },
      ],
    });
    const ask = (accept: string) =>
      yoga.fetch("http://gateway/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", accept },
        body: JSON.stringify({ query, variables: { id: "1" } }),
      });

    source.tell("open");
    source.end();
    const parts = await ask('multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json');
    expect(parts.headers.get("content-type")).toContain("subscriptionSpec=1.0");
    expect((await parts.text()).split("\r\n")).toEqual([
      "--graphql",
      "content-type: application/json",
      "",
      "{}",
      "--graphql",
      "content-type: application/json",
      "",
      '{"payload":{"data":{"change":{"__typename":"Job","state":"open","owner":"owner of 1"}}}}',
      "--graphql--",
      "",
    ]);

    source.tell("done");
    const events = await ask("text/event-stream");
    expect(await events.text()).toContain(
      '{"data":{"change":{"__typename":"Job","state":"done","owner":"owner of 1"}}}',
    );
    await engine.close();
    subgraph.closeAllConnections();
    subgraph.close();
  });
});
