import { createHash } from "node:crypto";
import { createSealer } from "#shared/crypto/seal.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#shared/errors/exposed.ts";
import { IdempotencyKey } from "#shared/process/entities/IdempotencyKey.ts";
import type { Actor } from "./actor.ts";

/** Hours for which a key answers with what it created. */
export const KEPT_HOURS = 24;
/** The least and the most characters of a key, in UTF-16 code units: nobody else hits upon it by chance, and it opens what is sealed by it. */
export const KEY_LENGTH = { least: 16, most: 200 } as const;

/** A request to create something. */
export interface CreateRequest<Created> {
  readonly db: TenantDatabase;
  readonly by: Actor;
  /** The mutation field. */
  readonly operation: string;
  readonly input: { readonly idempotencyKey?: string | null | undefined };
  /** Throws what creating does when the actor may not have this created, or no longer; asked before an answer is repeated. */
  readonly authorize?: (() => void) | undefined;
  /** Creates it: in one transaction of the database it is handed, whose result is its own. */
  readonly create: (db: TenantDatabase) => Promise<Created>;
  /** What is to be remembered of what was created. */
  readonly remember: (created: Created) => Remembered;
  /** What was created, as it is now; null when it is gone. */
  readonly read: (remembered: Remembered) => Promise<Created | null>;
}

/** What a key remembers: an id, and what is shown once only, as JSON. */
export interface Remembered {
  readonly id: string;
  readonly shownOnce?: unknown;
}

/**
 * Creates something, and with an idempotency key at most once in 24 hours: the same actor's same request is answered with what
 * the first created, as it is now, and with what is shown once only, also when the first is still under way. Without a key it
 * just creates. Throws what creating throws, INVALID_ARGUMENT for a key that is too short or too long, IDEMPOTENCY_KEY_REUSED for
 * a key that came with another input, NOT_FOUND when what was created is gone since.
 *
 * The key is written in the transaction that creates: there is no moment at which one is there without the other. After
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/.
 */
export async function createOnce<Created>(request: CreateRequest<Created>): Promise<Created> {
  const { db, input, create } = request;
  const { idempotencyKey: key, ...rest } = input;
  if (key == null) return create(db);
  requireKey(key);
  const { by, operation } = request;
  const claim = {
    actor: `${by.kind} ${by.id}`,
    operation,
    keyDigest: digestOf(key),
    inputDigest: digestOf(JSON.stringify(rest)),
  };
  request.authorize?.();
  const known = await find(db, claim);
  if (known) return answerAgain(request, claim, known);
  try {
    return await createWith(request, claim, key);
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error;
    const taken = await find(db, claim);
    // Taken a moment before its 24 hours were over: it is free by now.
    return taken ? answerAgain(request, claim, taken) : createOnce(request);
  }
}

type Claim = Pick<IdempotencyKey, "actor" | "operation" | "keyDigest" | "inputDigest">;

// Another request with the key was committed while this one waited for it.
class KeyTaken extends Error {
  override readonly name = "KeyTaken";
}

function requireKey(key: string): void {
  const { least, most } = KEY_LENGTH;
  if (key.length >= least && key.length <= most) return;
  const reason = `must be ${least} to ${most} characters long, such as a UUID`;
  throw exposed("INVALID_ARGUMENT", `idempotencyKey: ${reason}`, { argument: "idempotencyKey", reason });
}

async function createWith<Created>(
  { db, operation, create, remember }: CreateRequest<Created>,
  claim: Claim,
  key: string,
): Promise<Created> {
  let written: unknown;
  const created = await create({
    ...db,
    transaction: (work) =>
      db.transaction(async (tx) => {
        const id = await claimKey(tx, claim);
        const result = await work(tx);
        const { id: createdId, shownOnce } = remember(result as unknown as Created);
        const sealed = shownOnce === undefined ? null : createSealer(key).seal(JSON.stringify(shownOnce));
        await tx.update(IdempotencyKey, { id }, { createdId, sealed });
        written = result;
        return result;
      }),
  });
  if (created !== written) throw new Error(`${operation} answered something else than its transaction made`);
  return created;
}

// Waits for a transaction that has written the same key. One that has had its day is as good as new.
async function claimKey(tx: TenantTransaction, claim: Claim): Promise<string> {
  const { actor, operation, keyDigest, inputDigest } = claim;
  const now = await tx.now();
  const outdated = now.subtract({ hours: KEPT_HOURS });
  const [claimed] = await tx.sql<{ id: string }>`
    insert into process.idempotency_key as known (tenant_id, actor, operation, key_digest, input_digest, created_at)
    values (${tx.tenantId}, ${actor}, ${operation}, ${keyDigest}, ${inputDigest}, ${now})
    on conflict (tenant_id, actor, operation, key_digest) do update
      set input_digest = excluded.input_digest, created_id = null, sealed = null, created_at = excluded.created_at
      where known.created_at <= ${outdated}
    returning id`;
  if (!claimed) throw new KeyTaken();
  // Whoever creates clears away a few of those that nobody needs any more, which is more than they add.
  await tx.sql`
    delete from process.idempotency_key where tenant_id = ${tx.tenantId} and id in (
      select id from process.idempotency_key where tenant_id = ${tx.tenantId} and created_at <= ${outdated}
      order by created_at limit 10 for update skip locked)`;
  return claimed.id;
}

async function find(db: TenantDatabase, claim: Claim): Promise<IdempotencyKey | null> {
  const { actor, operation, keyDigest } = claim;
  return db.reading(async (tx) => {
    const after = (await tx.now()).subtract({ hours: KEPT_HOURS });
    return tx.findOne(IdempotencyKey, { actor, operation, keyDigest, createdAt: { $gt: after } });
  });
}

async function answerAgain<Created>(
  { operation, input, read }: CreateRequest<Created>,
  claim: Claim,
  known: IdempotencyKey,
): Promise<Created> {
  if (known.inputDigest !== claim.inputDigest)
    throw exposed("IDEMPOTENCY_KEY_REUSED", `${operation} with another input`, { operation });
  const { sealed } = known;
  const id = known.createdId!;
  const unseal = (text: string) => JSON.parse(createSealer(input.idempotencyKey!).unseal(text)) as unknown;
  const shownOnce = sealed === null ? undefined : unseal(sealed);
  const created = await read({ id, shownOnce });
  if (created) return created;
  throw exposed("NOT_FOUND", `what ${operation} created`, { thing: `thing that ${operation} created`, id });
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
