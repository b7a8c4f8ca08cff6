import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

const here = import.meta.dirname;
const row = /^\| (?<suite>[a-z0-9-]+) +\| (?<there>\d+) +\| (?<ours>\d+) +\|$/gm;
const rows = [...readFileSync(`${here}/README.md`, "utf8").matchAll(row)].map(({ groups = {} }) => ({
  suite: groups["suite"] ?? "",
  there: Number(groups["there"]),
  ours: Number(groups["ours"]),
}));

describe("the table of the public audit's suites", () => {
  it.each(rows)("counts the cases of $suite right, and none is left out", ({ suite, there, ours }) => {
    const cases = readFileSync(`${here}/${suite}.test.ts`, "utf8").match(/^ +it\(/gm) ?? [];
    expect(cases).toHaveLength(ours);
    expect(ours).toBeGreaterThanOrEqual(there);
  });
  it("has a row for every suite there is a file for", () => {
    const files = readdirSync(here).map((file) => file.replace(/\.test\.ts$/, ""));
    const suites = files.filter((file) => /^[a-z0-9-]+$/.test(file) && file !== "suites");
    expect(rows.map(({ suite }) => suite).sort()).toEqual(suites.sort());
  });
});
