import { counter, gauge, histogram } from "#shared/telemetry/metrics.ts";
import type { PlanDemand } from "./planDemand.ts";
import { PlanningQueue, type Lane, type Waiting } from "./planningQueue.ts";
import { PlanningThread, type ThreadFailure, type ThreadResult, type ThreadTask } from "./planningThread.ts";

/** Something to be done by a planning thread, for whoever waits for it. */
export interface PlanningRequest {
  readonly kind: ThreadTask["kind"];
  readonly text: string;
  readonly how?: ThreadTask["how"];
  /** The labels of @override that are on. */
  readonly labelsOn?: readonly string[];
  /** Whether it is small, as far as can be told beforehand. */
  readonly isSmall: boolean;
  readonly demand: PlanDemand;
}

/** Bounds of what one graph has planned. */
export interface PlanningLimits {
  /** How long the planner may take for one operation. */
  readonly planningMilliseconds: number;
  /** The most heap of a planning thread. */
  readonly planningMegabytes: number;
}

/** A graph's use of the planning threads. */
export interface ThreadedPlanner {
  /** Rejects with a ThreadFailure; with PlanningRefused where it finds no room, or nobody waits any longer. */
  run(request: PlanningRequest): Promise<ThreadResult>;
  /** Refuses all that waits. The threads end when no other graph has them. */
  close(): void;
}

/** Thrown for what was not looked at: it may be asked for again. */
export class PlanningRefused extends Error {}

interface Job extends Waiting {
  readonly planner: ThreadTask["planner"];
  readonly limits: PlanningLimits;
  readonly request: PlanningRequest;
  readonly settled: PromiseWithResolvers<ThreadResult>;
}

/** What may wait, of all graphs of this process. */
const BOUNDS = { jobs: 1_000, bytes: 16 * 1024 * 1024 };
/** How long small operations wait behind a large one before they get a thread of their own. */
const PATIENCE_MILLISECONDS = 100;
/** What looked small and takes longer is begun anew where it keeps no small one waiting. */
const SMALL_MILLISECONDS = 1_000;
/** How long the thread for small operations stays with nothing to do. */
const IDLE_MILLISECONDS = 60_000;

// All graphs of a process share its threads: one that takes everything, started with the first operation that is to be planned, and one
// for small operations alone, started when these would wait for long behind a large one.
const queue = new PlanningQueue<Job>(BOUNDS);
const threads = new Map<Lane, PlanningThread>();
const graphs = new Set<number>();
let graphsSoFar = 0;
let patience: NodeJS.Timeout | undefined;
let idle: NodeJS.Timeout | undefined;

const outcomes = counter(
  "gateway_plannings_total",
  "Operations given to the planner, by what came of it: planned, failed, time, memory, refused",
  ["outcome"],
);
const seconds = histogram("gateway_planning_seconds", "How long the planner took, waiting for it left out");
gauge("gateway_planning_waiting", "Operations that wait for the planner", [], function () {
  this.set(queue.length);
});

gauge("gateway_planning_threads", "Planning threads that run", [], function () {
  this.set(threads.size);
});

/** Has a graph's operations planned by the threads of this process; starts none as long as nothing is asked. */
export function openThreadedPlanner(
  graph: Omit<ThreadTask["planner"], "id">,
  limits: PlanningLimits,
): ThreadedPlanner {
  const planner = { ...graph, id: ++graphsSoFar };
  graphs.add(planner.id);
  return {
    run(request) {
      const settled = Promise.withResolvers<ThreadResult>();
      if (!graphs.has(planner.id)) return Promise.reject(new PlanningRefused("The graph is closed."));
      const { isSmall, text, demand } = request;
      const job: Job = { planner, limits, request, settled, isSmall, bytes: text.length * 2 };
      enqueue(job);
      demand.onJoin((owner) => {
        if (queue.has(job)) refuse(queue.add(job, owner), TOO_MUCH);
      });
      dispatch();
      return settled.promise;
    },
    close() {
      graphs.delete(planner.id);
      for (const job of queue.remove((waiting) => waiting.planner.id === planner.id))
        refuse(job, "The graph is closed.");
      for (const thread of threads.values()) {
        if (thread.busyFor === planner.id || graphs.size === 0) thread.end();
        else thread.forget(planner.id);
      }
    },
  };
}

const TOO_MUCH = "Too much waits to be planned.";

function enqueue(job: Job): void {
  for (const owner of job.request.demand.owners) refuse(queue.add(job, owner), TOO_MUCH);
}

function refuse(job: Job | null, why: string): void {
  if (!job) return;
  outcomes.inc({ outcome: "refused" });
  job.settled.reject(new PlanningRefused(why));
}

function dispatch(): void {
  refuseUnwanted();
  for (const lane of ["small", "any"] as const) {
    if (lane === "small" && !threads.has(lane)) continue;
    if (threads.get(lane)?.isBusy) continue;
    const job = queue.next(lane);
    if (job) void runIn(lane, job);
    else if (lane === "small") endWhenIdle();
  }
  haveSmallLaneSoon();
}

function refuseUnwanted(): void {
  for (const job of queue.remove(({ request }) => !request.demand.isWanted()))
    refuse(job, "Nobody waits any longer.");
}

function haveSmallLaneSoon(): void {
  if (!queue.hasSmall() || threads.has("small")) return;
  patience ??= setTimeout(openSmallLane, PATIENCE_MILLISECONDS).unref();
}

async function runIn(lane: Lane, job: Job): Promise<void> {
  if (lane === "small") clearTimeout(idle);
  const { planner, limits, request, settled } = job;
  const { kind, text, how, labelsOn } = request;
  const usual = limits.planningMilliseconds;
  const milliseconds = lane === "small" ? Math.min(SMALL_MILLISECONDS, usual) : usual;
  const thread = threadFor(lane, limits);
  const begunAt = performance.now();
  try {
    const result = await thread.run({ kind, planner, text, how, labelsOn, milliseconds });
    seconds.observe((performance.now() - begunAt) / 1_000);
    outcomes.inc({ outcome: "planned" });
    settled.resolve(result);
  } catch (error) {
    const { fault } = error as ThreadFailure;
    if (fault === "time" && milliseconds < usual) enqueue({ ...job, isSmall: false });
    else {
      outcomes.inc({ outcome: fault === "error" ? "failed" : fault });
      settled.reject(error);
    }
  }
  if (thread.isOver && threads.get(lane) === thread) threads.delete(lane);
  dispatch();
}

function threadFor(lane: Lane, { planningMegabytes }: PlanningLimits): PlanningThread {
  const known = threads.get(lane);
  if (known && !known.isOver) return known;
  const thread = new PlanningThread(planningMegabytes, () => {
    if (threads.get(lane) === thread) threads.delete(lane);
  });
  threads.set(lane, thread);
  return thread;
}

function openSmallLane(): void {
  patience = undefined;
  refuseUnwanted();
  // Another thread would have to make the planner, too.
  if (!threads.get("any")?.hasBegun) return haveSmallLaneSoon();
  const job = threads.has("small") ? undefined : queue.next("small");
  if (job) void runIn("small", job);
}

function endWhenIdle(): void {
  clearTimeout(idle);
  idle = setTimeout(() => {
    const thread = threads.get("small");
    if (thread && !thread.isBusy) thread.end();
  }, IDLE_MILLISECONDS);
  idle.unref();
}
