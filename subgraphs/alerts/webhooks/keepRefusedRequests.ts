import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { cutText, storableText } from "#shared/text/storable.ts";
import type { ErrorCode } from "#supergraph/errors.ts";
import { RefusedRequest } from "../entities/RefusedRequest.ts";
import { limits } from "../limits.ts";

/** What was refused: a request, or an alert of one that was accepted otherwise. */
export interface Refused {
  code: ErrorCode;
  /** What was wrong, and where, as it was answered. */
  message: string;
  place: string | null;
  body: string;
  isCut: boolean;
  sizeBytes: number;
}

const KEPT_DAYS = 30;
/** How much of a body is kept, and of one beyond the limits, in UTF-16 code units. */
const LONGEST_BODY = 1_048_576;
const LONGEST_BODY_BEYOND = 1_000;
const LONGEST_MESSAGE = 10_000;
/** The largest number of PostgreSQL's integer. */
const LARGEST = 2_147_483_647;

const refusedRequests = counter(
  "alert_requests_refused_total",
  "Requests, and alerts of them, that were refused",
  ["code"],
);

/**
 * Keeps what was refused for its owner to look at, mend and replay. Of a flood it keeps the beginnings, then only counts; what is
 * old goes, and the oldest of too many.
 */
export async function keepRefusedRequests(
  db: TenantDatabase,
  sourceId: string,
  refused: readonly Refused[],
): Promise<void> {
  if (refused.length === 0) return;
  await db.transaction(async (tx) => {
    lockByName(tx, `refused requests ${sourceId}`);
    const hour = { sourceId, receivedAt: { $gt: (await tx.now()).subtract({ hours: 1 }) } };
    const lately = await tx.count(RefusedRequest, hour);
    const room = Math.max(limits.refusedAnHour.most - lately, 0);
    await keepEach(tx, sourceId, refused.slice(0, room), lately);
    for (const same of Map.groupBy(refused.slice(room), ({ code }) => code).values())
      await countBeyond(tx, sourceId, same);
    if (room > 0) await letOldOnesGo(tx, sourceId);
    tx.afterCommit(() => refused.forEach(({ code }) => refusedRequests.inc({ code })));
  });
}

async function keepEach(
  tx: TenantTransaction,
  sourceId: string,
  refused: readonly Refused[],
  lately: number,
): Promise<void> {
  if (refused.length === 0) return;
  const [receivedAt, hasRoom] = [await tx.now(), await hasRoomForBodies(tx)];
  const isWhole = (index: number) => hasRoom && lately + index < limits.wholeBodiesAnHour.most;
  const rows = refused.map((one, index) => ({
    ...storable(one, isWhole(index) ? LONGEST_BODY : LONGEST_BODY_BEYOND),
    sourceId,
    receivedAt,
    replayedAt: null,
  }));
  await tx.insertMany(RefusedRequest, rows);
}

async function hasRoomForBodies(tx: TenantTransaction): Promise<boolean> {
  const [kept] = await tx.sql<{ characters: number }>`
    select coalesce(sum(octet_length(body)), 0)::float8 as characters
    from alerts.refused_request where tenant_id = ${tx.tenantId}`;
  return kept!.characters < limits.refusedCharacters.most;
}

// The first of an hour that is beyond stands for all with its code.
async function countBeyond(
  tx: TenantTransaction,
  sourceId: string,
  [first, ...more]: readonly Refused[],
): Promise<void> {
  if (!first) return;
  const now = await tx.now();
  const { code } = first;
  const [counted] = await tx.sql`
    update alerts.refused_request set times = least(times::int8 + ${1 + more.length}, ${LARGEST}) where tenant_id = ${tx.tenantId} and id = (
      select id from alerts.refused_request
      where tenant_id = ${tx.tenantId} and source_id = ${sourceId} and code = ${code} and is_beyond
        and received_at > ${now.subtract({ hours: 1 })}
      order by received_at desc limit 1)
    returning id`;
  if (counted) return;
  const row = storable(first, LONGEST_BODY_BEYOND);
  const beyond = { isBeyond: true, times: 1 + more.length, replayedAt: null };
  await tx.insert(RefusedRequest, { ...row, ...beyond, sourceId, receivedAt: now });
}

async function letOldOnesGo(tx: TenantTransaction, sourceId: string): Promise<void> {
  const old = (await tx.now()).subtract({ hours: 24 * KEPT_DAYS });
  await tx.delete(RefusedRequest, { sourceId, receivedAt: { $lt: old } });
  await tx.sql`
    delete from alerts.refused_request where tenant_id = ${tx.tenantId} and id in (
      select id from alerts.refused_request where tenant_id = ${tx.tenantId}
      order by received_at desc, id desc offset ${limits.refusedRequests.most})`;
}

function storable(refused: Refused, longestBody: number): Refused {
  // A NUL is shown, since it may be what is wrong: a text of PostgreSQL holds none.
  const body = refused.body.replaceAll("\0", "\\0");
  return {
    ...refused,
    message: storableText(cutText(refused.message, LONGEST_MESSAGE)),
    body: storableText(cutText(body, longestBody)),
    isCut: refused.isCut || body.length > longestBody,
    sizeBytes: Math.min(refused.sizeBytes, LARGEST),
  };
}
