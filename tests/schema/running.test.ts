import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#shared/log/log.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { openGateway } from "../../gateway/gateway.ts";
import { polledSupergraph } from "../../gateway/supergraphLoader.ts";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";
import { books, runningBooks, type RunningSubgraph } from "./runningSubgraph.ts";

describe("a subgraph that runs", () => {
  let project: ForeignProject;
  let subgraph: RunningSubgraph;
  beforeEach(async () => {
    subgraph = await runningBooks();
    project = await foreignProject({});
    const schema = { subgraph_url: subgraph.url };
    await project.write(
      "supergraph.yml",
      JSON.stringify({ registry: "registry", subgraphs: { books: { schema } } }),
    );
    await project.publish();
  });
  afterEach(async () => {
    await subgraph.stop();
    await project.remove();
  });

  it("is asked for its SDL, and compared with what is published of it", async () => {
    expect((await project.check()).out).toContain("5 Changes: PASSED  since version 1");
    expect((await project.sections())["Lint"]?.findings).toEqual([]);
    subgraph.become(books().replace("title: String", "name: String"));
    const { Changes } = await project.sections();
    expect(Changes?.findings.map(({ code, coordinate }) => `${code} ${coordinate}`)).toEqual([
      "FIELD_REMOVED Book.title",
      "FIELD_ADDED Book.name",
    ]);
  });

  it("is asked with the headers that the config says, as Rover asks", async () => {
    process.env["BOOKS_TOKEN"] = "of-the-books";
    const schema = {
      subgraph_url: subgraph.url,
      introspection_headers: { Authorization: "Bearer ${env.BOOKS_TOKEN}" },
    };
    await project.write(
      "supergraph.yml",
      JSON.stringify({ registry: "registry", subgraphs: { books: { schema } } }),
    );
    expect((await project.check()).exitCode).toBe(0);
    delete process.env["BOOKS_TOKEN"];
    expect(subgraph.headers()["authorization"]).toBe("Bearer of-the-books");
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
