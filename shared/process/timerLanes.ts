import { setTimeout as wait } from "node:timers/promises";
import type { AcrossTenants } from "#shared/database/database.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { withTenant } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { span } from "#shared/telemetry/telemetry.ts";
import {
  claim,
  claimAlone,
  claimForAsking,
  claimInTurn,
  claimOldest,
  type ClaimedTimer,
  type TakenTimers,
  type TimerLane,
} from "./claimTimers.ts";
import { dueQueuesOf } from "./dueQueues.ts";
import { inSavepoints, type BatchOutcome } from "./inSavepoints.ts";
import type { Lane, LaneOptions, Ran } from "./lane.ts";
import type { AskContext, Process } from "./process.ts";
import { HANDLER_TIMEOUT_SECONDS, within } from "./within.ts";
import type { WorkerOptions } from "./workerOptions.ts";

/** A lane per kind of process: each is looked at when its time has come. */
export function timerLanes(options: LaneOptions): Lane[] {
  return options.processes.map((process) => {
    const lane = { work: "timer", kind: process.kind } as const;
    const parts = { ...options, process, dueQueues: dueQueuesOf(lane), backlog: { isDeep: false } };
    return {
      ...lane,
      runSome: (onTaken) => runSome(parts, onTaken),
      hasSlotFor: (tenantId) => options.turns.hasSlotFor(lane.kind, tenantId),
    };
  });
}

const looks = counter("process_looks_total", "Looks at processes by what became of them", [
  "kind",
  "outcome",
]);

async function runSome(parts: TimerLane, onTaken: (mayBeMore: boolean) => void = () => {}): Promise<Ran> {
  const taken: TakenTimers = { claimed: [], turn: null, heldBack: [], now: null, onTaken };
  try {
    if (parts.process.ask) await askAndLookAtSome(parts, taken);
    else await lookAtSome(parts, taken);
    const count = taken.claimed.length;
    if (count >= parts.batch) await taken.turn?.rest();
    return { count, heldBack: taken.heldBack, leavesMore: count > 0 };
  } finally {
    taken.turn?.end();
  }
}

async function settle(parts: TimerLane, claimed: ClaimedTimer, error: unknown): Promise<void> {
  const { kind } = parts.process;
  if (parts.lettingGo.aborted) await handBack(parts, claimed);
  else if (error instanceof Superseded) await wait(error.pauseMs);
  else await putBack(parts, kind, claimed, error);
  looks.inc({ kind, outcome: error instanceof Superseded ? "superseded" : "failed" });
}

/** Somebody else looked at the process, or gave it another time, since it was claimed: nothing is left to do here. */
class Superseded extends Error {
  readonly pauseMs: number;
  constructor(pauseMs: number) {
    super("superseded");
    this.pauseMs = pauseMs;
  }
}

async function lookAtSome(parts: TimerLane, taken: TakenTimers): Promise<void> {
  const alone = await lookAtBatch(parts, async (all) => {
    if (!(await claimOldest(parts, all, taken)))
      await claimInTurn(parts, all, taken, (whose) => claim(all, parts, whose));
    return taken.claimed;
  });
  for (const claimed of alone) await lookAtBatch(parts, (all) => claimAlone(all, claimed));
}

// The answer is those that are to be looked at again at once, each in a transaction of its own. A single one has the
// transaction, and all the time there is, to itself.
async function lookAtBatch(
  parts: TimerLane,
  claimSome: (all: AcrossTenants) => Promise<ClaimedTimer[]>,
): Promise<ClaimedTimer[]> {
  const { database, process, lettingGo: signal } = parts;
  const outcome: BatchOutcome<ClaimedTimer> = { done: [], alone: [], failed: [] };
  let claimed: ClaimedTimer[] = [];
  try {
    await database.acrossTenants("look at the next processes", async (all) => {
      claimed = await claimSome(all);
      const [first, ...more] = claimed;
      if (!first) return all.onlyRead();
      const tx = all.become(first.tenant_id);
      const look = (piece: TenantTransaction, row: ClaimedTimer) =>
        inContext(parts, row, () => decide(piece, process, row, undefined));
      if (more.length === 0) return look(tx, first);
      const { handlerTimeoutSeconds: timeoutSeconds = HANDLER_TIMEOUT_SECONDS } = parts;
      const whatIsDone = `Looking at a process ${process.kind}`;
      await inSavepoints(tx, claimed, outcome, { timeoutSeconds, signal, whatIsDone, work: look });
    });
  } catch (error) {
    if (claimed.length === 0) throw error;
    if (claimed.length === 1 || signal.aborted) outcome.failed = claimed.map((row) => ({ row, error }));
    const failed = outcome.failed.map(({ row }) => row);
    outcome.alone = claimed.filter((row) => !failed.includes(row));
  }
  for (const { row, error } of outcome.failed) await settle(parts, row, error);
  const done = claimed.length - outcome.failed.length - outcome.alone.length;
  looks.inc({ kind: process.kind, outcome: "done" }, done);
  return outcome.alone;
}

// Nobody holds a connection while other services are asked; one of them may need it to answer. The timers are left alone by
// other workers for a moment, and should two of them ask at once all the same, the second to decide finds itself superseded.
async function askAndLookAtSome(parts: TimerLane, taken: TakenTimers): Promise<void> {
  await parts.database.acrossTenants("ask about the next processes", async (all) => {
    await claimInTurn(parts, all, taken, ({ isLast, ...whose }) => {
      const claiming = () => claimForAsking(all, parts, whose);
      return isLast ? all.last(claiming) : claiming();
    });
    if (taken.claimed.length === 0) all.onlyRead();
  });
  // Each by itself, at once: one whose answers are late keeps none of the others waiting.
  await Promise.all(
    taken.claimed.map((claimed) =>
      askAndLook(parts, claimed, taken.now!).then(
        () => looks.inc({ kind: parts.process.kind, outcome: "done" }),
        (error: unknown) => settle(parts, claimed, error),
      ),
    ),
  );
}

