import type { Engine } from "./engine.ts";

/** The engine new requests start on. A request keeps the engine it got, so it ends on the graph it started on. */
export interface EngineHolder {
  readonly current: Engine;
  /** From here on new requests get this engine; the old one is closed when its last request has ended. */
  swap(next: Engine): Promise<void>;
  /** Tells of each swap; answers with what ends the telling. */
  onSwap(listener: (engine: Engine) => void): () => void;
  close(): Promise<void>;
}

/** Holds an engine that can be exchanged while requests are under way. */
export function createEngineHolder(first: Engine): EngineHolder {
  let current = first;
  const listeners = new Set<(engine: Engine) => void>();
  return {
    get current() {
      return current;
    },
    async swap(next) {
      const previous = current;
      current = next;
      for (const listener of listeners) listener(next);
      await previous.close();
    },
    onSwap(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => current.close(),
  };
}
