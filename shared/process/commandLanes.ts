import type { AcrossTenants } from "#shared/database/database.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { withTenant } from "#shared/log/log.ts";
import { systemActor } from "#shared/subgraph/actor.ts";
import { counter, histogram } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import type { CommandHandler } from "./commands.ts";
import { dueQueuesOf, type DueQueues } from "./dueQueues.ts";
import { inSavepoints, type BatchOptions, type BatchOutcome } from "./inSavepoints.ts";
import { parkedReason } from "./parkedReason.ts";
import { HELD_BACK, type Lane, type LaneOptions } from "./lane.ts";
import type { TenantTurn } from "./tenantTurns.ts";
import type { OnParked } from "./parkedWork.ts";
import { HANDLER_TIMEOUT_SECONDS, within } from "./within.ts";
import type { WorkerOptions } from "./worker.ts";

/** A lane per command that the service does: each is taken off the list by the transaction in which it is done. */
export function commandLanes(options: LaneOptions): Lane[] {
  const keysInHand = new Set<string>();
  return options.commands.map((handler) => {
    const lane = { work: "command", kind: handler.command.name } as const;
    const parts = { ...options, handler, keysInHand, dueQueues: dueQueuesOf(lane) };
    return { ...lane, runSome: (onTaken) => runSome(parts, onTaken) };
  });
}

interface Parts extends LaneOptions {
  readonly handler: CommandHandler;
  readonly dueQueues: DueQueues;
  /** The keys of what is in hand in this worker. */
  readonly keysInHand: Set<string>;
}

interface Claimed {
  id: string;
  tenant_id: string;
  key: string | null;
  place: number;
  payload: unknown;
  trace: Record<string, string>;
  sent_at: Temporal.Instant;
  attempt: number;
}

const outcomes = counter("process_commands_total", "Commands by what became of them", ["command", "outcome"]);
const waits = histogram("process_command_wait_seconds", "From sending a command to doing it", ["command"]);

async function runSome(parts: Parts, onTaken: () => void = () => {}): Promise<number | typeof HELD_BACK> {
  let turn: TenantTurn | null = null;
  let isHeldBack = false;
  const keys: string[] = [];
  try {
    const batch = await runBatch(parts, async (all) => {
      const next = await claimInTurn(parts, all, onTaken);
      ({ turn, isHeldBack } = next);
      keys.push(...next.claimed.flatMap(({ key }) => key ?? []));
      keys.forEach((key) => parts.keysInHand.add(key));
      return next.claimed;
    });
    for (const { id, tenant_id: tenantId } of batch.alone) {
      await runBatch(parts, (all) => claimAlone(parts, all, tenantId, id));
    }
    return batch.claimed || (isHeldBack ? HELD_BACK : 0);
  } finally {
    keys.forEach((key) => parts.keysInHand.delete(key));
    (turn as TenantTurn | null)?.end();
  }
}

// A single one has the transaction, and all the time there is, to itself.
async function runBatch(
  parts: Parts,
  claimSome: (all: AcrossTenants) => Promise<Claimed[]>,
): Promise<{ claimed: number; alone: Claimed[] }> {
  const { database, lettingGo } = parts;
  const outcome: BatchOutcome<Claimed> = { done: [], alone: [], failed: [] };
  let claimed: Claimed[] = [];
  try {
    await database.acrossTenants("do the next commands", async (all) => {
      claimed = await claimSome(all);
      const [first, ...more] = claimed;
      if (!first) return;
      const tx = await all.become(first.tenant_id);
      if (more.length === 0) await carryOut(tx, first, all.now, parts, lettingGo);
      else await inSavepoints(tx, claimed, outcome, optionsOf(parts, all));
    });
  } catch (error) {
    if (claimed.length === 0) throw error;
    // Nothing of it is kept, and whoever goes on working finds it where it was.
    if (lettingGo.aborted) return { claimed: claimed.length, alone: [] };
    if (claimed.length === 1) outcome.failed = claimed.map((row) => ({ row, error }));
    // Nothing that was done beside one that failed is kept: each is done again, by itself.
    const failed = outcome.failed.map(({ row }) => row);
    outcome.alone = claimed.filter((row) => !failed.includes(row));
  }
  for (const { row, error } of outcome.failed) await putBack(parts, parts.handler, row, error);
  return { claimed: claimed.length, alone: outcome.alone };
}

