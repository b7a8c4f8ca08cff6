import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Makes sure that no other process uses a folder; the answer gives it free. A lock whose process is gone does not count. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "lock");
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, lifeOf(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = readFileSync(file, "utf8");
      const pid = Number.parseInt(holder);
      if (pid !== process.pid && isAlive(pid) && lifeOf(pid) === holder) {
        throw new Error(
          `${folder} is in use by process ${pid}. Stop it first, or choose another DATA_FOLDER.`,
          {
            cause: error,
          },
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new Error(`${folder} could not be locked`);
}

/** Whether a process of this number runs; one that ended, but that nobody has taken note of, does not. */
export function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return processTable(pid)?.state !== "Z";
}

/** The number of a process and, where the system tells, since when it runs: numbers are given again, soonest after a container's restart. */
function lifeOf(pid: number): string {
  const known = processTable(pid);
  return known ? `${pid} ${known.startedAt}` : String(pid);
}

// proc_pid_stat(5): the second field is in brackets and may hold anything, the third is the state, the 22nd the start.
// Only Linux has it.
function processTable(pid: number): { state: string; startedAt: string } | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  const fields = readFileSync(file, "utf8").split(")").at(-1)!.trim().split(" ");
  return { state: fields[0]!, startedAt: fields[19]! };
}
