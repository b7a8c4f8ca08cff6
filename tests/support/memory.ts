import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How many bytes of the heap are alive: after a collection, so that it tells what is kept and not what was. */
export function liveBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
