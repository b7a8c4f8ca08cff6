import { createHash, randomInt } from "node:crypto";
import type { Sealer } from "#shared/crypto/seal.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Limit } from "#shared/limits/limits.ts";
import { request } from "#shared/process/effects.ts";
import { exposed } from "#supergraph/errors.ts";
import type { ContactMethod } from "../entities/ContactMethod.ts";
import { MailedCode } from "../entities/MailedCode.ts";
import { limits } from "../limits.ts";
import { deliverCode } from "./deliverCode.ts";

/** How long a code is good for. */
export const CODE_HOURS = 24;

/**
 * Mails a code to the address of a contact method, which confirms it. Throws RATE_LIMITED for too many in a day, of the tenant
 * or to the address: whoever it is has not asked for them.
 */
export async function mailCode(
  tx: TenantTransaction,
  { id: contactMethodId, address }: ContactMethod,
  sealer: Sealer,
): Promise<void> {
  lockByName(tx, "mailed codes");
  const now = await tx.now();
  await tx.delete(MailedCode, { createdAt: { $lte: now.subtract({ hours: CODE_HOURS }) } });
  const lowerAddress = address.toLowerCase();
  const lately = await tx.find(MailedCode, {}, { orderBy: { createdAt: "asc" } });
  requireFew(limits.mailedCodes, lately, now);
  requireFew(
    limits.codesToAnAddress,
    lately.filter((code) => code.address === lowerAddress),
    now,
  );
  const code = createCode();
  const digest = digestOfCode(contactMethodId, code);
  const mailed = await tx.insert(MailedCode, {
    contactMethodId,
    address: lowerAddress,
    digest,
    createdAt: now,
  });
  await request(tx, deliverCode, { address, sealedCode: sealer.seal(code) }, { id: mailed.id });
}

/** What is kept of a code; small letters and what people put in between do not count. */
export function digestOfCode(contactMethodId: string, code: string): string {
  const plain = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  return createHash("sha256").update(`${contactMethodId} ${plain}`).digest("hex");
}

// Without what is taken for something else: 31^8 are 39 bits, for 10 guesses.
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ2346789";

function createCode(): string {
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

function requireFew({ what, per, most }: Limit, lately: readonly MailedCode[], now: Temporal.Instant): void {
  const first = lately.at(-most);
  if (!first) return;
  const free = first.createdAt.add({ hours: CODE_HOURS });
  const { seconds } = now.until(free, { smallestUnit: "second", roundingMode: "ceil" });
  throw exposed("RATE_LIMITED", `${lately.length} codes`, {
    limit: what,
    maximum: most,
    per: `in ${per}`,
    retryAfterSeconds: seconds,
  });
}
