import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#shared/log/log.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { openGateway, type Gateway } from "../../gateway/gateway.ts";
import { polledSupergraph } from "../../gateway/supergraphLoader.ts";
import { composeStory } from "./support/testGateway.ts";
import { localSource } from "./support/testGraph.ts";

const sdl = (field: string, directive = "@public") => `type Query { ${field}: String ${directive} }`;
const supergraph = (field: string, directive?: string) =>
  composeStory([{ name: "one", sdl: sdl(field, directive), resolvers: {} }]);

const FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

describe("a supergraph that is exchanged", () => {
  let folder: string;
  let gateway: Gateway;
  let logged: Record<string, unknown>[];
  let gates: (() => void)[];
  let arrivals: number;
  let isHeld: boolean;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "supergraph-"));
    [logged, gates, arrivals, isHeld] = [[], [], 0, true];
    await publish(supergraph("before"));
    gateway = await open();
  });
  afterEach(async () => {
    for (const pass of gates) pass();
    await gateway.close();
    await rm(folder, { recursive: true });
  });

  const file = () => join(folder, "supergraph.graphql");
  const publish = async (text: string) => {
    await writeFile(`${file()}.new`, text);
    await rename(`${file()}.new`, file());
  };
  function open(): Promise<Gateway> {
    const destination = {
      write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>),
    };
    const log = createLog({ service: "gateway", level: "info", destination });
    return openGateway({
      config: readGatewayConfig({ NODE_ENV: "test" }),
      log,
      loader: polledSupergraph({ source: file(), everySeconds: 0.01, log }),
      // Each subgraph answers a field with the field's name, when it is let through.
      dataSource: () => ({
        async execute(request) {
          const field = /\b(before|after)\b/.exec(request.query)?.[0] ?? "other";
          arrivals += 1;
          if (isHeld) await new Promise<void>((pass) => gates.push(pass));
          const resolvers = { Query: { [field]: () => field } };
          const schema = buildSubgraphSchema([
            { typeDefs: parse(`type Query { ${field}: String }`), resolvers },
          ]);
          return localSource(schema).execute(request);
        },
      }),
    });
  }
  const ask = async (query: string) => {
    const response = await gateway.fetch(
      new Request("http://localhost/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      }),
    );
    return (await response.json()) as { data?: Record<string, unknown>; errors?: unknown[] };
  };
  const serves = async (field: string) => {
    const { data } = await ask(`{ __type(name: "Query") { fields { name } } }`);
    return JSON.stringify(data).includes(field);
  };

  it("lets every request end on the graph it started on, and begins new ones on the new", async () => {
    const old = ask("{ before }");
    await expect.poll(() => arrivals).toBe(1);
    await publish(supergraph("after"));
    await expect.poll(() => serves("after")).toBe(true);
    const fresh = ask("{ after }");
    await expect.poll(() => arrivals).toBe(2);
    for (const pass of gates) pass();

    expect(await old).toEqual({ data: { before: "before" } });
    expect(await fresh).toEqual({ data: { after: "after" } });
  });

  it("fails none of many requests while supergraphs come one after the other", async () => {
    isHeld = false;
    const done = new AbortController();
    const answers: unknown[] = [];
    const clients = Array.from({ length: 8 }, async () => {
      while (!done.signal.aborted) {
        answers.push(await ask("{ before }"));
        // All of it happens in this process: without a turn of the event loop no timer would ever run.
        await setImmediate();
      }
    });
    for (let version = 1; version <= 10; version += 1) {
      await publish(`${supergraph("before")}\n# version ${version}\n`);
      await expect
        .poll(() => logged.filter(({ msg }) => String(msg).startsWith("A newer")).length)
        .toBe(version);
    }
    done.abort();
    await Promise.all(clients);

    expect(answers.length).toBeGreaterThan(8);
    for (const answer of answers) expect(answer).toEqual({ data: { before: "before" } });
  });

  it.each([
    ["is not SDL", "type Query {", "Syntax Error"],
    ["is no supergraph", "type Query { after: String }", "supergraph"],
    ["has a root field that says nothing of who may read it", supergraph("after", ""), "A1 Query.after"],
    [
      "has lost every @authorize",
      composeStory([{ name: "one", sdl: `${FEDERATION} type Query { after: String }`, resolvers: {} }]),
      "no @authorize at all",
    ],
  ])("refuses one that %s, says so, and serves the last good one on", async (_what, text, reason) => {
    const before = logged.length;
    await publish(text);
    await expect.poll(() => logged.length).toBeGreaterThan(before);

    const refusal = logged.slice(before);
    expect(refusal).toHaveLength(1);
    expect(refusal[0]).toMatchObject({
      level: "error",
      msg: "A newer supergraph is refused; the last good one serves on",
      reason: expect.stringContaining(reason) as string,
    });
    expect(gateway.problem).toContain(reason);
    expect(await metricsText()).toContain("gateway_supergraph_refused 1");
    expect(await serves("before")).toBe(true);

    await publish(supergraph("after"));
    await expect.poll(() => serves("after")).toBe(true);
    expect(gateway.problem).toBeNull();
    expect(await metricsText()).toContain("gateway_supergraph_refused 0");
  });

  it("does not start on a supergraph that it would refuse", async () => {
    await publish(supergraph("after", ""));
    await expect(open()).rejects.toThrow("A1 Query.after is a root field and needs @authorize or @public");
  });
});
