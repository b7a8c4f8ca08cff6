import type { SupergraphLoader } from "../../gateway/supergraphLoader.ts";

/** A supergraph that stays what it is until a newer one is pushed. */
export interface PushedGraph extends SupergraphLoader {
  /** Fulfilled once the gateway has taken it or refused it. */
  push(supergraphSdl: string): Promise<void>;
}

/** Begins with this supergraph. */
export function pushedGraph(first: string): PushedGraph {
  let take: ((supergraphSdl: string) => Promise<void>) | undefined;
  return {
    load: async () => first,
    watch(onChange) {
      take = onChange;
      return () => (take = undefined);
    },
    push: async (supergraphSdl) => take?.(supergraphSdl),
  };
}
