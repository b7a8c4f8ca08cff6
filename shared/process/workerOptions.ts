import type { Database } from "#shared/database/database.ts";
import type { ErrorTable } from "#shared/errors/exposed.ts";
import type { Log } from "#shared/log/log.ts";
import type { CommandHandler } from "./commands.ts";
import type { Effect } from "./effects.ts";
import type { OnParked } from "./parkedWork.ts";
import type { Process } from "./process.ts";

/** What a worker works on, and with what. */
export interface WorkerOptions {
  readonly database: Database;
  readonly log: Log;
  /** Handed to processes that ask and effects that call. */
  readonly services: unknown;
  readonly commands: readonly CommandHandler[];
  readonly processes: readonly Process[];
  readonly effects: readonly Effect[];
  /**
   * How many batches of commands and processes are in hand at once, each on a connection of its own; 4 by default. A
   * tenant has half of them at most while others have work, and all but one otherwise.
   */
  readonly concurrency?: number | undefined;
  /** How many calls to the outside world are made at once, in each of their lanes; 32 by default. */
  readonly callConcurrency?: number | undefined;
  /** How many rows are claimed at once; 20 by default. */
  readonly batch?: number | undefined;
  /** Told when a command is parked. */
  readonly onParked?: OnParked | undefined;
  /** The sentences that explain to people why a command is parked. */
  readonly messages?: ErrorTable | undefined;
  /** How long a command or a look at a process may take before it counts as failed; 30 by default. */
  readonly handlerTimeoutSeconds?: number | undefined;
}
