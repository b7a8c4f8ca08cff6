import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { concernedBy, together, type Concerned } from "./changes.ts";
import { openGraphOnDisk } from "./graphOnDisk.ts";
import { say } from "./say.ts";
import type { ServerProcess } from "./serverProcess.ts";
import type { Session } from "./session.ts";
import type { SubgraphProcess } from "./subgraphProcess.ts";
import { welcome } from "./welcome.ts";

/** A day of development: what happens when files change. Its functions are called one after another. */
export interface Day {
  /** Starts everything, or says why the graph on disk does not let it. */
  begin(): Promise<void>;
  /** Makes what runs follow these files. */
  take(paths: readonly string[]): Promise<void>;
  /** Starts what has ended; called when a file is saved as it was. */
  revive(): Promise<void>;
}

/** What a day is made of. */
export interface DayParts {
  readonly session: Session;
  readonly names: readonly string[];
  readonly root: URL;
  readonly server: ServerProcess;
  /** The subgraph that is a process of its own. */
  readonly beside: SubgraphProcess | null;
}

/** Opens a day; nothing runs yet. */
export function openDay(parts: DayParts): Day {
  const { session, names, root, server, beside } = parts;
  const graph = openGraphOnDisk(root);
  const running = openRunning(parts);
  let problem: string | null = null;
  // What could not be done yet because the graph on disk does not compose.
  let owed: Concerned = NOTHING;
  const fail = async (title: string, lines: readonly string[]) => {
    problem = lines.join("\n");
    const left = server.isRunning() ? "the last good graph serves on" : "nothing serves until it does";
    say("schema", [`${title}; ${left}`, ...lines], "bad");
    await server.ask({ kind: "problem", problem });
  };
  const repaired = async () => {
    problem = null;
    await server.ask({ kind: "problem", problem });
    say("schema", "The graph on disk serves again", "good");
  };
  const take = async (now: Concerned, isFirst: boolean) => {
    if (now.promises) await generatePromises(root);
    const isAnew = now.sdl.length > 0;
    const composed = isAnew ? await graph.compose() : null;
    if (composed?.faults) {
      owed = now;
      return fail("The graph does not compose", composed.faults);
    }
    if (composed && !isFirst) tell(composed);
    const refused = await running.follow(now, composed?.supergraphSdl ?? null, problem);
    if (refused === null && problem !== null) await repaired();
    if (refused !== null && isAnew)
      await fail("The graph composes, but is not served", [graph.withPlace(refused)]);
    if (isAnew && !isFirst) await generateTypes(root);
  };
  return {
    begin: () => take({ sdl: names, server: true, beside: true, promises: false }, true),
    take(paths) {
      const now = together(owed, concernedBy(paths, { names, beside: session.beside }));
      owed = NOTHING;
      return take(now, false);
    },
    async revive() {
      const isDown = !server.isRunning() || beside?.isRunning() === false;
      if (isDown && problem === null) await take(NOTHING, false);
    },
  };
}

/** The processes, as they follow what is on disk. */
interface RunningProcesses {
  /** The answer is why the graph or the code is not served; null when it is. */
  follow(now: Concerned, supergraphSdl: string | null, problem: string | null): Promise<string | null>;
}

function openRunning({ session, server, beside }: DayParts): RunningProcesses {
  let isWelcomed = false;
  const restart = async (problem: string | null) => {
    const { told, refused } = await server.restart(problem);
    if (refused !== undefined) return refused;
    if (told && !isWelcomed) process.stdout.write(`${welcome(told, session)}\n`);
    isWelcomed = true;
    return null;
  };
  const swap = async (supergraphSdl: string, changed: readonly string[]) =>
    (await server.ask({ kind: "graph", supergraphSdl, changed })).refused ?? null;
  const followHere = async (now: Concerned, supergraphSdl: string | null, problem: string | null) => {
    if (now.server || !server.isRunning()) return restart(problem);
    return supergraphSdl === null ? null : swap(supergraphSdl, now.sdl);
  };
  return {
    async follow(now, supergraphSdl, problem) {
      const isOwn = session.beside !== null && (now.beside || now.sdl.includes(session.beside));
      if (!beside || (!isOwn && beside.isRunning())) return followHere(now, supergraphSdl, problem);
      await server.ask({ kind: "wait" });
      const unfit = await beside.restart();
      const refused = unfit ?? (await followHere(now, supergraphSdl, problem));
      await server.ask({ kind: "goOn" });
      return refused;
    },
  };
}

const NOTHING: Concerned = { sdl: [], server: false, beside: false, promises: false };

function tell({ changes, milliseconds }: { changes: readonly string[]; milliseconds: number }): void {
  const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;
  const what = changes.length === 0 ? "No change that clients notice" : count;
  say("schema", [`${what}, composed in ${Math.round(milliseconds)} ms`, ...changes]);
}

// Loaded when it is needed first: it takes longer to load than everything else.
async function generateTypes(root: URL): Promise<void> {
  const { codegenSchema } = await import("../../scripts/codegenSchema.ts");
  await codegenSchema(fileURLToPath(root).replace(/\/$/, ""), false);
}

async function generatePromises(root: URL): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ["scripts/codegen.ts"], { cwd: root });
  } catch (error) {
    say("codegen", (error as { stderr?: string }).stderr?.trim() || String(error), "bad");
  }
}
