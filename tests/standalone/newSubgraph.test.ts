import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyProject } from "../support/copiedProject.ts";
import { root } from "../support/tree.ts";

interface Ran {
  readonly code: number;
  readonly said: string;
}

describe("npm run new:subgraph", () => {
  let copy: string;
  beforeAll(async () => {
    copy = await copyProject();
  });
  afterAll(() => rm(copy, { recursive: true }));

  const run = (command: string, ...args: string[]): Promise<Ran> =>
    promisify(execFile)(command, args, { cwd: copy, env: { ...process.env, VITEST: undefined } }).then(
      ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        said: stdout + stderr,
      }),
    );
  const node = (...args: string[]) => run(process.execPath, ...args);
  const bin = (name: string, ...args: string[]) => run(join(root, "node_modules/.bin", name), ...args);
  const unchanged = async (path: string) =>
    expect(await readFile(join(copy, path), "utf8")).toBe(await readFile(join(root, path), "utf8"));

  it.each([
    [[], "Which subgraph?"],
    [["Billing"], "is a word of small letters"],
    [["../billing"], "is a word of small letters"],
    [["class"], "is a word of TypeScript"],
    [["public"], "or of PostgreSQL"],
    [["gateway"], "gateway exists already"],
    [["alerts"], "subgraphs/alerts exists already"],
    [["billing", "Team"], "has a type Team already"],
    [["billing", "Query"], "is a name of GraphQL"],
    [["billing", "line-item"], "is like Invoice or LineItem"],
  ])("refuses %j with one line, and writes nothing", async (args, reason) => {
    const { code, said } = await node("scripts/newSubgraph.ts", ...args);
    expect({ code, lines: said.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
    expect(said).toContain(reason);
    await unchanged("standalone/subgraphs.ts");
  });

  it("leaves everything as it was when something fails half way", { timeout: 120_000 }, async () => {
    const broken = join(copy, "subgraphs/schedules/schema/Broken.graphql");
    await writeFile(broken, "type Query {");
    const { code, said } = await node("scripts/newSubgraph.ts", "billing", "Invoice");
    await rm(broken);

    expect(code).toBe(2);
    expect(said).toContain("nothing was changed");
    for (const path of [
      "standalone/subgraphs.ts",
      "supergraph/permissions.yml",
      "supergraph/permissions.ts",
      "gateway/config.ts",
    ]) {
      await unchanged(path);
    }
    for (const path of ["subgraphs/billing", "tests/billing", "migrations/billing"]) {
      await expect(readFile(join(copy, path))).rejects.toMatchObject({ code: "ENOENT" });
    }
  });

  it(
    "makes one that passes every rule and check at once, and answers through the gateway",
    { timeout: 300_000 },
    async () => {
      expect(await node("scripts/newSubgraph.ts", "billing", "Invoice")).toMatchObject({ code: 0 });

      const checks = [
        await node("scripts/codegen.ts", "--check"),
        await node("scripts/schema/compose.ts", "--check"),
        await node("scripts/schema/check.ts"),
        await node("migrations/check.ts"),
        await bin("tsc", "--noEmit"),
        await bin("oxlint", "subgraphs/billing", "tests/billing", "gateway", "standalone"),
        await bin(
          "prettier",
          "--check",
          "subgraphs/billing",
          "tests/billing",
          "gateway",
          "standalone",
          "supergraph",
        ),
        // Its own test asks through the gateway, as two tenants.
        await bin(
          "vitest",
          "run",
          "tests/billing",
          "tests/houseRules.test.ts",
          "tests/tenantTables.test.ts",
          "tests/gateway/readme.test.ts",
        ),
      ];
      expect(checks.filter(({ code }) => code !== 0).map(({ said }) => said)).toEqual([]);
    },
  );
});
