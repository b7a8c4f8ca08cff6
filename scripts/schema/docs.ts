import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildSchema } from "graphql";
import { graphModel } from "#shared/federation/graphModel.ts";
import { CannotRun, runCommand, type Writing } from "./cannotRun.ts";
import { OWN_CONFIG, PROJECT_OPTIONS, readProject } from "./project.ts";
import { readPublished } from "./published.ts";
import { readUsage } from "./readUsage.ts";
import { reference } from "./reference/reference.ts";
import { graphMark } from "./reference/site.ts";
import { shownPath } from "./shownPath.ts";

/**
 * `npm run schema:docs [-- --config <file> --database --variant <name> --out <folder>]`: writes what is published as pages to read in a browser,
 * straight from the disk: to `docs/graph` beside the config by default. A folder that holds anything else than pages of this graph is left
 * alone, and so is one when writing fails.
 */
export async function docs(args: readonly string[], { out }: Writing): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...PROJECT_OPTIONS,
      variant: { type: "string" },
      out: { type: "string" },
    },
  });
  const { registry, versions, variant: ofProject, name, folder: ofConfig } = await readProject(values);
  const variant = values.variant ?? ofProject;
  const published = versions && (await readPublished(versions, variant));
  if (!registry || !published)
    throw new CannotRun(`Of the variant ${variant} of ${name} nothing is published: npm run schema:publish`);
  const { operations } = await readUsage(registry, buildSchema(published.apiSdl));
  const model = graphModel(published.supergraphSdl, operations);
  const folder = resolve(values.out ?? join(ofConfig, "docs/graph"));
  const graph = `${relative(folder, resolve(values.config ?? OWN_CONFIG))} ${variant}`;
  const pages = reference(model, { title: `Graph ${variant}, version ${published.version}`, graph });
  await replaceFolder(folder, pages, graph);
  out(`Wrote ${pages.size} files: open ${shownPath(join(folder, "index.html"))}\n`);
  return 0;
}

async function replaceFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  graph: string,
): Promise<void> {
  await requireOurs(folder, graph);
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  for (const under of new Set([...files.keys()].map((path) => dirname(join(fresh, path))))) {
    await mkdir(under, { recursive: true });
  }
  const entries = [...files];
  while (entries.length > 0) {
    await Promise.all(entries.splice(0, AT_ONCE).map(([path, text]) => writeFile(join(fresh, path), text)));
  }
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

// As many files as may be open at a time on any system.
const AT_ONCE = 100;

// Pages say which config's graph they are of: those of another graph are something else too.
async function requireOurs(folder: string, graph: string): Promise<void> {
  if (!existsSync(folder) || (await readdir(folder)).length === 0) return;
  const index = join(folder, "index.html");
  if (existsSync(index) && readFileSync(index, "utf8").includes(graphMark(graph).html)) return;
  throw new CannotRun(
    `${shownPath(folder)} holds something else, or the pages of another graph: remove it, or give another folder with --out`,
  );
}

if (import.meta.main) process.exitCode = await runCommand(docs);
