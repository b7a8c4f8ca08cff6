import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import packageFile from "../../package.json" with { type: "json" };
import { largeGraph, operationOn } from "./schema/largeGraph.ts";

// npm run bench:schema: how long a check takes and how much memory, on this project's graph and on one of 100 subgraphs and 5,000
// types with 100 operations of clients. Each runs in a process of its own, as CI runs it.

type ScriptName = keyof typeof packageFile.scripts;

const SUBGRAPHS = 100;
const TYPES_EACH = 50;
// As npm runs them: `node`, its flags, and the script.
const [CHECK, PUBLISH] = ["schema:check", "schema:publish"].map((name) =>
  packageFile.scripts[name as ScriptName].split(" ").slice(1),
);

const folder = await mkdtemp(join(tmpdir(), "large-graph-"));
try {
  const config = await layOut(folder);
  const rows = [
    { what: "schema:check, this project's graph", goal: "< 10 s", ...(await measure(CHECK!)) },
    {
      what: `schema:publish, the first version of ${SUBGRAPHS} subgraphs, ${SUBGRAPHS * TYPES_EACH} types`,
      goal: "",
      ...(await measure([...PUBLISH!, "--config", config])),
    },
    {
      what: `schema:check, ${SUBGRAPHS} subgraphs, ${SUBGRAPHS * TYPES_EACH} types, ${SUBGRAPHS} operations`,
      goal: "< 60 s, < 1,000 MB",
      ...(await measure([...CHECK!, "--config", config])),
    },
  ];
  console.table(rows);
} finally {
  await rm(folder, { recursive: true });
}

async function layOut(to: string): Promise<string> {
  const graph = largeGraph(SUBGRAPHS, TYPES_EACH);
  for (const [name, sdl] of graph) await writeFile(join(to, `${name}.graphql`), sdl);
  const subgraphs = Object.fromEntries(
    [...graph.keys()].map((name) => [name, { schema: { file: `${name}.graphql` } }]),
  );
  const config = join(to, "supergraph.yml");
  await writeFile(config, JSON.stringify({ registry: "registry", subgraphs }));
  const operations = [...graph.keys()].map((id, index) => {
    return { id, name: `Page${index}`, type: "query", body: operationOn(index, SUBGRAPHS) };
  });
  await mkdir(join(to, "registry/operations/web"), { recursive: true });
  const manifest = { format: "apollo-persisted-query-manifest", version: 1, operations };
  await writeFile(join(to, "registry/operations/web/1.json"), JSON.stringify(manifest));
  return config;
}

/** Runs a script in a process of its own: wall-clock seconds, and the most memory it held, in MB. */
async function measure(
  args: string[],
): Promise<{ seconds: string; megabytes: number; exitCode: number | null }> {
  const started = performance.now();
  const report = `process.on("exit", () => require("node:fs").writeSync(2, "\\nMAXRSS " + process.resourceUsage().maxRSS + "\\n"))`;
  const preload = join(folder, "report.cjs");
  await writeFile(preload, report);
  const child = spawn(process.execPath, ["--require", preload, ...args], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, error] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (error += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  if (exitCode !== 0) process.stderr.write(`${out.slice(-2_000)}${error.slice(-2_000)}\n`);
  const megabytes = Math.round(Number(/MAXRSS (\d+)/.exec(error)?.[1]) / 1_024);
  return { seconds, megabytes, exitCode };
}
