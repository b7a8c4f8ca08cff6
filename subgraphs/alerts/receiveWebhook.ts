import type { Database } from "#shared/database/database.ts";
import { errorResponse, exposedBehind } from "#shared/errors/exposed.ts";
import type { Log } from "#shared/log/log.ts";
import { exposed, type ErrorCode } from "#supergraph/errors.ts";
import { requireSource } from "./rules/requireSource.ts";
import { acceptPayload } from "./webhooks/acceptPayload.ts";
import { keepRefusedRequests } from "./webhooks/keepRefusedRequests.ts";
import { readWebhookBody, type ReceivedBody } from "./webhooks/readWebhookBody.ts";
import type { Services } from "./services.ts";
import { tenantOfToken } from "./webhooks/webhookToken.ts";

/**
 * Answers POST /webhooks/<token>: 202 with the ids of the alerts once they are committed, and with the alerts that could not be
 * read; or why nothing was accepted. 401 for a token that is not in use, 400 for a body that is no JSON or breaks off, 413 for
 * one that is too large, 415 for one that is encoded in an unknown way, 422 for one that is not the source's, 429 with
 * Retry-After for more alerts than are taken in a minute, 503 with the database away. Whatever is refused with another status than 401 and 503 is kept for its owner.
 */
export async function receiveWebhook(
  request: Request,
  { database, log, services }: Parts,
): Promise<Response> {
  const token = new URL(request.url).pathname.split("/")[2] ?? "";
  const tenantId = tenantOfToken(token);
  const answer = (error: unknown) => errorResponse(error, { log, messages: exposed.table });
  if (!tenantId) return answer(exposed("WEBHOOK_TOKEN_UNKNOWN", "a malformed webhook token"));
  const db = database.tenant(tenantId);
  let body = NOT_READ;
  try {
    if (!isSmall(request)) await requireSource(db, token);
    body = await readWebhookBody(request);
    const { accepted, refused } = await acceptPayload(db, token, body, services.rateLimiter);
    return Response.json({ accepted, ...(refused.length > 0 && { refused }) }, { status: 202 });
  } catch (error) {
    const refusal = answer(error);
    if (KEPT_STATUSES.has(refusal.status)) {
      const { text, isCut, sizeBytes } = body;
      const kept = { ...problemOf(error), place: null, body: text, isCut, sizeBytes };
      await requireSource(db, token)
        .then((sourceId) => keepRefusedRequests(db, sourceId, [kept]))
        .catch((failure: unknown) => log.error({ err: failure }, "A refused request could not be kept"));
    }
    return refusal;
  }
}

interface Parts {
  database: Database;
  log: Log;
  services: Pick<Services, "rateLimiter">;
}

const NOT_READ: ReceivedBody = { text: "", isCut: true, sizeBytes: 0, error: null };
const KEPT_STATUSES: ReadonlySet<number> = new Set([400, 413, 415, 422, 429, 500]);
const SMALL_BYTES = 65_536;

// Nobody without a source has a larger body read.
function isSmall({ headers }: Request): boolean {
  const announced = headers.get("content-length");
  return announced !== null && Number(announced) <= SMALL_BYTES;
}

function problemOf(error: unknown): { code: ErrorCode; message: string } {
  const known = exposedBehind(error);
  const code = (known?.code ?? "INTERNAL_ERROR") as ErrorCode;
  const say = exposed.table[code].message as (args: object) => string;
  return { code, message: say(known?.args ?? {}) };
}
