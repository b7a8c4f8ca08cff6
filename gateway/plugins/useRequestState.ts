import type { HttpPlugin, RequestState } from "../context.ts";

/**
 * Gives every plugin the state that its request was sent on its way with. Handed to Yoga as a context, it would be copied property by
 * property, with its descriptors, which costs as much as a few plugins.
 */
export function useRequestState(): HttpPlugin {
  return {
    onRequest({ request, serverContext }) {
      Object.assign(serverContext, (request as Carrying)[STATE]);
    },
  };
}

/** Sends a request on its way with this state; the answer is the request. */
export function carrying(request: Request, state: RequestState): Request {
  (request as Carrying)[STATE] = state;
  return request;
}

const STATE = Symbol("what the request carries through all plugins");
type Carrying = Request & { [STATE]?: RequestState };
