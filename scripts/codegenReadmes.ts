import { readFile, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "graphql";
import { format } from "prettier";
import { describeConfig, type ConfigShape } from "#shared/config/config.ts";
import type { Limit } from "#shared/limits/limits.ts";
import type { RpcCallers } from "#shared/rpc/callers.ts";
import { draw } from "#shared/machine/draw.ts";
import { drawPlan } from "./drawPlan.ts";
import { EVALUATED_PLANS } from "../gateway/executor/planning/plannedGraph.ts";
import { openPlanner } from "../gateway/executor/planning/planner.ts";

/**
 * Fills in what a README repeats of the code: between `<!-- variables of ./config.ts -->` and `<!-- end -->` the table of its
 * environment, between `<!-- limits of ./limits.ts -->` and `<!-- end -->` that of its limits, between `<!-- drawing of ./machines/xMachine.ts -->` and `<!-- end -->` the machine as it draws itself, and
 * between `<!-- plan of ./x.graphql -->` and `<!-- end -->` the plan of that operation on this graph, and between `<!-- callers of
 * ./callers.ts -->` and `<!-- end -->` the table of who may ask what, and between `<!-- answers of ./answers.ts -->` and `<!-- end -->` the table
 * of what becomes of subgraphs' answers.
 */
export async function codegenReadmes(root: string): Promise<Record<string, string>> {
  const folders = [".", "gateway", "standalone", ...(await subfolders(root, "subgraphs"))];
  const filled = folders.map(async (folder) => {
    const path = join(folder, "README.md");
    const text = await readFile(join(root, path), "utf8").catch(() => "");
    return text.includes("<!-- end -->") ? [[path, await fill(join(root, folder), text)]] : [];
  });
  return Object.fromEntries((await Promise.all(filled)).flat()) as Record<string, string>;
}

const BLOCK = /(<!-- (variables|limits|drawing|plan|callers|answers) of (\S+) -->)[^]*?(<!-- end -->)/g;

async function fill(folder: string, text: string): Promise<string> {
  let filled = text;
  for (const [block, start, what, path = "", end] of text.matchAll(BLOCK)) {
    const content = await CONTENTS[what as keyof typeof CONTENTS](join(folder, path));
    filled = filled.replace(block, () => `${start}\n\n${content}\n\n${end}`);
  }
  return format(filled, { parser: "markdown", printWidth: 110 });
}

const CONTENTS = { variables, limits, drawing, plan, callers, answers };

async function moduleOf(file: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

async function variables(path: string): Promise<string> {
  const module = await moduleOf(path);
  const [, shape] = Object.entries(module).find(([name]) => name.endsWith("Shape")) ?? [];
  if (!shape) throw new Error(`${path} exports no ...Shape`);
  const rows = describeConfig(shape as ConfigShape).map(({ name, description, required, fallback }) => {
    const absent = required ? "must be set" : fallback === undefined ? "" : `\`${withoutRoot(fallback)}\``;
    return `| \`${name}\` | ${description.replaceAll("|", "\\|")} | ${absent} |`;
  });
  return `| variable | what it says | when absent |\n|---|---|---|\n${rows.join("\n")}`;
}

async function limits(path: string): Promise<string> {
  const module = (await moduleOf(path)) as { limits: Readonly<Record<string, Limit>> };
  const rows = Object.values(module.limits).map(
    ({ what, per, most }) => `| ${what} | ${per} | ${most.toLocaleString("en")} |`,
  );
  return `| how many | in | at most |\n|---|---|---:|\n${rows.join("\n")}`;
}

// A default inside the project is another path on every machine.
function withoutRoot(fallback: unknown): string {
  return String(fallback).replaceAll(dirname(import.meta.dirname), ".");
}

async function drawing(path: string): Promise<string> {
  const module = await moduleOf(path);
  const machine = module[basename(path, ".ts")];
  if (typeof machine !== "object" || machine === null)
    throw new Error(`${path} exports no machine of its name`);
  return `\`\`\`mermaid\n${draw(machine)}\n\`\`\``;
}

async function plan(path: string): Promise<string> {
  const supergraph = new URL("../supergraph/supergraph.graphql", import.meta.url);
  const planner = openPlanner(await readFile(supergraph, "utf8"), { evaluatedPlans: EVALUATED_PLANS });
  const operation = await readFile(path, "utf8");
  const drawn = drawPlan(planner.plan(parse(operation)));
  return `\`\`\`graphql\n${operation.trim()}\n\`\`\`\n\n\`\`\`mermaid\n${drawn}\n\`\`\``;
}

async function subfolders(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

async function callers(path: string): Promise<string> {
  const module = (await moduleOf(path)) as { callers: RpcCallers };
  const rows = Object.entries(module.callers).flatMap(([typeName, methods]) =>
    Object.entries(methods).map(([method, named]) => {
      const answeredBy = typeName.split(".")[1]!;
      return `| \`${method}\` | ${answeredBy} | ${named.join(", ")} |`;
    }),
  );
  return ["| question | answered by | asked by |", "| --- | --- | --- |", ...rows].join("\n");
}

async function answers(path: string): Promise<string> {
  const module = (await moduleOf(path)) as {
    answers: Readonly<
      Record<string, readonly { readonly answer: string; readonly reads: { readonly words: string } }[]>
    >;
  };
  const rows = Object.entries(module.answers).flatMap(([about, all]) =>
    all.map(({ answer, reads }) => `| ${about} | ${answer} | ${reads.words} |`),
  );
  return ["| about | a subgraph answers | and the caller reads |", "| --- | --- | --- |", ...rows].join("\n");
}
