import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { openKeptPlans } from "../../gateway/executor/planning/keptPlans.ts";
import { plain, testGraph, type TestGraph } from "./support/testGraph.ts";

const one = (more = "") => ({
  name: "one",
  typeDefs: `type Query { a: String b(n: Int): Int c: Thing ${more} } type Thing @key(fields: "id") { id: ID! }`,
  resolvers: { Query: { a: () => "a", b: (_: unknown, { n }: { n: number }) => n, c: () => ({ id: "1" }) } },
});
const two = {
  name: "two",
  typeDefs: `type Thing @key(fields: "id") { id: ID! more: Int }`,
  resolvers: { Thing: { __resolveReference: (known: object) => known, more: () => 2 } },
};
const query = "query Q($n: Int) { a b(n: $n) c { more } }";
const answer = { data: { a: "a", b: 5, c: { more: 2 } } };

let folder: string;
let warned: string[];
const opened: TestGraph[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plans-"));
  warned = [];
});
afterEach(async () => {
  for (const { engine } of opened.splice(0)) await engine.close();
  await rm(folder, { recursive: true });
});

const log = {
  warn: (fields: object, message: string) => void warned.push(`${message} ${JSON.stringify(fields)}`),
  error: () => undefined,
};

function open(more?: string): TestGraph {
  const graph = testGraph([one(more), two], undefined, {}, { plansFolder: folder, log });
  opened.push(graph);
  return graph;
}

async function file(): Promise<string> {
  const [name = "", ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return join(folder, name);
}

async function planned(): Promise<number> {
  return Number(/^gateway_plannings_total\{outcome="planned"\} (\d+)/m.exec(await metricsText())?.[1] ?? 0);
}

async function restart({ engine }: TestGraph): Promise<TestGraph> {
  await engine.close();
  return open();
}

describe("a plan that was made", () => {
  it("serves the next process, which makes no planner for it", async () => {
    const first = open();
    expect(plain(await first.run(query, { n: 5 }))).toEqual(answer);
    const before = await planned();
    const second = await restart(first);
    expect(plain(await second.run(query, { n: 5 }))).toEqual(answer);
    expect(await planned()).toBe(before);
    expect(warned).toEqual([]);
    // With other literals and variables it is the same plan.
    expect(plain(await second.run("{ b(n: 7) }")).data).toEqual({ b: 7 });
    expect(await planned()).toBe(before + 1);
  });

  it("is kept where nobody else reads it, and no half of a file is left", async () => {
    const { engine, run } = open();
    await run(query);
    await engine.close();
    expect((await stat(await file())).mode & 0o777).toBe(0o600);
  });

  it.each<[string, (content: Buffer) => Buffer]>([
    ["damaged", (content) => (content.writeUInt8(content.at(-9)! ^ 1, content.length - 9), content)],
    ["cut", (content) => content.subarray(0, content.length / 2)],
    ["empty", () => Buffer.alloc(0)],
    ["somebody else's", () => Buffer.from("hello ".repeat(100))],
  ])("is made anew when the file is %s, and the log says why", async (_what, spoilt) => {
    const first = open();
    await first.run(query, { n: 5 });
    await first.engine.close();
    await writeFile(await file(), spoilt(await readFile(await file())));
    const before = await planned();
    const second = open();
    expect(plain(await second.run(query, { n: 5 }))).toEqual(answer);
    expect(await planned()).toBe(before + 1);
    expect(warned).toEqual([expect.stringContaining("A file of plans is not used")]);
    const third = await restart(second);
    expect(plain(await third.run(query, { n: 5 }))).toEqual(answer);
    expect(await planned()).toBe(before + 1);
  });

  it("is not used for another supergraph, whose plans are kept beside it", async () => {
    const first = open();
    await first.run(query, { n: 5 });
    const before = await planned();
    await first.engine.close();
    const other = open("d: Int");
    expect(plain(await other.run(query, { n: 5 }))).toEqual(answer);
    expect(await planned()).toBe(before + 1);
    await other.engine.close();
    expect(await readdir(folder)).toHaveLength(2);
  });
});

describe("a file of plans", () => {
  const plan = (length: number) => new Uint8Array(length);
  const openPlans = (key: string, maximumBytes?: number) =>
    openKeptPlans({ folder, key: Promise.resolve(key), log, ...(maximumBytes && { maximumBytes }) });

  it("keeps what was asked for last, and no more than it may", async () => {
    const first = openPlans("k", 3_500);
    for (const text of ["a", "b", "c", "d"]) first.set(text, plan(1_000));
    await first.get("b");
    await first.close();
    const second = openPlans("k", 2_500);
    expect(await Promise.all(["a", "b", "c", "d"].map((text) => second.get(text)))).toEqual([
      undefined,
      plan(1_000),
      undefined,
      plan(1_000),
    ]);
    expect((await stat(await file())).size).toBeLessThan(4_000);
  });

  it("is there for a few supergraphs, and the oldest go", async () => {
    for (const key of ["a", "b", "c", "d", "e", "f"]) {
      const plans = openPlans(key);
      plans.set("text", plan(10));
      await plans.close();
    }
    expect(await readdir(folder)).toHaveLength(4);
  });

  it("that cannot be written keeps nobody from planning", async () => {
    await writeFile(join(folder, "file"), "");
    const plans = openKeptPlans({ folder: join(folder, "file"), key: Promise.resolve("k"), log });
    plans.set("text", plan(10));
    await plans.close();
    expect(warned.join()).toContain("Plans could not be kept");
    expect(await plans.get("text")).toEqual(plan(10));
  });
});

describe("a graph that takes another's place", () => {
  it("has the plans of what the other was asked before it does", async () => {
    const before = open();
    for (const text of [query, "{ gone: a }", "query ($yes: Boolean!) { a @include(if: $yes) c { id } }"])
      await before.run(text, { n: 5, yes: true });
    const after = open("d: Int");
    await after.engine.warm({ before: before.engine });
    expect(after.engine.prepare(query, null, { n: 6 })).not.toBeInstanceOf(Promise);
    const conditional = "query ($yes: Boolean!) { a @include(if: $yes) c { id } }";
    expect(after.engine.prepare(conditional, null, { yes: true })).not.toBeInstanceOf(Promise);
    expect(after.engine.prepare(conditional, null, { yes: false })).toBeInstanceOf(Promise);
  });

  it("has none of what is no operation of its own, and stops where nobody waits for it", async () => {
    const before = open("d: Int");
    await before.run("{ d }");
    await before.run(query);
    const after = open();
    const leaving = new AbortController();
    leaving.abort();
    await after.engine.warm({ before: before.engine, signal: leaving.signal });
    expect(after.engine.prepare(query, null, {})).toBeInstanceOf(Promise);
    await after.engine.warm({ before: before.engine });
    expect(after.engine.prepare(query, null, {})).not.toBeInstanceOf(Promise);
    expect(after.engine.prepare("{ a }", null, {})).toBeInstanceOf(Promise);
  });
});
