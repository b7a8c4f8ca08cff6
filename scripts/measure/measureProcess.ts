import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { z } from "zod";

/** A process of the product: what is started, with which environment, and what it prints when it is ready. */
export interface MeasuredProcess {
  readonly name: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ready: RegExp;
}

/** What starting it took. */
export interface Measured {
  readonly name: string;
  readonly milliseconds: number;
  readonly rssBytes: number;
  readonly modules: number;
}

/**
 * Starts a process twice: once to count its modules, which also leaves compiled code behind as any start but the first finds it, and
 * once to measure how long it takes until it is ready and how much memory it has then. Throws when it ends before.
 */
export async function measureProcess(measured: MeasuredProcess): Promise<Measured> {
  const { modules } = await startOnce(measured, { MEASURE_MODULES: "yes" });
  const { milliseconds, rssBytes } = await startOnce(measured, {});
  return { name: measured.name, milliseconds, rssBytes, modules };
}

const PRELOADED = ["../../shared/runtime/compileCache.js", "./preload.ts"].flatMap((file) => [
  "--import",
  new URL(file, import.meta.url).href,
]);

async function startOnce(
  { name, file, env, ready }: MeasuredProcess,
  counting: Readonly<Record<string, string>>,
): Promise<Omit<Measured, "name">> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...PRELOADED, file], {
    env: {
      PATH: process.env["PATH"],
      APOLLO_TELEMETRY_DISABLED: "1",
      NODE_NO_WARNINGS: "1",
      ...env,
      ...counting,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const ended = once(child, "exit");
  try {
    await printed(child, name, ready);
    const milliseconds = performance.now() - startedAt;
    child.send("How are you?");
    const [answer] = (await once(child, "message")) as [unknown];
    return { milliseconds, ...Answer.parse(answer) };
  } finally {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
  }
}

const Answer = z.object({ modules: z.number(), rssBytes: z.number() });

function printed(child: ChildProcess, name: string, ready: RegExp): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (ready.test(output)) resolve();
    });
  }
  child.once("exit", (code) => reject(new Error(`${name} ended with ${code}:\n${output}`)));
  return promise;
}
