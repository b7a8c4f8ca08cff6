import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve as absolute } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { contenders, type ContenderName } from "./contenders.ts";
import type { Options } from "./options.ts";
import type { SubgraphMood } from "./subgraphServers.ts";
import { supergraphAt } from "./workload.ts";

/** What a gateway's process used so far. */
export interface Usage {
  readonly cpuMilliseconds: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** A gateway that runs in a process, on a core, of its own. */
export interface Running {
  readonly name: ContenderName;
  /** Whether it is of another checkout. */
  readonly isBefore: boolean;
  readonly port: number;
  usage(): Promise<Usage>;
  stop(): void;
}

/** The subgraphs, all in one process. */
export interface Subgraphs {
  readonly supergraphFile: string;
  /** How many requests they were sent so far. */
  calls(): Promise<number>;
  /** From now on they answer like this. */
  be(mood: SubgraphMood): Promise<void>;
  stop(): void;
}

/** Keeps this process, which makes the load, off the measured core. */
export function stepAside({ cores }: Options): void {
  if (cores) spawnSync("taskset", ["-acp", String(cores[1]), String(process.pid)]);
}

export async function startSubgraphs({ cores }: Options): Promise<Subgraphs> {
  const child = start([fileOf("subgraphServers.ts")], cores?.[1]);
  const { urls } = await told<{ urls: Record<string, string> }>(child);
  const supergraphFile = join(mkdtempSync(join(tmpdir(), "bench-")), "supergraph.graphql");
  writeFileSync(
    supergraphFile,
    supergraphAt((name) => urls[name] ?? ""),
  );
  return {
    supergraphFile,
    calls: async () => (await told<{ calls: number }>(child, "calls")).calls,
    be: async (mood) => void (await told(child, mood)),
    stop: () => child.disconnect(),
  };
}

export async function startContender(
  name: ContenderName,
  { supergraphFile }: Subgraphs,
  { cores, profile }: Pick<Options, "cores" | "profile">,
  { env = {}, before = null }: { env?: Record<string, string>; before?: string | null } = {},
): Promise<Running> {
  // A profile for each thread.
  const flags = profile
    ? ["--cpu-prof", `--cpu-prof-dir=${join(profile, before ? `${name}-before` : name)}`]
    : [];
  // As every command of package.json that serves is started.
  const cached = ["--import", fileOf("../../../shared/runtime/compileCache.js")];
  const folder = before ? pathToFileURL(absolute(before, "tests/bench/gateway/x")) : import.meta.url;
  const file = fileURLToPath(new URL(contenders[name].file, folder));
  const child = start([...cached, ...flags, file, supergraphFile], cores?.[0], env);
  const { port } = await told<{ port: number }>(child);
  return {
    name,
    isBefore: before !== null,
    port,
    usage: () => told<Usage>(child, "usage"),
    stop: () => child.disconnect(),
  };
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function start(args: readonly string[], core?: number, env: Record<string, string> = {}): ChildProcess {
  const node = [process.execPath, ...args];
  const [command = "", ...rest] = core === undefined ? node : ["taskset", "-c", String(core), ...node];
  return spawn(command, rest, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", ...env },
  });
}

function told<T>(child: ChildProcess, question?: string | object): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`a process of the benchmark ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as T);
    });
    if (question) child.send(question);
  });
}
