import { expect, it } from "vitest";
import { checkGraphs } from "./randomGraphs/checkGraphs.ts";

it("answers queries over random graphs as one graph would, in both executors", async () => {
  const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 1_000_000_000);
  const { faults, queries, graphs, operations, notPlanned } = await checkGraphs({ queries: 20_000, seed });
  console.info(`seed ${seed}: ${queries} queries of ${operations} operations over ${graphs} graphs`);
  expect(faults.join("\n\n")).toBe("");
  expect(queries).toBeGreaterThanOrEqual(20_000);
  // What the planner cannot plan is refused, and is rare.
  expect(notPlanned / operations).toBeLessThan(0.1);
}, 600_000);
