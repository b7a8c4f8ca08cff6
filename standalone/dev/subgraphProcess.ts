import { execFile } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort, isFree } from "../freePort.ts";
import { run, type RunningChild } from "./processes.ts";
import { say } from "./say.ts";

/** One subgraph as a process of its own, which is started again and again. */
export interface SubgraphProcess {
  /** Starts it, in place of the one that runs; fulfilled once it serves or has ended. When its code or its SDL is not fit, the answer says why, and the old one runs on. */
  restart(): Promise<string | null>;
  stop(): Promise<void>;
}

/** Prepares to run a subgraph with its inspector open, always at the same address. */
export async function subgraphProcess(
  name: string,
  root: URL,
  env: Readonly<Record<string, string>>,
): Promise<SubgraphProcess> {
  const inspector = (await isFree(USUAL_INSPECTOR)) ? USUAL_INSPECTOR : await freePort();
  const leash = new URL("standalone/dev/leash.ts", root);
  const options = {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: [`--inspect=127.0.0.1:${inspector}`, "--import", leash.href],
  };
  let running: RunningChild | undefined;
  const start = () =>
    run(new URL(`subgraphs/${name}/main.ts`, root), options, (how) =>
      say(name, `ended ${how}; it is started again when a file changes`, "bad"),
    );
  return {
    async restart() {
      const unfit = await whyUnfit(name, root);
      if (unfit !== null) {
        say(name, ["does not start; the last good code serves on", unfit], "bad");
        return unfit;
      }
      await running?.stop();
      const startedAt = performance.now();
      running = start();
      if (!(await serves(running, `http://127.0.0.1:${env["PORT"]}/readyz`))) return null;
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      say(
        name,
        `serves as process ${running.child.pid} after ${seconds} s, inspector at 127.0.0.1:${inspector}`,
        "good",
      );
      return null;
    },
    stop: async () => running?.stop(),
  };
}

const USUAL_INSPECTOR = 9229;

// Asked of another process: this one could load the code only once.
async function whyUnfit(name: string, root: URL): Promise<string | null> {
  const file = new URL("standalone/dev/fits.ts", root);
  return promisify(execFile)(process.execPath, [fileURLToPath(file), name], { cwd: root }).then(
    () => null,
    ({ stderr, message }: { stderr?: string; message: string }) => stderr?.trim() || message,
  );
}

async function serves({ isRunning }: RunningChild, readiness: string): Promise<boolean> {
  for (; isRunning(); await wait(30)) {
    const answer = await fetch(readiness).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
  }
  return false;
}
