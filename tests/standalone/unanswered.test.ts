import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyProject } from "../support/copiedProject.ts";

let copy: string;
beforeAll(async () => {
  copy = await copyProject();
});
afterAll(() => rm(copy, { recursive: true }));

async function change(path: string, edit: (text: string) => string): Promise<void> {
  const before = await readFile(join(copy, path), "utf8");
  const after = edit(before);
  expect(after).not.toBe(before);
  await writeFile(join(copy, path), after);
}

it(
  "npm run check finds a field that nobody answers, a resolver without a field, and a type without any, by file and line",
  { timeout: 240_000 },
  async () => {
    await change("subgraphs/schedules/schema/Schedule.graphql", (sdl) =>
      sdl.replace(/^type Schedule .*\{$/m, (line) => `${line}\n  "What nobody answers."\n  note: String`),
    );
    await change("subgraphs/schedules/resolvers/Rotation.ts", (code) =>
      code.replace(/^export const Rotation.*\{$/m, (line) => `${line}\n  unasked: () => null,`),
    );
    await change("subgraphs/schedules/schema/Schedule.graphql", (sdl) =>
      sdl
        .replace(
          /^type DeleteSchedulePayload .*\{$/m,
          (line) => `${line}\n  "Nobody sets it."\n  schedule: Schedule`,
        )
        .replace(
          /^type RemoveRotationPayload .*\{$/m,
          (line) => `${line}\n  "Nobody sets it."\n  reason: String`,
        ),
    );
    await change("subgraphs/incidents/subgraph.ts", (code) => code.replace("    TimelineEntry,\n", ""));
    const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: copy });
    await run("scripts/codegenSchema.ts");

    const { stdout } = await run(join(copy, "node_modules/typescript/bin/tsc"), "--noEmit").then(
      () => ({ stdout: "" }),
      (error: { stdout: string }) => error,
    );
    expect(stdout).toMatch(
      /^subgraphs\/schedules\/resolvers\/Schedule\.ts\(\d+,\d+\): .*\n.*'note' is missing/m,
    );
    for (const unset of ["schedule", "reason"]) {
      const isMissing = `(?:\\n .*)*\\n .*'${unset}' is missing`;
      expect(stdout).toMatch(
        new RegExp(`^subgraphs/schedules/resolvers/Mutation\\.ts\\(\\d+,\\d+\\): .*${isMissing}`, "m"),
      );
    }
    expect(stdout).toMatch(
      /^subgraphs\/schedules\/resolvers\/Rotation\.ts\(\d+,\d+\): .*'unasked' does not exist/m,
    );
    expect(stdout).toMatch(
      /^subgraphs\/incidents\/subgraph\.ts\(\d+,\d+\): .*\n.*'TimelineEntry' is missing/m,
    );
  },
);
