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
  return {
    acquire(request: Loaded) {
      const load = { owner: ownerOf(request) ?? request.socket.remoteAddress };
      request[LOAD] = load;
      return loadShedder.acquire(load);
    },
    release: (request: Loaded) => loadShedder.release(request[LOAD]),
  };
}

// Whose it is may become known while it waits: it is let go of as whose it was let in. On the request itself: a WeakMap is work for
// every collection, and this is done for every request.
const LOAD = Symbol("whose a request was when it was let in");
type Loaded = IncomingMessage & { [LOAD]?: Load };
