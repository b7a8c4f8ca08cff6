import type { AcrossTenants } from "#shared/database/database.ts";
import { fragment } from "#shared/database/fragment.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { withTenant } from "#shared/log/log.ts";
import { systemActor } from "#shared/subgraph/actor.ts";
import { counter, histogram } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import type { CommandHandler } from "./commands.ts";
import {
  claimAlone,
  claimInTurn,
  claimOldest,
  WithoutSlot,
  type ClaimedCommand,
  type CommandLane,
} from "./claimCommands.ts";
import { dueQueuesOf, type Queue } from "./dueQueues.ts";
import { inSavepoints, type BatchOptions, type BatchOutcome } from "./inSavepoints.ts";
import { parkedReason } from "./parkedReason.ts";
import { NOTHING, type Lane, type LaneOptions, type Ran } from "./lane.ts";
import type { TenantTurn } from "./tenantTurns.ts";
import type { OnParked } from "./parkedWork.ts";
import { HANDLER_TIMEOUT_SECONDS, within } from "./within.ts";
import type { WorkerOptions } from "./workerOptions.ts";

/** A lane per command that the service does: each is taken off the list by the transaction in which it is done. */
export function commandLanes(options: LaneOptions): Lane[] {
  const keysInHand = new Set<string>();
  return options.commands.map((handler) => {
    const lane = { work: "command", kind: handler.command.name } as const;
    const parts = {
      ...options,
      handler,
      keysInHand,
      dueQueues: dueQueuesOf(lane),
      backlog: { isDeep: false },
    };
    return {
      ...lane,
      runSome: (onTaken) => runSome(parts, onTaken),
      hasSlotFor: (tenantId) => options.turns.hasSlotFor(lane.kind, tenantId),
    };
  });
}

const outcomes = counter("process_commands_total", "Commands by what became of them", ["command", "outcome"]);
const waits = histogram("process_command_wait_seconds", "From sending a command to doing it", ["command"]);

async function runSome(parts: CommandLane, onTaken: (mayBeMore: boolean) => void = () => {}): Promise<Ran> {
  let turn: TenantTurn | null = null;
  let heldBack: readonly Queue[] = [];
  const keys: string[] = [];
  const letGoOfKeys = () => keys.splice(0).forEach((key) => parts.keysInHand.delete(key));
  try {
    const batch = await runBatch(parts, async (all) => {
      const next = (await claimOldest(parts, all, onTaken)) ?? (await claimInTurn(parts, all, onTaken));
      ({ turn, heldBack } = next);
      keys.push(...next.claimed.flatMap(({ key }) => key ?? []));
      keys.forEach((key) => parts.keysInHand.add(key));
      return next.claimed;
    });
    for (const { id, tenant_id: tenantId } of batch.alone) {
      await runBatch(parts, (all) => claimAlone(parts, all, tenantId, id));
    }
    const isBatch = (turn as TenantTurn | null)?.isBatch ?? false;
    letGoOfKeys();
    if (isBatch) await (turn as TenantTurn | null)?.rest();
    // What failed is due again in a moment.
    return { count: batch.claimed, heldBack, leavesMore: isBatch || batch.claimed > 1 || batch.hasFailed };
  } catch (error) {
    if (!(error instanceof WithoutSlot)) throw error;
    return { ...NOTHING, heldBack: [{ tenantId: error.tenantId, destination: "" }] };
  } finally {
    letGoOfKeys();
    (turn as TenantTurn | null)?.end();
  }
}

// A single one has the transaction, and all the time there is, to itself.
async function runBatch(
  parts: CommandLane,
  claimSome: (all: AcrossTenants) => Promise<ClaimedCommand[]>,
): Promise<{ claimed: number; alone: ClaimedCommand[]; hasFailed: boolean }> {
  const { database, lettingGo } = parts;
  const outcome: BatchOutcome<ClaimedCommand> = { done: [], alone: [], failed: [] };
  let claimed: ClaimedCommand[] = [];
  try {
    await database.acrossTenants("do the next commands", async (all) => {
      claimed = await claimSome(all);
      const [first, ...more] = claimed;
      if (!first) return all.onlyRead();
      const tx = all.become(first.tenant_id);
      if (more.length === 0) await carryOut(tx, first, parts, lettingGo);
      else await inSavepoints(tx, claimed, outcome, optionsOf(parts));
    });
  } catch (error) {
    if (claimed.length === 0) throw error;
    // Nothing of it is kept, and whoever goes on working finds it where it was.
    if (lettingGo.aborted) return { claimed: claimed.length, alone: [], hasFailed: false };
    if (claimed.length === 1) outcome.failed = claimed.map((row) => ({ row, error }));
    // Nothing that was done beside one that failed is kept: each is done again, by itself.
    const failed = outcome.failed.map(({ row }) => row);
    outcome.alone = claimed.filter((row) => !failed.includes(row));
  }
  for (const { row, error } of outcome.failed) await putBack(parts, parts.handler, row, error);
  return { claimed: claimed.length, alone: outcome.alone, hasFailed: outcome.failed.length > 0 };
}

function optionsOf(parts: CommandLane): BatchOptions<ClaimedCommand> {
  const { lettingGo: signal, handlerTimeoutSeconds: timeoutSeconds = HANDLER_TIMEOUT_SECONDS } = parts;
  return {
    timeoutSeconds,
    signal,
    whatIsDone: `The command ${parts.handler.command.name}`,
    waitsFor: ({ key }, notDone) => key !== null && key === notDone.key,
    work: (tx, row) => carryOut(tx, row, parts, signal),
  };
}

async function carryOut(
  tx: TenantTransaction,
  {
    id: commandId,
    tenant_id: tenantId,
    payload,
    trace,
    sent_at: sentAt,
    attempt,
    is_off: isOff,
  }: ClaimedCommand,
  { handler, handlerTimeoutSeconds = HANDLER_TIMEOUT_SECONDS }: CommandLane,
  signal: AbortSignal,
): Promise<void> {
  const { name, to } = handler.command;
  const now = await tx.now();
  waits.observe({ command: name }, (now.epochMilliseconds - sentAt.epochMilliseconds) / 1_000);
  tx.afterCommit(() => outcomes.inc({ command: name, outcome: "done" }));
  if (!isOff)
    tx.unanswered(fragment`delete from process.command where tenant_id = ${tenantId} and id = ${commandId}`);
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
  claimed: ClaimedCommand,
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
  { id: commandId, tenant_id: tenantId, attempt, payload }: ClaimedCommand,
  { error, reason }: { error: unknown; reason: string },
): Promise<void> {
  const parked = { commandId, name, owner, reason, payload };
  const parkAnd = (tell: OnParked | undefined) =>
    database.tenant(tenantId).transaction(async (tx) => {
      const [ours] = await tx.sql`
        update process.command
        set attempt = attempt + 1, last_error = ${textOf(error)}, parked_at = process.now(), parked_reason = ${reason}
        where tenant_id = ${tenantId} and id = ${commandId} and attempt = ${attempt}
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
