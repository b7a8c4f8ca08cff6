import type { AcrossTenants, Database } from "#shared/database/database.ts";
import { withTenant } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import type { CommandHandler } from "./commands.ts";
import { untilDue } from "./untilDue.ts";
import type { Lane, WorkerOptions } from "./worker.ts";

/** Does what the service was asked: one command a transaction, taken off the list by the transaction that does it. */
export function commandLane({ database, log, commands }: WorkerOptions): Lane | null {
  if (commands.length === 0) return null;
  const handlers = new Map(commands.map((handler) => [handler.command.name, handler]));
  const names = [...handlers.keys()];
  return {
    hears: new Set(names.map((name) => `command ${name}`)),
    async runOne() {
      let claimed: Claimed | undefined;
      try {
        return await database.acrossTenants("do the next command", async (all) => {
          claimed = await claim(all, names);
          if (!claimed) return false;
          await carryOut(all, claimed, handlers.get(claimed.name)!);
          return true;
        });
      } catch (error) {
        if (!claimed) throw error;
        const { id: commandId, name: command, attempt } = claimed;
        log.error(
          { err: error, command, commandId, attempt: attempt + 1 },
          "A command failed and is tried again",
        );
        outcomes.inc({ command, outcome: attempt + 1 < MOST_ATTEMPTS ? "failed" : "parked" });
        await putBack(database, claimed, error);
        return true;
      }
    },
    untilNext: () =>
      untilDue(
        database,
        (sql) => sql`
      select min(due_at) as due_at from process.command where name = any (${names}) and parked_at is null`,
      ),
  };
}

interface Claimed {
  id: string;
  tenant_id: string;
  name: string;
  payload: unknown;
  trace: Record<string, string>;
  sent_at: Temporal.Instant;
  attempt: number;
}

/** After how many failures a command waits for somebody to look at it: more than an hour in. */
const MOST_ATTEMPTS = 20;

const outcomes = counter("process_commands_total", "Commands by what became of them", ["command", "outcome"]);

// Of several with the same key only the oldest is taken; while it is in work the others wait.
async function claim(all: AcrossTenants, names: readonly string[]): Promise<Claimed | undefined> {
  const [claimed] = await all.sql<Claimed>`
    select id, tenant_id, name, payload, trace, sent_at, attempt from process.command
    where name = any (${names}) and parked_at is null and due_at <= process.now()
      and (key is null or not exists (
        select from process.command older
        where older.tenant_id = command.tenant_id and older.key = command.key and older.id < command.id
          and older.parked_at is null))
    order by due_at limit 1 for update skip locked`;
  return claimed;
}

async function carryOut(all: AcrossTenants, claimed: Claimed, handler: CommandHandler): Promise<void> {
  const { id: commandId, tenant_id: tenantId, name, payload, trace, sent_at: sentAt } = claimed;
  const tx = await all.become(tenantId);
  await withTenant(tenantId, () =>
    continueTrace(trace, () =>
      span(`command ${name}`, { "tocsin.command_id": commandId }, async () => {
        await handler.run(tx, payload, { commandId, sentAt, attempt: claimed.attempt + 1 });
        await tx.sql`delete from process.command where tenant_id = ${tenantId} and id = ${commandId}`;
      }),
    ),
  );
  outcomes.inc({ command: name, outcome: "done" });
}

// 100 ms, doubled each time, and never more than ten minutes.
async function putBack(
  database: Database,
  { id, tenant_id: tenantId, attempt }: Claimed,
  error: unknown,
): Promise<void> {
  const delaySeconds = Math.min(0.1 * 2 ** attempt, 600);
  const parks = attempt + 1 >= MOST_ATTEMPTS;
  await database.tenant(tenantId).sql`
    update process.command
    set attempt = attempt + 1, last_error = ${String(error)}, due_at = process.now() + make_interval(secs => ${delaySeconds}),
      parked_at = case when ${parks} then process.now() end
    where tenant_id = ${tenantId} and id = ${id} and attempt = ${attempt}`;
}
