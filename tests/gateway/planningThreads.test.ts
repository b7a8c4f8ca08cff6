import { afterEach, describe, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import type { EngineLimits } from "../../gateway/executor/contract.ts";
import { PlanningQueue } from "../../gateway/executor/planning/planningQueue.ts";
import { plain, testGraph, type TestGraph, type TestSubgraph } from "./support/testGraph.ts";

// Every field is in all of six subgraphs, so that there are more plans than anybody could compare.
const fields = Array.from({ length: 40 }, (_, nth) => `f${nth}: Int @shareable`).join(" ");
const subgraphs = Array.from({ length: 6 }, (_, nth): TestSubgraph => ({
  name: `s${nth}`,
  typeDefs: `type Query { t: T @shareable } type T @key(fields: "id") { id: ID! ${fields} child: T @shareable only${nth}: Int }`,
  resolvers: { Query: { t: () => ({ id: "1" }) }, T: { __resolveReference: (known: object) => known } },
}));
const NEVER_PLANNED = { evaluatedPlans: 1e12 };
const small = "{ t { id } }";

/** An operation whose plans are without number; another for each name. */
function runaway(name: string): string {
  const all = `${fields.replaceAll(": Int @shareable", "")} ${subgraphs.map((_, nth) => `only${nth}`).join(" ")}`;
  return `query ${name} { t { ${all} child { ${all} child { ${all} child { ${all} } } } } }`;
}

const opened: TestGraph[] = [];
afterEach(async () => {
  for (const { engine } of opened.splice(0)) await engine.close();
});

function open(limits: Partial<EngineLimits> = {}): TestGraph {
  const graph = testGraph(subgraphs, undefined, { ...NEVER_PLANNED, ...limits });
  opened.push(graph);
  return graph;
}

async function threads(): Promise<number> {
  return Number(/^gateway_planning_threads (\d+)/m.exec(await metricsText())?.[1]);
}

const codes = async (answer: ReturnType<TestGraph["run"]>) =>
  plain(await answer).errors?.map(({ extensions }) => extensions?.["code"]);

describe("an operation that the planner does not finish", () => {
  it("keeps nobody else: what is small is planned and answered meanwhile, and it is ended itself", async () => {
    const graph = open({ planningMilliseconds: 6_000 });
    const order: string[] = [];
    const large = graph.run(runaway("A"), {}, { owner: "one" }).then((result) => {
      order.push("large");
      return result;
    });
    for (const owner of ["one", "two"])
      await graph.run(small.replace("id", `f${order.length} id`), {}, { owner }).then((result) => {
        expect(plain(result).errors).toBeUndefined();
        order.push("small");
      });
    let turns = 0;
    const turn = () => {
      turns += 1;
      if (!order.includes("large")) setImmediate(turn);
    };
    turn();
    expect(await codes(large)).toEqual(["PLANNING_LIMIT_EXCEEDED"]);
    expect(order).toEqual(["small", "small", "large"]);
    expect(turns).toBeGreaterThan(100);
  });

  it("is not begun again for a while, and the thread that is ended is replaced", async () => {
    const graph = open({ planningMilliseconds: 200 });
    await graph.engine.warm();
    expect(await codes(graph.run(runaway("A")))).toEqual(["PLANNING_LIMIT_EXCEEDED"]);
    // Known: at once, and not by a thread.
    expect(graph.engine.prepare(runaway("A"), null, {})).not.toBeInstanceOf(Promise);
    expect(plain(await graph.run(small)).data).toEqual({ t: { id: "1" } });
  });

  it("is ended when it takes more memory than there may be", async () => {
    const graph = open({ planningMegabytes: 64, planningMilliseconds: 60_000 });
    await graph.engine.warm();
    expect(await codes(graph.run(runaway("A")))).toEqual(["PLANNING_LIMIT_EXCEEDED"]);
    expect(plain(await graph.run(small)).data).toEqual({ t: { id: "1" } });
  });

  it("is given up when the graph closes, with all that waits, and no thread is left", async () => {
    const graph = open({ planningMilliseconds: 60_000 });
    await graph.engine.warm();
    const answers = ["A", "B", "C"].map((name) => codes(graph.run(runaway(name))));
    await expect.poll(() => metricsText()).toMatch(/^gateway_planning_waiting 2$/m);
    await graph.engine.close();
    expect(await Promise.all(answers)).toEqual([
      ["OPERATION_NOT_PLANNED"],
      ["PLANNING_OVERLOADED"],
      ["PLANNING_OVERLOADED"],
    ]);
    expect(await threads()).toBe(0);
  });

  it("is not planned when nobody waits for it any longer", async () => {
    const graph = open({ planningMilliseconds: 500 });
    await graph.engine.warm();
    const first = codes(graph.run(runaway("A"), {}, { owner: "one" }));
    const late = codes(graph.run(runaway("B"), {}, { owner: "two", deadline: Date.now() + 100 }));
    expect(await first).toEqual(["PLANNING_LIMIT_EXCEEDED"]);
    expect(await late).toEqual(["PLANNING_OVERLOADED"]);
  });
});

describe("threads", () => {
  it("are shared by all graphs, start with the first operation that has no plan, and end with the last graph", async () => {
    const graphs = [open(), open(), open()];
    expect(await threads()).toBe(0);
    await Promise.all(graphs.map(({ run }) => run("{ __typename }")));
    expect(await threads()).toBe(0);
    // One after another: small ones that wait for long have a thread of their own.
    for (const { run } of graphs) await run(small);
    expect(await threads()).toBe(1);
    for (const { engine } of graphs) await engine.close();
    expect(await threads()).toBe(0);
  });

  it("of a graph that cannot be opened are none", async () => {
    const fails = () => {
      throw new Error("no such subgraph");
    };
    expect(() => testGraph(subgraphs, fails)).toThrow("no such subgraph");
    expect(await threads()).toBe(0);
  });
});

describe("what waits for the planner", () => {
  const job = (name: string, isSmall = false, bytes = 1) => ({ name, isSmall, bytes });
  const bounds = { jobs: 4, bytes: 100 };

  it("takes turns by owner, whatever one of them asks for, and of each the small ones go first", () => {
    const queue = new PlanningQueue<ReturnType<typeof job>>(bounds);
    const jobs = { a1: job("a1"), a2: job("a2"), a3: job("a3", true), b1: job("b1") };
    for (const one of [jobs.a1, jobs.a2, jobs.a3]) queue.add(one, "a");
    queue.add(jobs.b1, "b");
    expect([1, 2, 3, 4, 5].map(() => queue.next("any")?.name)).toEqual(["a3", "b1", "a1", "a2", undefined]);
  });

  it("has a turn for each owner that waits for it, and is taken once", () => {
    const queue = new PlanningQueue<ReturnType<typeof job>>(bounds);
    const both = job("both");
    queue.add(job("a1"), "a");
    queue.add(both, "a");
    queue.add(both, "b");
    expect(queue.length).toBe(2);
    expect(["a1", "both", undefined]).toEqual([1, 2, 3].map(() => queue.next("any")?.name));
  });

  it("finds no room where it is the last of whoever has most waiting", () => {
    const queue = new PlanningQueue<ReturnType<typeof job>>(bounds);
    for (const name of ["a1", "a2", "a3"]) expect(queue.add(job(name), "a")).toBeNull();
    expect(queue.add(job("b1"), "b")).toBeNull();
    expect(queue.add(job("b2"), "b")?.name).toBe("a3");
    expect(queue.add(job("a4"), "a")?.name).toBe("a4");
    const heavy = new PlanningQueue<ReturnType<typeof job>>(bounds);
    expect(heavy.add(job("a1", false, 101), "a")?.name).toBe("a1");
    expect(heavy.length).toBe(0);
  });

  it("is taken by the lane of small ones only when it is small", () => {
    const queue = new PlanningQueue<ReturnType<typeof job>>(bounds);
    queue.add(job("a1"), "a");
    expect(queue.hasSmall()).toBe(false);
    expect(queue.next("small")).toBeUndefined();
    queue.add(job("b1", true), "b");
    expect(queue.hasSmall()).toBe(true);
    expect(queue.next("small")?.name).toBe("b1");
    expect(queue.next("any")?.name).toBe("a1");
  });
});
