import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyProject } from "../support/copiedProject.ts";

let copy: string;
beforeAll(async () => {
  copy = await copyProject();
});
afterAll(() => rm(copy, { recursive: true }));

const start = `
  import { beforeAll, expect, it } from "vitest";
  import { createWorld, type World } from "../support/world.ts";
  let world: World;
  const createRole = async (name: string, change: string) => {
    const { admin } = await world.tenant(name);
    await world.database.query("alter table identity.role " + change);
    const mutation = "mutation ($name: String!) { createRole(input: { name: $name, permissions: [] }) { role { id } } }";
    return admin.answer(mutation, { name });
  };
`;

const failing = `${start}
  beforeAll(async () => {
    world = await createWorld();
  });
  it("passes although something was logged", async () => {
    expect(await createRole("passing", "add constraint passing_names check (name <> 'passing') not valid")).toHaveProperty("errors");
  });
  it("breaks a constraint", async () => {
    expect(await createRole("failing", "add constraint failing_names check (name <> 'failing') not valid")).not.toHaveProperty("errors");
  });
  it("misses a column", async () => {
    expect(await createRole("other", "rename column name to names")).not.toHaveProperty("errors");
  });
`;

const unprepared = `${start}
  beforeAll(async () => {
    world = await createWorld();
    const { errors = [] } = await createRole("prepared", "add constraint prepared_names check (name <> 'prepared') not valid");
    for (const { message } of errors) throw new Error(message);
  });
  it("is never come to", () => expect(world).toBeDefined());
`;

it(
  "a test that fails tells what the database said, and one that passes does not",
  { timeout: 240_000 },
  async () => {
    await writeFile(join(copy, "tests/stories/failing.test.ts"), failing);
    await writeFile(join(copy, "tests/stories/unprepared.test.ts"), unprepared);
    const vitest = join(copy, "node_modules/vitest/vitest.mjs");
    const args = ["run", "--project", "database", "--maxWorkers", "1", "--no-color"];
    const files = ["tests/stories/failing.test.ts", "tests/stories/unprepared.test.ts"];
    const run = promisify(execFile)(process.execPath, [vitest, ...args, ...files], { cwd: copy });

    const { stderr } = await run.then(
      () => Promise.reject(new Error("No test failed")),
      (error: { stderr: string }) => error,
    );
    const said = stderr.split("\n").filter((line) => line.startsWith('{"level":"error"'));
    const errors = said.map((line) => (JSON.parse(line) as { err: Record<string, unknown> }).err);
    const statement = expect.stringContaining('"identity"."role"') as unknown;
    expect(errors).toHaveLength(3);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ constraint: "failing_names", statement }),
        expect.objectContaining({
          message: expect.stringContaining('column "name"') as unknown,
          hint: expect.any(String) as unknown,
          position: expect.any(String) as unknown,
          statement,
        }),
        expect.objectContaining({ constraint: "prepared_names", statement }),
      ]),
    );
  },
);
