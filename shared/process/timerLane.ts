import type { AcrossTenants, Database } from "#shared/database/database.ts";
import { withTenant } from "#shared/log/log.ts";
import { counter, histogram } from "#shared/telemetry/metrics.ts";
import { span } from "#shared/telemetry/telemetry.ts";
import type { Process } from "./process.ts";
import { untilDue } from "./untilDue.ts";
import type { Lane, WorkerOptions } from "./worker.ts";

/** Looks at each process when its time has come. Whoever holds a timer's row looks; when it is killed, the row is free. */
export function timerLane({ database, log, processes, services }: WorkerOptions): Lane | null {
  if (processes.length === 0) return null;
  const byKind = new Map(processes.map((process) => [process.kind, process]));
  const kinds = [...byKind.keys()];
  return {
    hears: new Set(kinds.map((kind) => `timer ${kind}`)),
    async runOne() {
      let claimed: Claimed | undefined;
      try {
        return await database.acrossTenants("look at the next process", async (all) => {
          claimed = await claim(all, kinds);
          if (!claimed) return false;
          await look(all, claimed, byKind.get(claimed.kind)!, services);
          return true;
        });
      } catch (error) {
        if (!claimed) throw error;
        const { kind, subject_id: subjectId, attempt } = claimed;
        log.error(
          { err: error, kind, subjectId, attempt: attempt + 1 },
          "A process failed and is looked at again",
        );
        failures.inc({ kind });
        await putBack(database, claimed, error);
        return true;
      }
    },
    untilNext: () =>
      untilDue(
        database,
        (sql) => sql`
      select min(due_at) as due_at from process.timer where kind = any (${kinds})`,
      ),
  };
}

interface Claimed {
  id: string;
  tenant_id: string;
  kind: string;
  subject_id: string;
  due_at: Temporal.Instant;
  attempt: number;
}

const lateness = histogram(
  "process_timer_lateness_seconds",
  "How long after its time a process was looked at",
  ["kind"],
);
const failures = counter("process_timer_failures_total", "How often looking at a process failed", ["kind"]);

async function claim(all: AcrossTenants, kinds: readonly string[]): Promise<Claimed | undefined> {
  const [claimed] = await all.sql<Claimed>`
    select id, tenant_id, kind, subject_id, due_at, attempt from process.timer
    where kind = any (${kinds}) and due_at <= process.now()
    order by due_at limit 1 for update skip locked`;
  return claimed;
}

// What has to be asked is asked before the thing is locked; the answers may then be a moment old, like any answer.
async function look(
  all: AcrossTenants,
  claimed: Claimed,
  process: Process,
  services: unknown,
): Promise<void> {
  const { tenant_id: tenantId, kind, subject_id: subjectId, due_at: dueAt } = claimed;
  lateness.observe({ kind }, (all.now.epochMilliseconds - dueAt.epochMilliseconds) / 1_000);
  const tx = await all.become(tenantId);
  await withTenant(tenantId, () =>
    span(`process ${kind}`, { "tocsin.subject_id": subjectId }, async () => {
      const unlocked = process.ask && (await process.load(tx, subjectId));
      const answers = unlocked && (await process.ask!(services, unlocked, { tenantId, now: all.now }));
      const thing = await process.lock(tx, subjectId);
      const decision = thing === null ? null : process.tick(thing, all.now, answers);
      if (decision) await process.carryOut(tx, thing, decision);
      const next = decision?.nextWakeAt ?? null;
      if (next)
        await tx.sql`update process.timer set due_at = ${next}, attempt = 0, last_error = null
        where tenant_id = ${tenantId} and id = ${claimed.id}`;
      else await tx.sql`delete from process.timer where tenant_id = ${tenantId} and id = ${claimed.id}`;
    }),
  );
}

// Soon, for somebody may be waiting for a page: 250 ms, doubled each time, and never more than 15 seconds.
async function putBack(
  database: Database,
  { id, tenant_id: tenantId, attempt }: Claimed,
  error: unknown,
): Promise<void> {
  const delaySeconds = Math.min(0.25 * 2 ** attempt, 15);
  await database.tenant(tenantId).sql`
    update process.timer
    set attempt = attempt + 1, last_error = ${String(error)}, due_at = process.now() + make_interval(secs => ${delaySeconds})
    where tenant_id = ${tenantId} and id = ${id} and attempt = ${attempt}`;
}
