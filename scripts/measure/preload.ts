import { registerHooks } from "node:module";

// Given to node with --import in a process that is measured: it answers its parent with its memory, and with how many modules were loaded
// if they are counted, which takes time of its own.
let modules = 0;
if (process.env["MEASURE_MODULES"]) {
  registerHooks({
    load(url, context, next) {
      if (!url.startsWith("node:")) modules += 1;
      return next(url, context);
    },
  });
}
process.on("message", () => process.send?.({ modules, rssBytes: process.memoryUsage.rss() }));
process.channel?.unref();