function optionsOf(parts: Parts, { now }: AcrossTenants): BatchOptions<Claimed> {
  const { lettingGo: signal, handlerTimeoutSeconds: timeoutSeconds = HANDLER_TIMEOUT_SECONDS } = parts;
  return {
    timeoutSeconds,
    signal,
    whatIsDone: `The command ${parts.handler.command.name}`,
    waitsFor: ({ key }, notDone) => key !== null && key === notDone.key,
    work: (tx, row) => carryOut(tx, row, now, parts, signal),
  };
}

async function claimInTurn(
  parts: Parts,
  all: AcrossTenants,
  onTaken: () => void,
): Promise<{ claimed: Claimed[]; turn: TenantTurn | null; isHeldBack: boolean }> {
  let tenantIds = (await parts.dueQueues(all.sql)).map(({ tenantId }) => tenantId);
  for (;;) {
    const turn = parts.turns.take(parts.handler.command.name, tenantIds, { oneAtATime: true });
    if (!turn) return { claimed: [], turn, isHeldBack: tenantIds.length > 0 };
    const { tenantId } = turn;
    const look = (among: number) => claim(all, parts, { tenantId, among });
    try {
      let claimed = await look(NEAREST);
      if (claimed.length === 0) claimed = await look(FARTHEST);
      if (claimed.length > 0) {
        onTaken();
        return { claimed, turn, isHeldBack: false };
      }
    } catch (error) {
      turn.end();
      throw error;
    }
    turn.end();
    tenantIds = tenantIds.filter((id) => id !== tenantId);
  }
}

/** Among how many rows it is looked for the oldest of each key at first, and when those are all behind others that wait. */
const NEAREST = 200;
const FARTHEST = 100_000;

// Of several with the same key nobody takes a later one while the oldest is there: so whoever has the oldest has those that follow
// it as well, as far as they are due and to be done by the same handler. What failed before is done by itself.
async function claim(
  { sql }: AcrossTenants,
  { handler, keysInHand, batch }: Parts,
  { tenantId, among }: { tenantId: string; among: number },
): Promise<Claimed[]> {
  const { name, to: owner } = handler.command;
  const claimed = await sql<Claimed>`
    with waiting as materialized (
      select id, key, place, due_at, attempt from process.command
      where name = ${name} and tenant_id = ${tenantId} and parked_at is null and due_at <= process.now()
      order by due_at, place limit ${among}
    ), oldest as materialized (
      select id, due_at, place, attempt from waiting
      where key is null or key <> all (${[...keysInHand]}::text[]) and not exists (
        select from process.command older
        where older.tenant_id = ${tenantId} and older.owner = ${owner} and older.key = waiting.key
          and older.place < waiting.place and older.parked_at is null)
      limit ${batch}
    ), chosen as (
      select id, row_number() over (order by due_at, place) as nth, attempt,
        first_value(attempt) over (order by due_at, place) as first_attempt from oldest
    ), taken as materialized (
      select * from process.command
      where tenant_id = ${tenantId} and parked_at is null and due_at <= process.now()
        and id in (select id from chosen where nth = 1 or attempt = 0 and first_attempt = 0)
      for update skip locked
    ), following as (
      select next.*, row_number() over (partition by next.key order by next.place) as nth,
        bool_and(next.name = ${name} and next.attempt = 0 and next.due_at <= process.now())
          over (partition by next.key order by next.place) as follows
      from taken cross join lateral (
        select * from process.command
        where command.tenant_id = ${tenantId} and command.owner = ${owner} and command.key = taken.key
          and command.place > taken.place and command.parked_at is null
        order by place limit ${batch}) as next
      where taken.attempt = 0
    )
    select id, tenant_id, key, place, payload, trace, sent_at, attempt from taken
    union all
    (select id, tenant_id, key, place, payload, trace, sent_at, attempt from following where follows order by nth, place
      limit greatest(0, ${batch} - (select count(*) from taken)))`;
  return claimed.sort((one, other) => one.place - other.place);
}

