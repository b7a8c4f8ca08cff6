import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, isFree } from "../freePort.ts";
import { isHeldByDebugger } from "./debugger.ts";
import { run, type RunningChild } from "./processes.ts";
import { say } from "./say.ts";

/** One subgraph as a process of its own, which is started again and again. */
export interface SubgraphProcess {
  /**
   * Loads and opens it as it is now, and only then has it take the place of the one that runs; fulfilled once it serves or has ended. When it
   * cannot be, the answer says why, and the old one runs on.
   */
  restart(): Promise<string | null>;
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** Prepares to run a subgraph with its inspector open, always at the same address. */
export async function subgraphProcess(
  name: string,
  root: URL,
  env: Readonly<Record<string, string>>,
): Promise<SubgraphProcess> {
  const inspector = (await isFree(USUAL_INSPECTOR)) ? USUAL_INSPECTOR : await freePort();
  let running: RunningChild | undefined;
  let loading: RunningChild | undefined;
  const isRunning = () => running?.isRunning() ?? false;
  const onEnd = (child: RunningChild, how: string) => {
    if (child === running) say(name, `ended ${how}; it is started again when a file is saved`, "bad");
  };
  const isHeld = () => isHeldByDebugger(inspector);
  const onHeld = () => say(name, "is held by a debugger; the new code takes over when that lets it go");
  return {
    async restart() {
      const next = load(name, root, env, onEnd);
      loading = next.child;
      const unfit = await next.unfit;
      if (unfit !== null) {
        const left = isRunning() ? "the last good code serves on" : "nothing serves until a file is saved";
        say(name, [`does not start; ${left}`, unfit], "bad");
        return unfit;
      }
      await running?.stop({ isHeld, onHeld });
      const startedAt = performance.now();
      running = next.child;
      await running.ask({ kind: "listen", inspector });
      if (!(await serves(running, `http://127.0.0.1:${env["PORT"]}/readyz`))) return null;
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      say(
        name,
        `serves as process ${running.child.pid} after ${seconds} s, inspector at 127.0.0.1:${inspector}`,
        "good",
      );
      return null;
    },
    isRunning,
    stop: async () => void (await Promise.all([running?.stop(), loading?.stop()])),
  };
}

const USUAL_INSPECTOR = 9229;

interface Loading {
  readonly child: RunningChild;
  /** Why it cannot serve; null once it is ready to. */
  readonly unfit: Promise<string | null>;
}

// What it says of itself while it loads is why it cannot, or goes on with the rest.
function load(
  name: string,
  root: URL,
  env: Readonly<Record<string, string>>,
  onEnd: (child: RunningChild, how: string) => void,
): Loading {
  const options = {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: ["--import", new URL("standalone/dev/besidePreload.ts", root).href],
    stdio: ["inherit", "inherit", "pipe", "ipc"] as ("inherit" | "pipe" | "ipc")[],
  };
  const child = run(new URL(`subgraphs/${name}/main.ts`, root), options, (how) => onEnd(child, how));
  const { stderr } = child.child;
  let said = "";
  let isLoaded = false;
  stderr?.on("data", (chunk: Buffer) => {
    if (isLoaded) process.stderr.write(chunk);
    else said += String(chunk);
  });
  const closed = once(child.child, "close");
  const unfit = child.loaded.then(
    () => {
      isLoaded = true;
      process.stderr.write(said);
      return null;
    },
    async (error: Error) => {
      await closed;
      return said.trim() || error.message;
    },
  );
  return { child, unfit };
}

async function serves({ isRunning }: RunningChild, readiness: string): Promise<boolean> {
  for (; isRunning(); await wait(30)) {
    const answer = await fetch(readiness).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
  }
  return false;
}
