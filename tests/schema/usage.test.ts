import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openUsageStore } from "../../gateway/usage/usageStore.ts";
import { runCommand } from "../../scripts/schema/cannotRun.ts";
import { readUsage, type UsageFile } from "../../scripts/schema/readUsage.ts";
import { usage } from "../../scripts/schema/usage.ts";
import { createTestDatabase, type TestDatabase } from "../support/postgres.ts";
import { createWorld } from "../support/world.ts";
import { foreignProject, type ForeignProject } from "./foreignProject.ts";

const SHOP = {
  shop: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Query { product(id: ID!, colour: Colour): Product price: Int rating: Float }
type Product { id: ID! name: String }
enum Colour { RED GREEN }
`,
};

describe("the file of usage", () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), "usage-"));
  });
  beforeEach(() => void vi.stubEnv("DATABASE_URL", database.serviceUrl));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const run = async (...args: string[]) => {
    const said = { out: "", error: "" };
    const exitCode = await runCommand(usage, args, {
      out: (text) => void (said.out += text),
      error: (text) => void (said.error += text),
    });
    return { exitCode, ...said };
  };

  it("holds what was counted in so many days, in one order", async () => {
    const store = openUsageStore(database.serviceUrl);
    await store.add([counting("{ price }", "web", 3)]);
    await database.moveClock({ hours: 24 * 20 });
    await store.add([counting("{ price }", "web", 4), counting("{ rating }", "phone", 1)]);
    await database.moveClock({ hours: 24 * 15 });
    await store.add([counting("{ rating }", "phone", 1), counting("{ rating }", "Phone", 1)]);
    await store.close();

    const file = join(folder, "deep", "usage.json");
    expect(await run("--out", file)).toMatchObject({ exitCode: 0, error: "" });
    const text = await readFile(file, "utf8");
    const { days, operations } = JSON.parse(text) as UsageFile;
    expect(days).toBe(30);
    expect(operations.map(({ client, text: body, count }) => [client, body, count])).toEqual([
      ["Phone", "{ rating }", 1],
      ["phone", "{ rating }", 2],
      ["web", "{ price }", 4],
    ]);
    await run("--out", file);
    expect(await readFile(file, "utf8")).toBe(text);
    await run("--out", file, "--days", "60");
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ operations: [{}, {}, { count: 7 }] });
  });

  it("is that of the graph of a config, in its registry and from its database", async () => {
    const store = openUsageStore(database.serviceUrl);
    await store.add([counting("{ price }", "web", 1)]);
    await store.close();
    const project = await foreignProject(SHOP, { registry: "registry", database: database.serviceUrl });
    vi.stubEnv("DATABASE_URL", "");
    const config = join(project.folder, "supergraph.yml");
    expect(await run("--config", config)).toMatchObject({ exitCode: 0, error: "" });
    expect(JSON.parse(await project.read("registry/usage.json"))).toMatchObject({ days: 30 });
    await project.write("supergraph.yml", JSON.stringify({ subgraphs: {} }));
    expect(await run("--config", config)).toSatisfy(cannotRun(/supergraph\.yml names no registry/));
    await project.remove();
  });

  it("is not written when the database or the days are none: one line says why", async () => {
    const file = join(folder, "none.json");
    expect(await run("--days", "soon", "--out", file)).toEqual({
      exitCode: 2,
      out: "",
      error: "--days soon is not a number of days from 1 to 3650\n",
    });
    vi.stubEnv("DATABASE_URL", "postgres://ada:secret@127.0.0.1:1/nothing");
    const away = await run("--out", file);
    expect(away).toSatisfy(cannotRun(/127\.0\.0\.1:1\/nothing: .+\n$/));
    expect(away.error).not.toContain("secret");
    vi.stubEnv("DATABASE_URL", "");
    expect(await run("--out", file)).toSatisfy(cannotRun(/DATABASE_URL/));
    await expect(readFile(file)).rejects.toThrow("ENOENT");
  });

  it("holds what people asked a running product for", async () => {
    const world = await createWorld();
    const { admin } = await world.tenant("acme");
    await admin.ask("query WhoAmI { viewer { user { name } } }");
    await world.tocsin.gateway.close();
    vi.stubEnv("DATABASE_URL", world.database.serviceUrl);
    const file = join(folder, "product.json");
    await run("--out", file);
    const { operations } = JSON.parse(await readFile(file, "utf8")) as UsageFile;
    expect(operations).toContainEqual(expect.objectContaining({ name: "WhoAmI", count: 1 }));
    expect(JSON.stringify(operations)).not.toContain("acme");
    await world.close();
  });
});

describe("known usage", () => {
  let project: ForeignProject;
  afterEach(() => project.remove());

  it("decides whether a breaking change passes", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write("registry/usage.json", usageFile("query Cheap { price }"));
    await project.write("shop.graphql", SHOP.shop.replace(" rating: Float", ""));
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    await project.write("shop.graphql", SHOP.shop.replace(" price: Int", ""));
    const { exitCode, out } = await project.check();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/Query\.price.*/);
    expect(out).toContain("Cheap");
  });

  it("counts a trusted document as the operation it was recorded as", async () => {
    project = await foreignProject(SHOP);
    const text = "query Red($id: ID!) { mine: product(id: $id, colour: RED) { id } }";
    const manifest = {
      format: "apollo-persisted-query-manifest",
      version: 1,
      operations: [{ id: "1", name: "Red", type: "query", body: text }],
    };
    await project.write("registry/operations/web/1.json", JSON.stringify(manifest));
    const recorded = "query Red($id: ID!) {\n  _1: product(id: $id, colour: RED) {\n    id\n  }\n}";
    await project.write("registry/usage.json", usageFile(recorded, "{ price }"));
    const schema = buildSchema(SHOP.shop.slice(SHOP.shop.indexOf("type Query")));
    const { operations: found } = await readUsage(join(project.folder, "registry"), schema);
    expect(found.map(({ name, trusted, count }) => ({ name, trusted, count }))).toEqual([
      { name: "Red", trusted: true, count: 5 },
      { name: "", trusted: false, count: 5 },
    ]);
  });

  it("is refused with file and position when it is none", async () => {
    project = await foreignProject(SHOP);
    await project.publish();
    await project.write(
      "registry/usage.json",
      usageFile("{ price }").replace('"count": 5', '"count": "five"'),
    );
    expect(await project.check()).toSatisfy(cannotRun(/usage\.json:10:\d+ .*count/));
    await project.write("registry/usage.json", usageFile("{ price"));
    expect(await project.check()).toSatisfy(cannotRun(/usage\.json:\d+:\d+ .*Syntax Error/));
    await project.write("registry/usage.json", "{");
    expect(await project.check()).toSatisfy(cannotRun(/usage\.json:1:\d/));
  });
});

function cannotRun(because: RegExp) {
  return ({ exitCode, error }: { exitCode: number; error: string }) => exitCode === 2 && because.test(error);
}

function counting(text: string, client: string, count: number) {
  const operation = { hash: hashOf(text), name: "", text, coordinates: [] };
  return { client, version: "1", operation, count };
}

function usageFile(...texts: string[]): string {
  const operations = texts.map((text) => {
    const name = /^query (\w+)/.exec(text)?.[1] ?? "";
    return {
      client: "web",
      version: "1",
      name,
      hash: hashOf(text),
      text,
      count: 5,
      lastUsedOn: "2026-11-21",
    };
  });
  return JSON.stringify({ days: 30, operations }, null, 2);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
