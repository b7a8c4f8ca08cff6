import type { KindOfWork } from "./hints.ts";
import type { WorkerOptions } from "./worker.ts";

/** One kind of work, done one piece at a time; several may be in hand at once. */
export interface Lane extends KindOfWork {
  /**
   * Does one piece of work that is due; false when there is none. `onTaken` is called when there is one, before it is done.
   * Work that fails is put back for later: it throws only when not even that could be written down.
   */
  runOne(onTaken?: () => void): Promise<boolean>;
}

/** What lanes are made with. */
export interface LaneOptions extends WorkerOptions {
  /** Aborted when what is in hand is to be let go of, since the worker stops: it is left to others, and has not failed. */
  readonly lettingGo: AbortSignal;
}
