import { fork, type ChildProcess, type ForkOptions } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { asking, type Asked } from "./channel.ts";

/** A process of the session's own. */
export interface RunningChild extends Asked {
  readonly child: ChildProcess;
  isRunning(): boolean;
  /** Tells it to stop, and makes it when it does not; but not while it is held, if that can be found out. */
  stop(holding?: Holding): Promise<void>;
}

/** What may hold a process, so that it cannot stop when it is told to. */
export interface Holding {
  isHeld(): Promise<boolean>;
  /** Called once when it is. */
  onHeld(): void;
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
    async stop(holding) {
      isAskedToStop = true;
      if (!isRunning()) return;
      child.kill("SIGTERM");
      if (await endsInTime(ended)) return;
      if (await holding?.isHeld()) {
        holding?.onHeld();
        while (await holding?.isHeld()) if (await endsInTime(ended)) return;
        if (await endsInTime(ended)) return;
      }
      child.kill("SIGKILL");
      await ended;
    },
  };
}

const PATIENCE_MS = 4_000;

async function endsInTime(ended: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const patience = wait(PATIENCE_MS, false, { signal: late.signal }).catch(() => false);
  const isOver = await Promise.race([ended.then(() => true), patience]);
  late.abort();
  return isOver;
}
