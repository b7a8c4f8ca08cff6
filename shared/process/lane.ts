import type { KindOfWork } from "./hints.ts";
import type { TenantTurns } from "./tenantTurns.ts";
import type { WorkerOptions } from "./worker.ts";

/** One kind of work, done a batch at a time; several batches may be in hand at once. */
export interface Lane extends KindOfWork {
  /**
   * Does a batch of the work that is due, of whose turn it is; the answer is how many rows that was. `onTaken` is called when there
   * is something, before it is done; HELD_BACK says that there may be more, of those whose slots are all taken. Work that fails is put back for later, by itself: it throws only when not even that
   * could be written down.
   */
  runSome(onTaken?: () => void): Promise<number | typeof HELD_BACK>;
}

/** There is work, but whoever it is for has all their slots in hand: worth another look when one of them is free. */
export const HELD_BACK = "held back";

/** What lanes are made with. */
export interface LaneOptions extends WorkerOptions {
  /** Aborted when what is in hand is to be let go of, since the worker stops: it is left to others, and has not failed. */
  readonly lettingGo: AbortSignal;
  /** Whose turn it is to have commands and processes worked on. */
  readonly turns: TenantTurns;
  /** How many rows are claimed at once. */
  readonly batch: number;
}
