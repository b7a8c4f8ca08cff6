// A gateway of the benchmark in a process of its own: says its address, and what it used, to the process that started it.

/** Tells the benchmark where this contender listens, and answers its questions about what was used so far. */
export function reportTo(port: number): void {
  process.on("message", (message) => {
    if (message !== "usage") return;
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ cpuMilliseconds: (user + system) / 1000, rssBytes: rss, heapBytes: heapUsed });
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ port });
}
