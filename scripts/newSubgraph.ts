import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { format } from "prettier";
import { parse as parseYaml } from "yaml";
import { apiSchemaOf } from "./schema/apiSchema.ts";
import { CannotRun, runCommand, type Writing } from "./schema/cannotRun.ts";
import { editsOf } from "./newSubgraph/edits.ts";
import { filesOf } from "./newSubgraph/files.ts";
import { namesOf, type SubgraphNames } from "./newSubgraph/names.ts";

/**
 * `npm run new:subgraph -- <name> [<Noun>]`: a subgraph that keeps one kind of thing, with everything that every subgraph has, and
 * that passes every check at once. When something fails half way, everything is as it was.
 */
export async function newSubgraph(args: readonly string[], { out }: Writing): Promise<number> {
  const [subgraph, noun] = args;
  const names = namesOf(subgraph, noun);
  if (typeof names === "string") throw new CannotRun(names);
  await requireFree(names);
  const changed = new Changes(ROOT);
  try {
    for (const [path, text] of Object.entries(filesOf(names)))
      await changed.write(path, await formatted(path, text));
    for (const [path, edit] of Object.entries(editsOf(names))) {
      const text = await readFile(join(ROOT, path), "utf8");
      await changed.write(path, await formatted(path, edit(text)));
    }
    out(
      `Wrote subgraphs/${names.subgraph} and what lists it. Generating its types, its migration and the supergraph …\n`,
    );
    await changed.keep(...generatedBy(names));
    const generated = await Promise.allSettled([
      run("scripts/codegen.ts").then(() => run("scripts/schema/compose.ts")),
      run("migrations/new.ts", names.subgraph, names.subgraph),
    ]);
    // Only when all have ended, so that nothing is written after it was undone.
    for (const each of generated) if (each.status === "rejected") throw each.reason;
  } catch (error) {
    await changed.undo();
    throw error;
  }
  out(`${changed.told().join("\n")}\n\n${next(names)}\n`);
  return 0;
}

const ROOT = join(import.meta.dirname, "..");

async function requireFree({ subgraph, Noun, noun, nouns }: SubgraphNames): Promise<void> {
  for (const path of [`subgraphs/${subgraph}`, `tests/${subgraph}`, `migrations/${subgraph}`]) {
    if (existsSync(join(ROOT, path))) throw new CannotRun(`${path} exists already: choose another name`);
  }
  const supergraph = await readFile(join(ROOT, "supergraph/supergraph.graphql"), "utf8");
  const schema = apiSchemaOf(supergraph);
  if (schema.getType(Noun)) {
    throw new CannotRun(
      `The graph has a type ${Noun} already: name another, npm run new:subgraph -- ${subgraph} <Noun>`,
    );
  }
  const taken = [noun, nouns].find((field) => field in (schema.getQueryType()?.getFields() ?? {}));
  if (taken) throw new CannotRun(`The graph has a field Query.${taken} already: choose another noun`);
  const permissions = parseYaml(await readFile(join(ROOT, "supergraph/permissions.yml"), "utf8")) as object;
  const permission = [`${Noun}Read`, `${Noun}Manage`].find((name) => name in permissions);
  if (permission) throw new CannotRun(`There is a permission ${permission} already: choose another noun`);
}

// What generating writes besides new files of the subgraph's own folders.
function generatedBy({ subgraph }: SubgraphNames): string[] {
  return [
    "supergraph/supergraph.graphql",
    "supergraph/permissions.ts",
    "supergraph/permissions.graphql",
    "docs/permissions.md",
    `subgraphs/${subgraph}/schema/resolvers.generated.ts`,
    `migrations/${subgraph}/0001_${subgraph}.sql`,
  ];
}

async function formatted(path: string, text: string): Promise<string> {
  const parsers = { ts: "typescript", graphql: "graphql", md: "markdown", yml: "yaml" } as const;
  const parser = parsers[path.slice(path.lastIndexOf(".") + 1) as keyof typeof parsers];
  return format(text, { parser, printWidth: 110 });
}

async function run(script: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [script, ...args], { cwd: ROOT }).catch(
    (error: Error & { stderr?: string }) => {
      throw new CannotRun(
        `node ${script} failed, and nothing was changed: ${error.stderr?.trim() || error.message}`,
      );
    },
  );
}

/** Files as they were before they were written. */
class Changes {
  readonly #root: string;
  readonly #before = new Map<string, string | null>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Remembers files that somebody else is about to write. */
  async keep(...paths: string[]): Promise<void> {
    for (const path of paths) {
      if (!this.#before.has(path)) {
        this.#before.set(path, await readFile(join(this.#root, path), "utf8").catch(() => null));
      }
    }
  }

  async write(path: string, text: string): Promise<void> {
    await this.keep(path);
    await mkdir(dirname(join(this.#root, path)), { recursive: true });
    await writeFile(join(this.#root, path), text);
  }

  /** Puts every file back, and takes away those that were not there and the folders they leave empty. */
  async undo(): Promise<void> {
    for (const [path, text] of this.#before) {
      if (text !== null) await writeFile(join(this.#root, path), text);
      else await this.#remove(path);
    }
  }

  async #remove(path: string): Promise<void> {
    await rm(join(this.#root, path), { force: true });
    const isEmptied = (folder: string) =>
      rmdir(join(this.#root, folder)).then(
        () => true,
        () => false,
      );
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
      if (!(await isEmptied(folder))) return;
    }
  }

  told(): string[] {
    return [...this.#before]
      .map(([path, text]) => `${text === null ? "new    " : "changed"}  ${path}`)
      .sort();
  }
}

function next({ subgraph, Noun }: SubgraphNames): string {
  return `Next: say in subgraphs/${subgraph}/schema/${Noun}.graphql and entities/${Noun}.ts what one is,
then npm run codegen && npm run schema:compose && npx vitest run tests/${subgraph}.
npm run dev -- ${subgraph} starts everything with this subgraph as a process of its own.`;
}

if (import.meta.main) process.exitCode = await runCommand(newSubgraph);
