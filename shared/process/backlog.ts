import type { Database } from "#shared/database/database.ts";
import { gauge } from "#shared/telemetry/metrics.ts";
import type { KindOfWork } from "./hints.ts";

/** Reports by metrics how much of these kinds is due or parked, until the function it returns is called. */
export function watchBacklog(database: Database, kinds: readonly KindOfWork[]): () => void {
  const watch = { database, kinds };
  watched.add(watch);
  gauges();
  return () => void watched.delete(watch);
}

const watched = new Set<{ database: Database; kinds: readonly KindOfWork[] }>();

interface Backlog {
  work: string;
  kind: string;
  due: number;
  seconds: number;
  parked: number;
  failing: number;
}

function gauges(): void {
  gauge("process_due", "What is due and not done yet", ["work", "kind"], async function () {
    for (const { work, kind, due } of await countAll()) this.set({ work, kind }, due);
  });
  const age = "How long the oldest that is due has been waiting";
  gauge("process_oldest_due_seconds", age, ["work", "kind"], async function () {
    for (const { work, kind, seconds } of await countAll()) this.set({ work, kind }, seconds);
  });
  const failing = "Processes whose looks have failed more than 20 times in a row";
  gauge("process_failing_timers", failing, ["kind"], async function () {
    const timers = (await countAll()).filter(({ work }) => work === "timer");
    for (const { kind, failing: stuck } of timers) this.set({ kind }, stuck);
  });
  const parked = "Commands that no retry could mend, or that failed too often, and wait for somebody to look";
  gauge("process_parked_commands", parked, ["command"], async function () {
    const commands = (await countAll()).filter(({ work }) => work === "command");
    for (const { kind, parked: waiting } of commands) this.set({ command: kind }, waiting);
  });
}

let counting: Promise<Backlog[]> | undefined;

// The gauges are asked at the same moment, and share one count. Without a database there is nothing to report.
function countAll(): Promise<Backlog[]> {
  counting ??= Promise.all([...watched].map(({ database, kinds }) => count(database, kinds)))
    .then((all) => all.flat())
    .catch(() => [])
    .finally(() => (counting = undefined));
  return counting;
}

async function count(database: Database, kinds: readonly KindOfWork[]): Promise<Backlog[]> {
  const works = kinds.map(({ work }) => work);
  const names = kinds.map(({ kind }) => kind);
  return database.acrossTenants("count what is due", ({ sql, last }) =>
    last(
      () => sql<Backlog>`
    with asked as (select work, kind from unnest(${works}::text[], ${names}::text[]) as asked (work, kind)),
    due as (
      select 'command' as work, name as kind, due_at from process.command where name = any (${names}) and parked_at is null
      union all select 'timer', kind, due_at from process.timer where kind = any (${names})
      union all select 'effect', kind, due_at from process.effect where kind = any (${names})
    )
    select work, asked.kind, count(due_at)::int as due,
      coalesce(extract(epoch from process.now() - min(due_at)), 0)::float as seconds,
      (select count(*)::int from process.command where work = 'command' and name = kind and parked_at is not null) as parked,
      (select count(*)::int from process.timer where work = 'timer' and timer.kind = asked.kind and attempt > 20) as failing
    from asked left join (select * from due where due_at <= process.now()) as due using (work, kind)
    group by work, asked.kind`,
    ),
  );
}