async function askAndLook(parts: TimerLane, claimed: ClaimedTimer, now: Temporal.Instant): Promise<void> {
  const { database, services, process } = parts;
  const { tenant_id: tenantId, subject_id: id } = claimed;
  await inContext(parts, claimed, async () => {
    const db = database.tenant(tenantId);
    const thing = await process.load(db, id);
    const answers = thing === null ? undefined : await ask(process, services, thing, { tenantId, now });
    await decideOnceFree(db, process, claimed, answers);
  });
}

// A service that says nothing must not hold a worker for as long as a look may take.
function ask(
  process: Process,
  services: unknown,
  thing: unknown,
  about: Omit<AskContext, "signal">,
): Promise<unknown> {
  const signal = AbortSignal.timeout(LONGEST_ASKING_SECONDS * 1_000);
  const asked = () => process.ask!(services, thing, { ...about, signal });
  return within(LONGEST_ASKING_SECONDS + 0.5, `Asking for a process ${process.kind}`, asked);
}

const LONGEST_ASKING_SECONDS = 4;

// Another worker that looks for what is due may hold the timer for the moment of its look: no reason to ask again.
async function decideOnceFree(
  db: TenantDatabase,
  process: Process,
  claimed: ClaimedTimer,
  answers: unknown,
): Promise<void> {
  try {
    await db.transaction((tx) => decide(tx, process, claimed, answers));
  } catch (error) {
    if (!(error instanceof Superseded) || error.pauseMs === 0) throw error;
    await wait(error.pauseMs);
    await decideOnceFree(db, process, claimed, answers);
  }
}

async function inContext(
  { handlerTimeoutSeconds = HANDLER_TIMEOUT_SECONDS, lettingGo: signal, process: { kind } }: TimerLane,
  { tenant_id: tenantId, subject_id: subjectId }: ClaimedTimer,
  work: () => Promise<void>,
): Promise<void> {
  await withTenant(tenantId, () =>
    span(`process ${kind}`, { "tocsin.subject_id": subjectId }, () =>
      within(handlerTimeoutSeconds, `Looking at a process ${kind}`, work, { signal }),
    ),
  );
}

async function decide(
  tx: TenantTransaction,
  process: Process,
  claimed: ClaimedTimer,
  answers: unknown,
): Promise<void> {
  const thing = await process.lock(tx, claimed.subject_id);
  const decision = thing === null ? null : process.tick(thing, await tx.now(), answers);
  // Sent together; should the row be somebody else's, that is what is heard, and nothing is kept of what was carried out.
  const setting = setNext(tx, claimed, decision?.nextWakeAt ?? null);
  const carryingOut = decision ? process.carryOut(tx, thing, decision) : Promise.resolve();
  carryingOut.catch(() => {});
  await setting;
  await carryingOut;
}

// From here on the row is ours, unless somebody else has it or had it since it was claimed. Never waits, since the thing is
// locked.
async function setNext(
  tx: TenantTransaction,
  claimed: ClaimedTimer,
  next: Temporal.Instant | null,
): Promise<void> {
  const { tenant_id: tenantId, id, due_at: dueAt } = claimed;
  const [ours] = await tx.sql`
    with ours as materialized (
      select id from process.timer where tenant_id = ${tenantId} and id = ${id} and due_at = ${dueAt} for update skip locked
    ), moved as (
      update process.timer set due_at = ${next}, asked_until = null, attempt = 0, last_error = null, failing_since = null
      from ours
      where timer.tenant_id = ${tenantId} and timer.id = ours.id and ${next}::timestamptz is not null
    ), ended as (
      delete from process.timer using ours
      where timer.tenant_id = ${tenantId} and timer.id = ours.id and ${next}::timestamptz is null
    )
    select id from ours`;
  if (ours) return;
  // Still due: then whoever holds it has not committed yet, and it would be claimed again at once.
  const [held] =
    await tx.sql`select id from process.timer where tenant_id = ${tenantId} and id = ${id} and due_at = ${dueAt}`;
  throw new Superseded(held ? 5 : 0);
}

// Nothing of the look is kept; whoever goes on working need not wait for who asked.
async function handBack(
  { database }: WorkerOptions,
  { id, tenant_id: tenantId, due_at: dueAt }: ClaimedTimer,
): Promise<void> {
  await database.tenant(tenantId).sql`
    update process.timer set asked_until = null where tenant_id = ${tenantId} and id = ${id} and due_at = ${dueAt}`;
}

// 250 ms, doubled each time, and never more than 15 seconds, for somebody may be waiting. Never given up.
async function putBack(
  { database, log }: WorkerOptions,
  kind: string,
  claimed: ClaimedTimer,
  error: unknown,
): Promise<void> {
  const { id, tenant_id: tenantId, subject_id: subjectId, due_at: dueAt, attempt } = claimed;
  const delaySeconds = Math.min(0.25 * 2 ** attempt, 15);
  await database.tenant(tenantId).sql`
    update process.timer
    set attempt = attempt + 1, last_error = ${String(error)}, asked_until = null,
      failing_since = coalesce(failing_since, process.now()),
      due_at = process.now() + make_interval(secs => ${delaySeconds})
    where tenant_id = ${tenantId} and id = ${id} and due_at = ${dueAt}`;
  const fields = { err: error, kind, subjectId, attempt: attempt + 1 };
  withTenant(tenantId, () => log.error(fields, "A process failed, and is looked at again"));
}
