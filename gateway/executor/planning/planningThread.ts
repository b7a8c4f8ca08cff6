import { Worker } from "node:worker_threads";
import type { ThreadReply, ThreadRequest, ValidateHow } from "./planningMessages.ts";

/** Why a thread did not do what it was asked. */
export type ThreadFault = "time" | "memory" | "error";

/** Thrown for what a thread could not do, or not within its bounds. */
export class ThreadFailure extends Error {
  readonly fault: ThreadFault;

  constructor(fault: ThreadFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ThreadFailure";
    this.fault = fault;
  }
}

/** One thing a thread is asked: of which planner, and for how long it may take. */
export interface ThreadTask {
  readonly kind: "plan" | "validate";
  readonly planner: {
    readonly id: number;
    readonly supergraphSdl: string;
    readonly evaluatedPlans: number;
  };
  readonly text: string;
  readonly how?: ValidateHow | undefined;
  readonly labelsOn?: readonly string[] | undefined;
  readonly milliseconds: number;
}

/** The replies that end a task. */
export type ThreadResult = Extract<ThreadReply, { kind: "planned" | "validated" }>;

/** How long a planner may take to be opened: a graph of 5,000 types takes four seconds. */
const OPENING_MILLISECONDS = 60_000;

interface Current {
  readonly task: ThreadTask;
  readonly job: number;
  readonly resolve: (result: ThreadResult) => void;
  readonly reject: (failure: ThreadFailure) => void;
  /** Whether it is at the task itself, and not at making the planner for it. */
  hasBegun: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** A thread that does one thing at a time. It keeps the process alive while it has something to do, and no longer. */
export class PlanningThread {
  readonly #worker: Worker;
  readonly #onEnd: () => void;
  /** The planners that it has made. */
  readonly #open = new Set<number>();
  #jobs = 0;
  #isOver = false;
  #current: Current | null = null;

  /** Starts a thread; `onEnd` hears of its end, whatever the reason. */
  constructor(megabytes: number, onEnd: () => void) {
    this.#onEnd = onEnd;
    const file = new URL("./plannerThread.ts", import.meta.url);
    const worker = new Worker(file, {
      name: "planning",
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    this.#worker = worker;
    worker.unref();
    worker.on("message", (reply: ThreadReply) => this.#take(reply));
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const fault = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "error";
      this.#endWith(new ThreadFailure(fault, error.message, { cause: error }));
    });
    worker.on("exit", () => this.end());
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get isBusy(): boolean {
    return this.#current !== null;
  }

  /** Whether it is at its task, and not only at making the planner for it. */
  get hasBegun(): boolean {
    return this.#current?.hasBegun ?? false;
  }

  /** Which planner it works for; null while it has nothing to do. */
  get busyFor(): number | null {
    return this.#current?.task.planner.id ?? null;
  }

  /** Rejects with a ThreadFailure. After one of time or memory, and after any end that nobody asked for, the thread is over. */
  run(task: ThreadTask): Promise<ThreadResult> {
    const { promise, resolve, reject } = Promise.withResolvers<ThreadResult>();
    const { id: planner, supergraphSdl, evaluatedPlans } = task.planner;
    const job = (this.#jobs += 1);
    this.#current = { task, job, resolve, reject, hasBegun: false, timer: undefined };
    this.#worker.ref();
    this.#allow(OPENING_MILLISECONDS);
    if (!this.#open.has(planner)) this.#ask({ kind: "open", planner, supergraphSdl, evaluatedPlans });
    this.#open.add(planner);
    const { kind, text, how, labelsOn } = task;
    this.#ask({ kind, planner, job, text, how, labelsOn });
    return promise;
  }

  /** Lets go of a planner. */
  forget(planner: number): void {
    if (this.#open.delete(planner)) this.#ask({ kind: "close", planner });
  }

  end(): void {
    this.#endWith(new ThreadFailure("error", "A planning thread ended."));
  }

  #ask(request: ThreadRequest): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(request);
  }

  #take(reply: ThreadReply): void {
    const current = this.#current;
    if (!current) return;
    if (reply.kind === "failed") {
      // What then fails because there is no planner has failed already.
      if (reply.job === null) this.#open.delete(current.task.planner.id);
      else if (reply.job !== current.job) return;
      return this.#settle(({ reject }) =>
        reject(new ThreadFailure("error", reply.message, { cause: reply.stack })),
      );
    }
    if (reply.job !== current.job) return;
    if (reply.kind !== "begun") return this.#settle(({ resolve }) => resolve(reply));
    current.hasBegun = true;
    this.#allow(current.task.milliseconds);
  }

  #allow(milliseconds: number): void {
    const current = this.#current;
    if (!current) return;
    const isLate = () => {
      if (this.#current !== current) return;
      this.#endWith(new ThreadFailure("time", `Planning took longer than ${milliseconds} ms.`));
    };
    clearTimeout(current.timer);
    // This thread may have been held up itself: what has come in the meantime is read first.
    current.timer = setTimeout(() => setImmediate(isLate), milliseconds);
  }

  #endWith(failure: ThreadFailure): void {
    if (!this.#isOver) void this.#worker.terminate();
    this.#isOver = true;
    this.#onEnd();
    this.#settle(({ reject }) => reject(failure));
  }

  #settle(how: (current: Current) => void): void {
    const current = this.#current;
    this.#current = null;
    this.#worker.unref();
    if (!current) return;
    clearTimeout(current.timer);
    how(current);
  }
}
