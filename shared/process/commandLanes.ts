import type { AcrossTenants } from "#shared/database/database.ts";
import { withTenant } from "#shared/log/log.ts";
import { systemActor } from "#shared/subgraph/actor.ts";
import { counter, histogram } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import type { CommandHandler } from "./commands.ts";
import { parkedReason } from "./parkedReason.ts";
import type { Lane, LaneOptions } from "./lane.ts";
import type { OnParked } from "./parkedWork.ts";
import { HANDLER_TIMEOUT_SECONDS, within } from "./within.ts";
import type { WorkerOptions } from "./worker.ts";

/** A lane per command that the service does: each is taken off the list by the transaction in which it is done. */
export function commandLanes(options: LaneOptions): Lane[] {
  const keysInHand = new Set<string>();
  return options.commands.map((handler) => ({
    work: "command",
    kind: handler.command.name,
    runOne: (onTaken) => runOne(options, handler, keysInHand, onTaken),
  }));
}

interface Claimed {
  id: string;
  tenant_id: string;
  key: string | null;
  payload: unknown;
  trace: Record<string, string>;
  sent_at: Temporal.Instant;
  attempt: number;
}

const outcomes = counter("process_commands_total", "Commands by what became of them", ["command", "outcome"]);
const waits = histogram("process_command_wait_seconds", "From sending a command to doing it", ["command"]);

async function runOne(
  options: LaneOptions,
  handler: CommandHandler,
  keysInHand: Set<string>,
  onTaken?: () => void,
): Promise<boolean> {
  let claimed: Claimed | undefined;
  try {
    return await options.database.acrossTenants("do the next command", async (all) => {
      claimed = await claim(all, handler, keysInHand);
      if (!claimed) return false;
      if (claimed.key !== null) keysInHand.add(claimed.key);
      onTaken?.();
      await carryOut(all, claimed, handler, options);
      return true;
    });
  } catch (error) {
    if (!claimed) throw error;
    // Nothing of it is kept, and whoever goes on working finds it where it was.
    if (options.lettingGo.aborted) return true;
    await putBack(options, handler, claimed, error);
    return true;
  } finally {
    if (claimed && claimed.key !== null) keysInHand.delete(claimed.key);
  }
}

// Of several with the same key only the oldest is taken; while it is in work the others wait. Those whose key is in hand
// here are passed over first, which is cheaper than looking for an older one of each.
async function claim(
  { sql }: AcrossTenants,
  { command: { name, to: owner } }: CommandHandler,
  keysInHand: ReadonlySet<string>,
): Promise<Claimed | undefined> {
  const [claimed] = await sql<Claimed>`
    with next as materialized (
      select tenant_id, id from process.command waiting
      where name = ${name} and parked_at is null and due_at <= process.now()
        and (key is null or key <> all (${[...keysInHand]}::text[]) and not exists (
          select from process.command older
          where older.tenant_id = waiting.tenant_id and older.owner = ${owner} and older.key = waiting.key
            and older.place < waiting.place and older.parked_at is null))
      order by due_at limit 1 for update skip locked
    )
    delete from process.command using next
    where command.tenant_id = next.tenant_id and command.id = next.id
    returning command.id, command.tenant_id, key, payload, trace, sent_at, attempt`;
  return claimed;
}

async function carryOut(
  all: AcrossTenants,
  { id: commandId, tenant_id: tenantId, payload, trace, sent_at: sentAt, attempt }: Claimed,
  handler: CommandHandler,
  { handlerTimeoutSeconds = HANDLER_TIMEOUT_SECONDS, lettingGo: signal }: LaneOptions,
): Promise<void> {
  const { name, to } = handler.command;
  waits.observe({ command: name }, (all.now.epochMilliseconds - sentAt.epochMilliseconds) / 1_000);
  const tx = await all.become(tenantId);
  tx.afterCommit(() => outcomes.inc({ command: name, outcome: "done" }));
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
