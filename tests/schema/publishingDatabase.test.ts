import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#shared/log/log.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { httpDataSource } from "../../gateway/executor/subgraphs/httpDataSource.ts";
import { openGateway, type Gateway } from "../../gateway/gateway.ts";
import { supergraphSource } from "../../gateway/supergraphSource.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";
import { books, runningBooks, type RunningSubgraph } from "./runningSubgraph.ts";

const SHELF = '\n  shelf: String @tag(name: "internal")';
const WITH_PAGES = `${SHELF}\n  pages: Int @tag(name: "internal")`;

describe("a graph that is published in the database of its gateways", () => {
  let database: TestDatabase;
  let subgraph: RunningSubgraph;
  let project: ForeignProject;
  let gateways: Gateway[];

  beforeEach(async () => {
    gateways = [];
    database = await createTestDatabase();
    subgraph = await runningBooks();
    subgraph.become(books(SHELF));
    project = await foreignProject({});
    await configure(database.urlOf("gateway"));
  });
  afterEach(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close()));
    await subgraph.stop();
    await project.remove();
    await database.drop();
  });

  const configure = (url: string) =>
    project.write(
      "supergraph.yml",
      JSON.stringify({
        database: url,
        graph: "library",
        contracts: { public: { exclude: ["internal"] } },
        subgraphs: { books: { schema: { subgraph_url: subgraph.url } } },
      }),
    );

  // So long a time between two looks that only what the database notifies of can be noticed.
  async function serve(variant: string, everySeconds = 3_600): Promise<(query: string) => Promise<unknown>> {
    const log = createLog({ service: "gateway", level: "silent" });
    const config = readGatewayConfig({
      NODE_ENV: "test",
      SUPERGRAPH_DATABASE_URL: database.urlOf("gateway"),
      GRAPH_REF: `library@${variant}`,
      SUPERGRAPH_POLL_SECONDS: String(everySeconds),
    });
    const loader = await supergraphSource(config, log);
    const gateway = await openGateway({
      config,
      log,
      loader,
      dataSource: (_name, url) => httpDataSource(url),
    });
    gateways.push(gateway);
    return async (query) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query });
      const response = await gateway.fetch(
        new Request("http://localhost/graphql", { method: "POST", headers, body }),
      );
      return ((await response.json()) as { data?: unknown }).data ?? null;
    };
  }

  const ANSWER = { books: [{ title: "Emma", pages: 474 }] };

  it("is taken over by every gateway of a variant as it is published, and again as it is rolled back", async () => {
    expect((await project.publish()).out).toContain("Published version 1 of current.");
    const [whole, contract] = [await serve("current"), await serve("public")];
    expect(await whole("{ books { title } }")).toEqual({ books: [{ title: "Emma" }] });
    expect(await whole("{ books { title pages } }")).toBeNull();

    subgraph.become(books(WITH_PAGES));
    expect((await project.check()).out).toContain("since version 1");
    await project.publish();
    await expect.poll(() => whole("{ books { title pages } }")).toEqual(ANSWER);
    expect(await contract("{ books { title pages } }")).toBeNull();

    const { out } = await project.rollback("--to", "1");
    expect(out).toContain("Published version 1 of current again, as version 3.");
    await expect.poll(() => whole("{ books { title pages } }")).toBeNull();
    expect(await whole("{ books { title } }")).toEqual({ books: [{ title: "Emma" }] });
    expect((await project.rollback()).out).toMatch(/^1 .*\n2 .* {2}1 changes\n3 .* {2}version 1 again\n$/);
  });

  it("is taken over later by a gateway that missed the notification", async () => {
    await project.publish();
    const ask = await serve("current", 1);
    subgraph.become(books(WITH_PAGES));
    await database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
      ["tocsin gateway supergraph"],
    );
    await project.publish();
    await expect.poll(() => ask("{ books { title pages } }")).toEqual(ANSWER);
  });

  it("is published in all its variants, or in none", async () => {
    await project.publish();
    subgraph.become(books(WITH_PAGES));
    await database.query("alter table gateway.graph_version add check (variant <> 'current' or version < 2)");
    const refused = await project.publish();
    expect(refused.exitCode).toBe(2);
    expect(refused.error).toMatch(/^The versions in .*graph_version_check.*\n$/);
    const rows = await database.query("select variant, version from gateway.graph_version order by variant");
    expect(rows).toEqual([
      { variant: "current", version: 1 },
      { variant: "public", version: 1 },
    ]);
  });

  it("is published by one at a time: the second waits, or is told who does", async () => {
    await project.publish();
    subgraph.become(books(WITH_PAGES));
    const both = await Promise.all([project.publish(), project.publish()]);
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(both.map(({ error }) => error).join("")).toMatch(
      /^\S+ publishes \(process \d+ of the database\): waiting/,
    );
    expect(both.map(({ out }) => out).join("")).toContain(
      "Nothing was published: this is what is published already.",
    );

    await database.query("select pg_advisory_lock(hashtextextended('publish library', 0))");
    const refused = await project.publish("--wait", "0");
    expect(refused).toMatchObject({ exitCode: 2, out: "" });
    expect(refused.error).toMatch(/publishes \(process \d+ of the database\): try again later\n$/);
  });

  it("is not compared with what was edited, nor read from a database that is away: one line says so, without the password", async () => {
    await project.publish();
    await database.query("update gateway.graph_version set api_sdl = api_sdl || '# edited'");
    const edited = await project.check();
    expect(edited.exitCode).toBe(2);
    expect(edited.error).toMatch(
      /^Version 1 of \S+library@current is not what was published: it was edited\n$/,
    );
    await configure("postgres://ada:secret@127.0.0.1:1/nothing");
    const away = await project.check();
    expect(away).toMatchObject({ exitCode: 2, out: "" });
    expect(away.error).toMatch(/^The versions in 127\.0\.0\.1:1\/nothing cannot be used: .+\n$/);
    expect(away.error).not.toContain("secret");
  });

  it("is what a gateway has to have before it serves", async () => {
    await expect(serve("current")).rejects.toThrow("Of library@current nothing is published");
  });
});
