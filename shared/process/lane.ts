import type { Queue } from "./dueQueues.ts";
import type { KindOfWork } from "./hints.ts";
import type { TenantTurns } from "./tenantTurns.ts";
import type { WorkerOptions } from "./workerOptions.ts";

/** One kind of work, done a batch at a time; several batches may be in hand at once. */
export interface Lane extends KindOfWork {
  /**
   * Does a batch of the work that is due, of whose turn it is. `onTaken` is called when there is something, before it is done, with
   * whether a second look beside it may find more. Work that fails is put back for later, by itself: it throws only when not even
   * that could be written down.
   */
  runSome(onTaken?: (mayBeMore: boolean) => void): Promise<Ran>;
  /**
   * Whether work of this tenant, and for this destination where it is known, would be taken if there is some: looking is in vain
   * while all its slots are in hand.
   */
  hasSlotFor(tenantId: string, destination?: string): boolean;
}

/** What became of a look into a lane. */
export interface Ran {
  /** How many rows were worked on. */
  readonly count: number;
  /** The queues with work that is due for which no slot was free. */
  readonly heldBack: readonly Queue[];
  /** Whether something may be due since this was done that nobody hints at. */
  readonly leavesMore: boolean;
}

/** Nothing was due. */
export const NOTHING: Ran = { count: 0, heldBack: [], leavesMore: false };

/** What lanes are made with. */
export interface LaneOptions extends WorkerOptions {
  /** Aborted when what is in hand is to be let go of, since the worker stops: it is left to others, and has not failed. */
  readonly lettingGo: AbortSignal;
  /** Whose turn it is to have commands and processes worked on. */
  readonly turns: TenantTurns;
  /** How many rows are claimed at once. */
  readonly batch: number;
}
