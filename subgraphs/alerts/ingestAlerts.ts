import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publishAll } from "#shared/pubsub/pubsub.ts";
import { inSlices } from "#shared/runtime/inSlices.ts";
import { alertsUpdated } from "#supergraph/events.ts";
import { alertAfter, type AlertAfter, type Origin } from "./ingestion/alertAfter.ts";
import { knownAlerts } from "./ingestion/knownAlerts.ts";
import { portionsOf } from "./ingestion/portions.ts";
import type { KnownAlerts } from "./ingestion/placeAlert.ts";
import type { ReceivedAlert } from "./webhooks/readPayload.ts";
import { tellFiring } from "./ingestion/tellFiring.ts";
import { tellSettled } from "./ingestion/tellSettled.ts";
import { writeAlerts } from "./ingestion/writeAlerts.ts";

/**
 * The only way in for alerts, all of them or none. One that fires while it is open is the same alert with one more event;
 * one that fires after it was resolved is a new one. Each firing is routed: it leads to an incident that is open, or incidents
 * are told. The answer is the alerts' ids in the order given; resolving what nothing is known of creates nothing and has no id.
 */
export async function ingestAlerts(
  tx: TenantTransaction,
  origin: Origin,
  alerts: readonly ReceivedAlert[],
): Promise<string[]> {
  // What an episode's firing and resolving mean depends on which came first, also where there is no row to lock yet.
  if (alerts.some((alert) => alert.startsAt)) lockByName(tx, `alert source ${origin.sourceId}`);
  const ids = new Map<ReceivedAlert, string>();
  for (const round of rounds(alerts)) {
    for await (const portion of portionsOf(round, tx.tenantId)) await ingestPortion(tx, origin, portion, ids);
  }
  return alerts.flatMap((alert) => ids.get(alert) ?? []);
}

// A payload may speak of the same alert more than once. Each time belongs to a round of its own, and rounds follow each
// other; within one, alerts are sorted, so that two payloads at once lock them in the same order.
function rounds(alerts: readonly ReceivedAlert[]): ReceivedAlert[][] {
  const seen = new Map<string, number>();
  const found: ReceivedAlert[][] = [];
  for (const alert of alerts) {
    const round = seen.get(alert.dedupKey) ?? 0;
    seen.set(alert.dedupKey, round + 1);
    (found[round] ??= []).push(alert);
  }
  return found.map((round) => round.sort((one, other) => (one.dedupKey < other.dedupKey ? -1 : 1)));
}

// What somebody else has opened between the look and the writing is looked at again: by then it is there.
async function ingestPortion(
  tx: TenantTransaction,
  origin: Origin,
  portion: readonly ReceivedAlert[],
  ids: Map<ReceivedAlert, string>,
): Promise<void> {
  for (let left = portion; left.length > 0; left = left.filter((alert) => !ids.has(alert))) {
    const known = await knownAlerts(tx, origin.sourceId, left);
    const now = await tx.now();
    const after = await inSlices(allAfter(left, known, origin, now));
    left = after.map(({ received }) => received);
    const written = await writeAlerts(tx, after);
    const done = after.flatMap((one, index) => (written[index] ? [{ ...one, id: written[index] }] : []));
    for (const { received, id } of done) ids.set(received, id);
    await tell(tx, done);
  }
}

function* allAfter(
  alerts: readonly ReceivedAlert[],
  known: (alert: ReceivedAlert) => KnownAlerts,
  origin: Origin,
  now: Temporal.Instant,
): Generator<void, AlertAfter[]> {
  const after: AlertAfter[] = [];
  for (const alert of alerts) {
    const found = yield* alertAfter(known(alert), alert, origin, now);
    if (found) after.push(found);
  }
  return after;
}

// First of those that fire: one that joins the incident of another that is resolved in the same payload keeps it open.
async function tell(tx: TenantTransaction, done: readonly (AlertAfter & { id: string })[]): Promise<void> {
  const firing = done.flatMap(({ id, alert, tells }) =>
    tells ? [{ alert: { ...alert, id }, routing: tells }] : [],
  );
  await tellFiring(tx, firing);
  const settled = done.filter(({ isSettled }) => isSettled).map(({ id, alert }) => ({ ...alert, id }));
  await tellSettled(tx, settled, null);
  const ids = done.map(({ id }) => id);
  await publishAll(tx, alertsUpdated, ids);
}
