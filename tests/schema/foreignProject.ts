import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check } from "../../scripts/schema/check.ts";
import { runCommand, type CommandLine } from "../../scripts/schema/cannotRun.ts";
import { publish } from "../../scripts/schema/publish.ts";
import { rollback } from "../../scripts/schema/rollback.ts";
import type { Report, Section } from "../../scripts/schema/report.ts";

/** The graph of somebody else, in a folder of its own. */
export interface ForeignProject {
  readonly folder: string;
  /** Writes a file of the project; the path is from its folder. */
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  check(...args: string[]): Promise<Ran>;
  publish(...args: string[]): Promise<Ran>;
  rollback(...args: string[]): Promise<Ran>;
  /** What a check finds, section by section. */
  sections(...args: string[]): Promise<Record<string, Section>>;
  remove(): Promise<void>;
}

/** What a command came to. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

/** Lays out a project: a file of SDL for each subgraph, and a config with whatever `more` says besides. */
export async function foreignProject(
  subgraphs: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = { registry: "registry" },
): Promise<ForeignProject> {
  const folder = await mkdtemp(join(tmpdir(), "graph-"));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const named = Object.keys(subgraphs).map((name) => {
    return [
      name,
      { routing_url: `http://${name}.test/graphql`, schema: { file: `${name}.graphql` } },
    ] as const;
  });
  await write("supergraph.yml", JSON.stringify({ ...more, subgraphs: Object.fromEntries(named) }, null, 2));
  for (const [name, sdl] of Object.entries(subgraphs)) await write(`${name}.graphql`, sdl);
  const run = async (command: CommandLine, args: readonly string[]): Promise<Ran> => {
    const said = { out: "", error: "" };
    const writing = {
      out: (text: string) => void (said.out += text),
      error: (text: string) => void (said.error += text),
    };
    const exitCode = await runCommand(
      command,
      ["--config", join(folder, "supergraph.yml"), ...args],
      writing,
    );
    return { exitCode, ...said };
  };
  return {
    folder,
    write,
    read: (path) => readFile(join(folder, path), "utf8"),
    check: (...args) => run(check, args),
    publish: (...args) => run(publish, args),
    rollback: (...args) => run(rollback, args),
    sections: async (...args) => {
      const { out, error } = await run(check, ["--format", "json", ...args]);
      if (!out) throw new Error(error);
      return Object.fromEntries((JSON.parse(out) as Report).sections.map((each) => [each.title, each]));
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
