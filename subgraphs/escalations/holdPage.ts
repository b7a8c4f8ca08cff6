import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { wake } from "#shared/process/process.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import type { Escalation } from "./entities/Escalation.ts";
import { Page } from "./entities/Page.ts";
import { limits } from "./limits.ts";
import { pageTimer } from "./processes/timers.ts";
import { tellTimeline } from "./tellTimeline.ts";

const { most: perMinute } = limits.pages;
const MICROSECONDS = Math.ceil(60_000_000 / perMinute);

const delayed = counter(
  "escalations_pages_delayed_total",
  "Pages that waited since more were sent a minute than a tenant may send",
);

/**
 * A page beyond what its tenant may send a minute waits, and its incident's timeline says for how long; nothing is lost, and the order
 * stays. The answer is whether it waits. A token bucket (the generic cell rate algorithm) that all workers share.
 */
export async function holdPage(
  tx: TenantTransaction,
  { id: escalationId, incidentId }: Escalation,
  page: Page,
): Promise<boolean> {
  // It waited already, and this is its turn.
  if (page.heldUntil !== null) return false;
  const now = await tx.now();
  const [allowance] = await tx.sql<{ full_at: Temporal.Instant }>`
    insert into escalations.page_allowance as allowance (tenant_id, full_at)
    values (${tx.tenantId}, ${now.add({ microseconds: MICROSECONDS })})
    on conflict (tenant_id, single) do update
    set full_at = greatest(allowance.full_at, ${now}) + make_interval(secs => ${MICROSECONDS / 1_000_000})
    returning full_at`;
  const heldUntil = allowance!.full_at.subtract({ minutes: 1 });
  if (Temporal.Instant.compare(heldUntil, now) <= 0) return false;
  await tx.update(Page, { id: page.id }, { heldUntil });
  await wake(tx, pageTimer, page.id, heldUntil);
  const seconds = Math.ceil(now.until(heldUntil).total("seconds"));
  const { userId, notifier } = page;
  await tellTimeline(tx, systemActor("escalations"), {
    incidentId,
    kind: "PAGE_DELAYED",
    message: `A page by ${notifier.toLowerCase()} waits for ${seconds} s: more than ${perMinute.toLocaleString("en")} pages a minute`,
    data: { pageId: page.id, escalationId, userId, notifier, until: heldUntil.toString() },
  });
  tx.afterCommit(() => delayed.inc());
  return true;
}

/** Pages that waited are not sent any more: whatever waits behind them, or comes later, has their place. */
export async function releaseHeldPages(tx: TenantTransaction, pages: readonly Page[]): Promise<void> {
  const now = await tx.now();
  const held = pages.filter(
    ({ heldUntil }) => heldUntil !== null && Temporal.Instant.compare(heldUntil, now) > 0,
  );
  if (held.length === 0) return;
  await tx.sql`
    update escalations.page_allowance set full_at = full_at - make_interval(secs => ${(held.length * MICROSECONDS) / 1_000_000})
    where tenant_id = ${tx.tenantId}`;
}
