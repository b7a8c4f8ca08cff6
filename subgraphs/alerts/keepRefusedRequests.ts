import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { cutText, storableText } from "#shared/text/storable.ts";
import type { ErrorCode } from "#supergraph/errors.ts";
import { RefusedRequest } from "./entities/RefusedRequest.ts";

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

/** How long refused requests are kept, and how many of a source an hour: enough to see what is wrong with it. */
const KEPT_DAYS = 30;
const MOST_AN_HOUR = 10_000;
/** How many of these with all of their body, and what is kept of the others' bodies, in UTF-16 code units. */
const WHOLE_AN_HOUR = 100;
const LONGEST_BODY = 1_048_576;
const LONGEST_BODY_BEYOND = 1_000;
const LONGEST_MESSAGE = 10_000;
/** The largest number of PostgreSQL's integer. */
const LARGEST_SIZE = 2_147_483_647;

/** Keeps what was refused for its owner to look at, mend and replay; of a flood it keeps the beginnings. What is old goes. */
export async function keepRefusedRequests(
  db: TenantDatabase,
  sourceId: string,
  refused: readonly Refused[],
): Promise<void> {
  if (refused.length === 0) return;
  await db.transaction(async (tx) => {
    const now = await tx.now();
    const old = { sourceId, receivedAt: { $lt: now.subtract({ hours: 24 * KEPT_DAYS }) } };
    await tx.delete(RefusedRequest, old);
    const lately = await tx.count(RefusedRequest, {
      sourceId,
      receivedAt: { $gt: now.subtract({ hours: 1 }) },
    });
    const kept = refused.slice(0, Math.max(MOST_AN_HOUR - lately, 0));
    const rows = kept.map((one, index) => ({
      ...storable(one, lately + index < WHOLE_AN_HOUR ? LONGEST_BODY : LONGEST_BODY_BEYOND),
      sourceId,
      receivedAt: now,
      replayedAt: null,
    }));
    await tx.insertMany(RefusedRequest, rows);
  });
}

function storable(refused: Refused, longestBody: number): Refused {
  // A NUL is shown, since it may be what is wrong: a text of PostgreSQL holds none.
  const body = refused.body.replaceAll("\0", "\\0");
  return {
    ...refused,
    message: storableText(cutText(refused.message, LONGEST_MESSAGE)),
    body: storableText(cutText(body, longestBody)),
    isCut: refused.isCut || body.length > longestBody,
    sizeBytes: Math.min(refused.sizeBytes, LARGEST_SIZE),
  };
}
