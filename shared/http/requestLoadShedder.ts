import type { IncomingMessage } from "node:http";
import { LoadShedder } from "./loadShedder.ts";
import type { RequestLoadShedder } from "./requestPlaces.ts";

/**
 * Has requests wait before anything of them is read, while the event loop has more to do than it can. Nobody is authenticated by then:
 * what comes with the same credentials, or else from the same address, takes turns with the rest.
 */
export function requestLoadShedder(): RequestLoadShedder {
  const loadShedder = new LoadShedder();
  const loadOf = ({ headers, socket }: IncomingMessage) => ({
    owner: headers.authorization ?? socket.remoteAddress,
  });
  return {
    acquire: (request) => loadShedder.acquire(loadOf(request)),
    release: (request) => loadShedder.release(loadOf(request)),
  };
}
