import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { ExposedError } from "#shared/errors/exposed.ts";
import { exposed, type ErrorCode } from "#supergraph/errors.ts";
import { RefusedRequest } from "./entities/RefusedRequest.ts";

/** How many refused requests of a source are kept an hour, and for how long: enough to see what is wrong with it. */
const MOST_AN_HOUR = 100;
const KEPT_DAYS = 30;

/** Keeps what was refused for its owner to look at and replay, unless there is plenty of it already; what is old goes. */
export async function keepRefusedRequest(
  db: TenantDatabase,
  what: { sourceId: string; body: string; error: ExposedError },
): Promise<void> {
  const { sourceId, body, error } = what;
  const code = error.code as ErrorCode;
  const say = exposed.table[code].message as (args: object) => string;
  await db.transaction(async (tx) => {
    const now = await tx.now();
    await tx.delete(RefusedRequest, {
      sourceId,
      receivedAt: { $lt: now.subtract({ hours: 24 * KEPT_DAYS }) },
    });
    const lately = await tx.count(RefusedRequest, {
      sourceId,
      receivedAt: { $gt: now.subtract({ hours: 1 }) },
    });
    if (lately >= MOST_AN_HOUR) return;
    // PostgreSQL keeps no NUL in a text.
    const kept = {
      sourceId,
      code,
      message: say(error.args),
      body: body.replaceAll("\0", "\\0"),
      receivedAt: now,
    };
    await tx.insert(RefusedRequest, { ...kept, replayedAt: null });
  });
}
