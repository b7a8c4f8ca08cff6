import cluster from "node:cluster";
import { readFileSync } from "node:fs";

// A gateway of the benchmark in a process of its own: says its address, and what it used, to the process that started it.

/** Tells the benchmark where this contender listens, and answers its questions about what was used so far, its workers included. */
export function reportTo(port: number): void {
  process.on("message", (message) => {
    if (message !== "usage") return;
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    const workers = Object.values(cluster.workers ?? {}).map((worker) => usageOf(worker?.process.pid));
    const cpuMilliseconds = workers.reduce((sum, one) => sum + one.cpuMilliseconds, (user + system) / 1000);
    const rssBytes = workers.reduce((sum, one) => sum + one.rssBytes, rss);
    process.send?.({ cpuMilliseconds, rssBytes, heapBytes: heapUsed });
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ port });
}

// Of another process only Linux tells (proc(5)): in hundredths of a second, and in pages of 4 KB.
function usageOf(pid: number | undefined): { cpuMilliseconds: number; rssBytes: number } {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [user = NaN, system = NaN, pages = NaN] = [fields[11], fields[12], fields[21]];
  return { cpuMilliseconds: (user + system) * 10, rssBytes: pages * 4_096 };
}