async function claimAlone(
  { handler }: Parts,
  { sql }: AcrossTenants,
  tenantId: string,
  id: string,
): Promise<Claimed[]> {
  const { name, to: owner } = handler.command;
  return sql<Claimed>`
    select id, tenant_id, key, place, payload, trace, sent_at, attempt from process.command waiting
    where tenant_id = ${tenantId} and id = ${id} and name = ${name} and parked_at is null and due_at <= process.now()
      and (key is null or not exists (
        select from process.command older
        where older.tenant_id = waiting.tenant_id and older.owner = ${owner} and older.key = waiting.key
          and older.place < waiting.place and older.parked_at is null))
    for update skip locked`;
}

async function carryOut(
  tx: TenantTransaction,
  { id: commandId, tenant_id: tenantId, payload, trace, sent_at: sentAt, attempt }: Claimed,
  now: Temporal.Instant,
  { handler, handlerTimeoutSeconds = HANDLER_TIMEOUT_SECONDS }: Parts,
  signal: AbortSignal,
): Promise<void> {
  const { name, to } = handler.command;
  waits.observe({ command: name }, (now.epochMilliseconds - sentAt.epochMilliseconds) / 1_000);
  tx.afterCommit(() => outcomes.inc({ command: name, outcome: "done" }));
  await tx.sql`delete from process.command where tenant_id = ${tenantId} and id = ${commandId}`;
  const meta = { commandId, sentAt, attempt: attempt + 1, by: systemActor(to) };
  await withTenant(tenantId, () =>
    continueTrace(trace, () =>
      span(`command ${name}`, { "tocsin.command_id": commandId }, () =>
        within(handlerTimeoutSeconds, `The command ${name}`, () => handler.run(tx, payload, meta), {
          signal,
        }),
      ),
    ),
  );
}

// 100 ms, doubled each time, and never more than ten minutes; what no retry can mend is parked, which frees its key. Another
// worker may have tried in the meantime: then it counts once.
async function putBack(
  options: WorkerOptions,
  handler: CommandHandler,
  claimed: Claimed,
  error: unknown,
): Promise<void> {
  const { name: command } = handler.command;
  const { id: commandId, tenant_id: tenantId, attempt } = claimed;
  const reason = parkedReason(error, attempt + 1, options.messages ?? {});
  if (reason !== null) return park(options, handler, claimed, { error, reason });
  const delaySeconds = Math.min(0.1 * 2 ** attempt, 600);
  await options.database.tenant(tenantId).sql`
    update process.command
    set attempt = attempt + 1, last_error = ${textOf(error)}, due_at = process.now() + make_interval(secs => ${delaySeconds})
    where tenant_id = ${tenantId} and id = ${commandId} and attempt = ${attempt}`;
  withTenant(tenantId, () => {
    const fields = { err: error, command, commandId, attempt: attempt + 1 };
    options.log.warn(fields, "A command failed, and is tried again");
  });
  outcomes.inc({ command, outcome: "failed" });
}

async function park(
  { database, log, onParked }: WorkerOptions,
  { command: { name, to: owner } }: CommandHandler,
  { id: commandId, tenant_id: tenantId, attempt, payload }: Claimed,
  { error, reason }: { error: unknown; reason: string },
): Promise<void> {
  const parked = { commandId, name, owner, reason, payload };
  const parkAnd = (tell: OnParked | undefined) =>
    database.tenant(tenantId).transaction(async (tx) => {
      const [ours] = await tx.sql`
        update process.command
        set attempt = attempt + 1, last_error = ${textOf(error)}, parked_at = process.now(), parked_reason = ${reason}
        where tenant_id = ${tenantId} and id = ${commandId} and attempt = ${attempt} and parked_at is null
        returning id`;
      if (ours) await tell?.(tx, parked);
    });
  await withTenant(tenantId, async () => {
    log.error(
      { err: error, command: name, commandId, attempt: attempt + 1 },
      `A command is parked: ${reason}`,
    );
    await parkAnd(onParked).catch(async (failure: unknown) => {
      // With the database away the command stays as it was, and is parked when it is tried again.
      if (parkedReason(failure, 1, {}) === null) throw failure;
      log.error(
        { err: failure, command: name, commandId },
        "Nobody could be told of a command that is parked",
      );
      await parkAnd(undefined);
    });
  });
  outcomes.inc({ command: name, outcome: "parked" });
}

// The database takes no NUL, and no half of a surrogate pair; an error may quote what it was asked to store.
function textOf(error: unknown): string {
  return String(error).toWellFormed().replaceAll("\0", "");
}
