import { fork, type ChildProcess, type ForkOptions } from "node:child_process";
import { once } from "node:events";
import { asking, type Asked } from "./channel.ts";

/** A process of the session's own. */
export interface RunningChild extends Asked {
  readonly child: ChildProcess;
  isRunning(): boolean;
  /** Tells it to stop, and makes it when it does not, as one that is held by a debugger. */
  stop(): Promise<void>;
}

/** Runs a file of the project; `onEnd` hears of an end that nobody asked for. */
export function run(file: URL, options: ForkOptions, onEnd: (how: string) => void): RunningChild {
  const child = fork(file, { stdio: "inherit", ...options });
  const ended = once(child, "exit");
  let isAskedToStop = false;
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  void ended.then(() => {
    if (!isAskedToStop) onEnd(child.signalCode ? `by ${child.signalCode}` : `with ${child.exitCode}`);
  });
  return {
    ...asking(child),
    child,
    isRunning,
    async stop() {
      isAskedToStop = true;
      if (!isRunning()) return;
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      await ended;
      clearTimeout(patience);
    },
  };
}

const PATIENCE_MS = 4_000;
