import { readFileSync } from "node:fs";
import { getOperationAST, parse } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { readGatewayConfig } from "../../gateway/config.ts";
import { readCosts, type Costs } from "../../gateway/costs.ts";
import { openPlanner } from "../../gateway/executor/planning/planner.ts";
import { filesBelow, textOf } from "../support/tree.ts";

const { LIMIT_COST, COST_PAGE_SIZE: pageSize, COST_LIST_SIZE: listSize } = readGatewayConfig({});
const sdl = readFileSync(new URL("../../supergraph/supergraph.graphql", import.meta.url), "utf8");

let costs: Costs;
beforeAll(() => {
  const { apiSchema } = openPlanner(sdl, { evaluatedPlans: 1_000 });
  costs = readCosts(parse(sdl), apiSchema, { pageSize, listSize });
});

function costOf(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  return costs.costOf(document, getOperationAST(document)!)(variables);
}

const twoWeeks = { from: "2026-11-23T00:00:00Z", to: "2026-12-07T00:00:00Z" };

describe("the default limit of cost", () => {
  const documents = filesBelow("supergraph/registry/operations", ".graphql");

  it.each(documents)("lets this project's own documents through: %s", (path) => {
    expect(costOf(textOf(path), { ...twoWeeks, number: 1, id: "1", title: "x" })).toBeLessThan(LIMIT_COST);
  });

  it.each([
    "{ teams { nodes { members { nodes { teams { members { nodes { teams { members { nodes { name } } } } } } } } } } }",
    "{ users(first: 100) { nodes { teams { members { nodes { roles { name } } } } } } }",
    "{ schedules(first: 100) { nodes { rotations { participants { onCall { schedule { rotations { name } } } } } } } }",
    "{ incidents(first: 100) { nodes { escalations { pages { nodes { user { onCall { user { name } } teams { name } } } } } } } }",
    '{ schedules(first: 100) { nodes { shifts(from: "2026-01-01T00:00:00Z", to: "2026-12-31T00:00:00Z") { from } } } }',
  ])("does not let through what grows with each step: %s", (query) => {
    expect(costOf(query)).toBeGreaterThan(LIMIT_COST);
  });
});

describe("a list that is computed for a window of time", () => {
  const shifts = (from: string, to: string) =>
    `query ($from: DateTime!, $to: DateTime!) { schedule(id: "1") { shifts(from: ${from}, to: ${to}) { from } } }`;

  it("costs what its window is long, written out or in variables", () => {
    const [day, week] = ["2026-01-02T00:00:00Z", "2026-01-08T00:00:00Z"];
    const from = "2026-01-01T00:00:00Z";
    const [ofDay, ofWeek] = [day, week].map((to) => costOf(shifts(`"${from}"`, `"${to}"`)));
    expect(ofWeek! / ofDay!).toBeGreaterThan(4);
    expect(costOf(shifts("$from", "$to"), { from, to: day })).toBe(ofDay);
    expect(costOf(shifts("$from", `"${week}"`), { from })).toBe(ofWeek);
  });

  it.each([
    ["none at all", "soon", "later"],
    ["backwards", twoWeeks.to, twoWeeks.from],
  ])("costs as a whole year when the window is %s", (_what, from, to) => {
    const aYear = costOf(shifts("$from", "$to"), {
      from: "2024-01-01T00:00:00Z",
      to: "2025-01-01T00:00:00Z",
    });
    expect(costOf(shifts("$from", "$to"), { from, to })).toBe(aYear);
  });
});
