import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { createYoga } from "graphql-yoga";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#shared/log/log.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { openGateway } from "../../gateway/gateway.ts";
import { polledSupergraph } from "../../gateway/supergraphLoader.ts";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
const books = (more = "") => `${LINK}
"Something to read."
type Book @key(fields: "id") {
  id: ID!
  title: String${more}
}
type Query {
  "All of them."
  books: [Book!]
}
`;
const resolvers = { Query: { books: () => [{ id: "1", title: "Emma", pages: 474 }] } };

/** A subgraph that runs, and whose SDL may change. */
async function running(): Promise<{ server: Server; url: string; become(sdl: string): void }> {
  const open = (sdl: string) =>
    createYoga({ schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]), logging: false });
  let yoga = open(books());
  const server = createServer((request, response) => void yoga(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return { server, url, become: (sdl) => void (yoga = open(sdl)) };
}

describe("a subgraph that runs", () => {
  let project: ForeignProject;
  let subgraph: Awaited<ReturnType<typeof running>>;
  beforeEach(async () => {
    subgraph = await running();
    project = await foreignProject({});
    const schema = { subgraph_url: subgraph.url };
    await project.write(
      "supergraph.yml",
      JSON.stringify({ registry: "registry", subgraphs: { books: { schema } } }),
    );
    await project.publish();
  });
  afterEach(async () => {
    subgraph.server.closeAllConnections();
    await new Promise((resolve) => subgraph.server.close(resolve));
    await project.remove();
  });

  it("is asked for its SDL, and compared with what is published of it", async () => {
    expect((await project.check()).out).toContain("5 Changes: PASSED  since version 1");
    subgraph.become(books().replace("title: String", "name: String"));
    const { Changes } = await project.sections();
    expect(Changes?.findings.map(({ code, coordinate }) => `${code} ${coordinate}`)).toEqual([
      "FIELD_REMOVED Book.title",
      "FIELD_ADDED Book.name",
    ]);
  });

  it("gets its next version through the gateway as it is published, and no request is lost on the way", async () => {
    const log = createLog({ service: "gateway", level: "silent" });
    const gateway = await openGateway({
      config: readGatewayConfig({ NODE_ENV: "test" }),
      log,
      dataSource: (_name, url) => httpDataSource(url),
      loader: polledSupergraph({
        source: join(project.folder, "registry/current/supergraph.graphql"),
        everySeconds: 0.01,
        log,
      }),
    });
    const ask = async (query: string) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query });
      const response = await gateway.fetch(
        new Request("http://localhost/graphql", { method: "POST", headers, body }),
      );
      return (await response.json()) as { data?: unknown; errors?: unknown };
    };
    const over = new AbortController();
    const answers: unknown[] = [];
    const client = (async () => {
      while (!over.signal.aborted) {
        answers.push(await ask("{ books { title } }"));
        await setImmediate();
      }
    })();

    subgraph.become(books("\n  pages: Int"));
    expect((await project.publish()).out).toContain("Published version 2 of current.");
    await expect.poll(() => ask("{ books { pages } }")).toEqual({ data: { books: [{ pages: 474 }] } });
    over.abort();
    await client;
    await gateway.close();

    expect(answers.length).toBeGreaterThan(1);
    for (const answer of answers) expect(answer).toEqual({ data: { books: [{ title: "Emma" }] } });
  });
});
