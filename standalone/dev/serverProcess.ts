import type { Answer, Question } from "./channel.ts";
import { run, type RunningChild } from "./processes.ts";
import { say } from "./say.ts";
import type { Session } from "./session.ts";

/** The gateway and the subgraphs behind it as a process that is replaced when its code changes. */
export interface ServerProcess {
  /** Loads the code as it is now; only when that went well it takes the place of the process that serves. */
  restart(problem: string | null): Promise<Answer>;
  ask(question: Question): Promise<Answer>;
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** Prepares to run the server of a session. */
export function serverProcess(session: Session, root: URL): ServerProcess {
  let current: RunningChild | undefined;
  let loading: RunningChild | undefined;
  const isRunning = () => current?.isRunning() ?? false;
  const fall = (how: string) => {
    const left = isRunning()
      ? "the last good code serves on"
      : "nothing serves until a file is saved and it starts";
    say("server", `ended ${how}; ${left}`, "bad");
  };
  return {
    async restart(problem) {
      const startedAt = performance.now();
      const next = run(new URL("standalone/dev/server.ts", root), { cwd: root }, fall);
      loading = next;
      try {
        await next.loaded;
      } catch (error) {
        return { refused: (error as Error).message };
      }
      await current?.stop();
      const isFirst = current === undefined;
      current = next;
      const answer = await next.ask({ kind: "start", session, problem });
      if (answer.refused !== undefined) await fail(next, answer.refused);
      else if (!isFirst)
        say("server", `serves its new code after ${seconds(performance.now() - startedAt)}`, "good");
      return answer;
    },
    ask: async (question) => current?.ask(question) ?? { refused: "it does not run" },
    isRunning,
    async stop() {
      await Promise.all([current?.stop(), loading?.stop()]);
    },
  };
}

async function fail(server: RunningChild, why: string): Promise<void> {
  await server.stop();
  say("server", `did not start: ${why}; it is started again when a file is saved`, "bad");
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
