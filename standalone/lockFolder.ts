import { readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** The number of a process and, on Linux, since when it runs: numbers are given again, soonest after a container's restart. */
function lifeOf(pid: number): string {
  try {
    // The 22nd field of proc_pid_stat(5); the second is in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1)!.trim().split(" ");
    return `${pid} ${fields[19]}`;
  } catch {
    return String(pid);
  }
}

/** Whether a process of this number runs. */
export function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
