import type { IncomingMessage } from "node:http";
import { LoadShedder, type Load } from "./loadShedder.ts";
import type { RequestLoadShedder } from "./requestPlaces.ts";

/**
 * Has requests wait before anything of them is read, while the event loop has more to do than it can. They take turns by whoever
 * `ownerOf` says that they are known to be of, without asking anybody; what is of nobody known, by the address that it comes from.
 * Credentials that nobody has verified count for nothing: with a new one each time, one sender would have a turn of its own each time.
 */
export function requestLoadShedder(
  ownerOf: (request: IncomingMessage) => string | undefined,
): RequestLoadShedder {
  const loadShedder = new LoadShedder();
  // Whose it is may become known while it waits; it is let go of as whose it was let in.
  const loads = new WeakMap<IncomingMessage, Load>();
  return {
    acquire(request) {
      const load = { owner: ownerOf(request) ?? request.socket.remoteAddress };
      loads.set(request, load);
      return loadShedder.acquire(load);
    },
    release: (request) => loadShedder.release(loads.get(request)),
  };
}
