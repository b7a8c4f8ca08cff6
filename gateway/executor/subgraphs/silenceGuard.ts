import { SubgraphFailure } from "../contract.ts";

/** Watches that something comes. */
export interface SilenceGuard {
  /** Tells that something came. */
  heard(): void;
  /** Watches no longer. */
  stop(): void;
}

/**
 * Asks whether a subgraph is there whenever nothing has been heard of it for so long, since a stream on which nothing happens looks like
 * one that is frozen. Calls `onSilent` once when it is not, and watches no longer.
 */
export function guardAgainstSilence(
  milliseconds: number,
  isThere: () => Promise<boolean>,
  onSilent: (failure: SubgraphFailure) => void,
): SilenceGuard {
  let isOver = false;
  const timer = setTimeout(() => {
    void isThere().then((is) => {
      if (isOver) return;
      if (is) return void timer.refresh();
      isOver = true;
      onSilent(new SubgraphFailure("timeout", "has fallen silent, and does not answer"));
    });
  }, milliseconds);
  timer.unref();
  return {
    heard: () => void (isOver || timer.refresh()),
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
