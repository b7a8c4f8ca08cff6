import { buildSubgraphSchema } from "@apollo/subgraph";
import { getOperationAST, parse } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shapeOf } from "#shared/federation/operationShape.ts";
import { createLog } from "#shared/log/log.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import type { SubgraphAnswer, SubgraphRequest } from "../../gateway/executor/contract.ts";
import { openEngine } from "../../gateway/executor/engine.ts";
import { openGateway, type Gateway } from "../../gateway/gateway.ts";
import { composeStory } from "./support/testGateway.ts";
import { localSource } from "./support/testGraph.ts";

const sdl = `
  scalar JSON
  type Query { people: [Person!] @public  clock: String @public }
  type Mutation { hire(name: String!): Person @public }
  type Person @key(fields: "id") { id: ID!  name: String  labels: JSON }
`;
const resolvers = {
  Query: {
    people: () => [
      { id: "1", name: "Ada", labels: { team: "blue" } },
      { id: "2", name: "Ben", labels: null },
    ],
    clock: () => "noon",
  },
  Mutation: { hire: (_: unknown, { name }: { name: string }) => ({ id: "3", name }) },
};
const schema = buildSubgraphSchema([
  {
    typeDefs: parse(
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) ${sdl.replaceAll("@public", "")}`,
    ),
    resolvers: resolvers as never,
  },
]);
const supergraphSdl = composeStory([{ name: "staff", sdl, resolvers: {} }]);

type Answering = (request: SubgraphRequest, answer: () => Promise<SubgraphAnswer>) => Promise<SubgraphAnswer>;

describe("SHADOW_RATE", () => {
  let gateway: Gateway;
  let logged: Record<string, unknown>[];
  /** What is asked while a client waits, and what is asked after that. */
  let asked: string[];
  let askedAgain: string[];
  let isWaitedFor: boolean;
  let answerAgain: Answering;

  beforeEach(async () => {
    [logged, asked, askedAgain, isWaitedFor] = [[], [], [], false];
    answerAgain = (_, answer) => answer();
    gateway = await open("1");
  });
  afterEach(() => gateway.close());

  function open(rate: string): Promise<Gateway> {
    const destination = {
      write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>),
    };
    return openGateway({
      config: readGatewayConfig({ NODE_ENV: "test", SHADOW_RATE: rate }),
      log: createLog({ service: "gateway", level: "info", destination }),
      supergraphSdl,
      dataSource: () => ({
        async execute(request) {
          (isWaitedFor ? asked : askedAgain).push(request.query);
          const answer = () => localSource(schema).execute(request);
          return isWaitedFor ? answer() : answerAgain(request, answer);
        },
      }),
    });
  }
  const ask = async (query: string, headers: Record<string, string> = {}) => {
    isWaitedFor = true;
    const response = await gateway.fetch(
      new Request("http://localhost/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query }),
      }),
    );
    const text = await response.text();
    isWaitedFor = false;
    return text;
  };
  const counted = async (outcome: string) => {
    const line = (await metricsText())
      .split("\n")
      .find((one) => one.startsWith(`gateway_shadow_queries_total{outcome="${outcome}"}`));
    return Number(line?.split(" ").at(-1) ?? 0);
  };
  // A machine that has other things to do leaves no time for it now and then: then it is asked once more.
  const askUntilCounted = async (outcome: string, query: string) => {
    const before = await counted(outcome);
    await expect
      .poll(() => ask(query).then(() => counted(outcome)), { interval: 150, timeout: 25_000 })
      .toBeGreaterThan(before);
  };
  const instead =
    (from: string, to: string): Answering =>
    async (_, answer) => {
      const { text = "", ...rest } = await answer();
      return { ...rest, text: text.replace(from, to) };
    };
  const differences = () =>
    logged.filter(({ msg }) => msg === "The stock executor answers an operation otherwise");

  it("runs a query again once it is answered, and counts that both answers are the same", async () => {
    const query = `{ people { id who: name labels } }`;
    // Code is generated for what comes again, and what that writes can be read once.
    for (let round = 0; round < 4; round++) await askUntilCounted("same", query);
    expect(askedAgain.length).toBeGreaterThanOrEqual(4);
    expect(differences()).toEqual([]);
  });

  it("counts an answer that differs, and logs which operation and where, but no value", async () => {
    answerAgain = instead("Ben", "Mallory");
    const query = `{ people { id who: name } clock }`;
    await askUntilCounted("different", query);
    const document = parse(query);
    const { apiSchema } = openEngine({
      supergraphSdl,
      dataSource: () => localSource(schema),
      log: createLog({ service: "t", level: "silent" }),
    });
    const { hash } = shapeOf(apiSchema, document, getOperationAST(document)!);
    expect(differences()[0]).toMatchObject({ operation: hash, paths: ["people.1.who"], errorPaths: [] });
    expect(JSON.stringify(logged)).not.toMatch(/Ben|Mallory|Ada/);
  });

  it("tells nothing of what is inside of a scalar, whose keys are values", async () => {
    answerAgain = instead('"team":"blue"', '"salary":"low"');
    await askUntilCounted("different", `{ people { labels } }`);
    expect(differences()[0]).toMatchObject({ paths: ["people.0.labels"] });
    expect(JSON.stringify(logged)).not.toMatch(/team|salary|blue|low/);
  });

  it("counts an error that only one of them has by where it is", async () => {
    answerAgain = async () => ({
      status: 200,
      text: '{"data":{"clock":null},"errors":[{"message":"Ben broke it","path":["clock"],"extensions":{"code":"BROKEN"}}]}',
    });
    await askUntilCounted("different", `{ clock }`);
    expect(differences()[0]).toMatchObject({ paths: ["clock"], errorPaths: ["clock"] });
    expect(JSON.stringify(logged)).not.toContain("Ben");
  });

  it("counts it as failed when a subgraph is away the second time, which the client does not notice", async () => {
    answerAgain = () => Promise.reject(new Error("away"));
    await askUntilCounted("failed", `{ clock }`);
    expect(await ask(`{ clock }`)).toBe('{"data":{"clock":"noon"}}');
    expect(differences()).toEqual([]);
  });

  it("makes no change twice, and runs nothing again that comes in parts", async () => {
    await ask(`mutation { hire(name: "Cy") { id } }`);
    const parts = await ask(`{ people { id ... @defer { name } } }`, {
      accept: "multipart/mixed;deferSpec=20220824",
    });
    expect(parts).toContain('"hasNext":true');
    await askUntilCounted("same", `{ clock }`);
    expect(asked.join()).toContain("hire");
    expect(askedAgain.join()).not.toMatch(/hire|people/);
  });

  it("keeps no client waiting, runs two at a time, and gives them up when it closes", async () => {
    answerAgain = () => new Promise(() => undefined);
    await expect
      .poll(() => ask(`{ clock }`).then(() => askedAgain.length), { interval: 150, timeout: 25_000 })
      .toBe(2);
    const skipped = await counted("skipped");
    expect(await ask(`{ clock }`)).toBe('{"data":{"clock":"noon"}}');
    expect(await counted("skipped")).toBe(skipped + 1);
    await gateway.close();
    expect(askedAgain).toHaveLength(2);
  });

  it("runs nothing again while the process is busy", async () => {
    const skipped = await counted("skipped");
    await ask(`{ clock }`);
    for (const until = performance.now() + 500; performance.now() < until;);
    await expect.poll(() => counted("skipped")).toBe(skipped + 1);
    expect(askedAgain).toEqual([]);
  });

  it("is of no use with EXECUTOR=stock, and between 0 and 1", () => {
    expect(() => readGatewayConfig({ EXECUTOR: "stock", SHADOW_RATE: "0.1" })).toThrow("SHADOW_RATE");
    expect(() => readGatewayConfig({ SHADOW_RATE: "2" })).toThrow("SHADOW_RATE");
    expect(() => readGatewayConfig({ EXECUTOR: "fast" })).toThrow("EXECUTOR");
  });
});
