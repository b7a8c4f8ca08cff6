import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { root } from "./tree.ts";

/** A process of ours, really started, which can really be killed. */
export interface RunningProcess {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** SIGKILL: it gets no chance to do anything about it. */
  kill(): Promise<void>;
  /** SIGTERM: it stops by itself. */
  stop(): Promise<void>;
}

/** What a process is started with besides its environment. */
export interface StartingOptions {
  readonly args?: readonly string[];
  /** The project's folder, or that of a copy of it. */
  readonly cwd?: string;
}

/** Starts a TypeScript file of the project with this environment, and waits until it prints what says that it is ready. */
export async function startProcess(
  file: string,
  env: Record<string, string>,
  readyWhen: RegExp,
  { args = [], cwd = root }: StartingOptions = {},
): Promise<RunningProcess> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], NODE_NO_WARNINGS: "1", APOLLO_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const ready = Promise.withResolvers<void>();
  const hear = (text: Buffer): void => {
    printed += text.toString();
    if (readyWhen.test(printed)) ready.resolve();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = once(child, "exit");
  void ended.then(([code]) => ready.reject(new Error(`${file} ended with ${code}:\n${printed}`)));
  await ready.promise;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return { child, output: () => printed, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

/** Looks again and again until something holds; throws with what was seen last when it does not within the time. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  holds: (seen: T) => boolean,
  seconds = 60,
): Promise<T> {
  const deadline = performance.now() + seconds * 1_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline)
      throw new Error(`After ${seconds} s still: ${JSON.stringify(seen).slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
