import { HOLDERS } from "#shared/database/listener.ts";
import type { Database } from "#shared/database/database.ts";
import { rateLimited, type Log } from "#shared/log/log.ts";
import { LEASE_SECONDS } from "./attemptsInHand.ts";

const LOOK_MS = 500;

/** How long a lease is not renewed before it is looked whether its holder is there. */
const UNRENEWED_SECONDS = 1.5;

/**
 * Frees, until the answer is called, the leases of holders that are gone: whose lock ended with their connection, and who renew
 * them no longer. So what a killed process had in hand is taken over long before its leases end.
 */
export function watchLeases(database: Database, log: Log): () => void {
  const complaints = rateLimited(log, { perSeconds: 10 });
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= freeLeases(database)
      .catch((error: unknown) =>
        complaints.warn({ err: error }, "A worker could not look for leases to free"),
      )
      .finally(() => (looking = undefined));
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function freeLeases(database: Database): Promise<void> {
  const left = LEASE_SECONDS - UNRENEWED_SECONDS;
  await database.acrossTenants("free the leases of who is gone", async ({ sql, last }) => {
    await last(
      () => sql`
      with unrenewed as materialized (
        select distinct leased_by from process.effect
        where leased_by is not null and due_at < process.now() + make_interval(secs => ${left})
      ), gone as materialized (
        select leased_by from unrenewed where pg_try_advisory_xact_lock_shared(${HOLDERS}, leased_by)
      ), free as materialized (
        select tenant_id, id from process.effect join gone using (leased_by)
        where due_at < process.now() + make_interval(secs => ${left}) for update of effect skip locked
      )
      update process.effect set due_at = process.now(), attempt_id = null, leased_by = null
      from free where effect.tenant_id = free.tenant_id and effect.id = free.id`,
    );
  });
}
