import { expect, it } from "vitest";
import { checkGraphs } from "./randomGraphs/checkGraphs.ts";

it("answers queries over random graphs as one graph would, in both executors", async () => {
  // The same graphs each time, so that what fails is what was changed; `npm run fuzz:gateway` asks others.
  const seed = Number(process.env["FUZZ_SEED"] ?? 27_899_270);
  const { faults, queries, graphs, operations, notPlanned } = await checkGraphs({ queries: 20_000, seed });
  console.info(`seed ${seed}: ${queries} queries of ${operations} operations over ${graphs} graphs`);
  expect(faults.join("\n\n")).toBe("");
  expect(queries).toBeGreaterThanOrEqual(20_000);
  // What the planner cannot plan is refused, and is rare.
  expect(notPlanned / operations).toBeLessThan(0.1);
}, 600_000);
