import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { lockOwnMethod } from "./rules/lockOwnMethod.ts";
import type { ContactMethod } from "./entities/ContactMethod.ts";
import { mailCode } from "./confirmation/mailCode.ts";
import type { Services } from "./services.ts";

/**
 * Mails another code to a contact method that is not confirmed; the ones before are no good any more. Throws NOT_FOUND as
 * confirming does, and RATE_LIMITED.
 */
export async function mailContactMethodCode(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
  { delivery }: Pick<Services, "delivery">,
): Promise<ContactMethod> {
  return db.transaction(async (tx) => {
    const method = await lockOwnMethod(tx, by, what.id);
    if (method.confirmedAt === null) await mailCode(tx, method, delivery.sealer);
    return method;
  });
}
