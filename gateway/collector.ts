import { setFlagsFromString } from "node:v8";

// Imported first by a process that is a gateway. V8 puts what often survives a collection straight among the old objects. While fifty
// requests wait for subgraphs, much of what they hold survives one, so it took to doing that with promises and results: these then
// kept whole answers alive until the next full collection, and a request cost twice as much.
setFlagsFromString("--no-allocation-site-pretenuring");
