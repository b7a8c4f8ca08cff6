import { randomBytes } from "node:crypto";
import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { invalidArgument, requireText } from "#supergraph/domainErrors.ts";
import { ContactMethod } from "./entities/ContactMethod.ts";
import { limits } from "./limits.ts";
import { mailCode } from "./confirmation/mailCode.ts";
import { notifiers, type NotifierType } from "./notifiers/notifiers.ts";
import { personOrSelf, requireOwnOrPermission } from "./rules/requireOwnOrPermission.ts";
import { requirePerson } from "./rules/requirePerson.ts";
import type { Services } from "./services.ts";

/** Longer than any address that browsers and proxies carry. */
const LONGEST_ADDRESS = 2_000;

/** A way of reaching somebody as somebody says it. */
export interface NewContactMethod {
  /** One's own, when left out. */
  userId?: string | null | undefined;
  name: string;
  notifier: NotifierType;
  address: string;
}

/**
 * Adds a way of reaching a person; the key that signs what is sent there is shown this once. A mail address that nobody has
 * signed in with is mailed a code first, and nothing else until it is confirmed by that. Throws PERMISSION_DENIED for
 * another person's without ContactMethodManage, INVALID_ARGUMENT for an address that is none, NOT_FOUND for a person of
 * another tenant, LIMIT_REACHED for too many contact methods, RATE_LIMITED for too many codes mailed.
 */
export async function createContactMethod(
  db: TenantDatabase,
  by: Actor,
  what: NewContactMethod,
  { people, delivery }: Pick<Services, "people" | "delivery">,
): Promise<{ contactMethod: ContactMethod; signingSecret: string | null }> {
  const userId = personOrSelf(by, what.userId);
  requireOwnOrPermission(by, userId, "ContactMethodManage");
  const { name, notifier, address } = what;
  requireText("name", name);
  requireText("address", address, LONGEST_ADDRESS);
  const kind = notifiers.get(notifier);
  const problem = kind.validateAddress(address);
  if (problem) throw invalidArgument("address", problem);
  const { email } = await requirePerson(people, { tenantId: db.tenantId }, userId);
  const isConfirmed = !kind.isConfirmedByCode || (email !== "" && address.toLowerCase() === email);
  const signingSecret = kind.isSigned ? randomBytes(32).toString("base64url") : null;
  const sealedSecret = signingSecret && delivery.sealer.seal(signingSecret);
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.allContactMethods, { entity: ContactMethod });
    await requireRoom(tx, limits.contactMethods, { entity: ContactMethod, where: { userId } });
    const confirmedAt = isConfirmed ? await tx.now() : null;
    const method = await tx.insert(ContactMethod, {
      userId,
      name,
      notifier,
      address,
      sealedSecret,
      confirmedAt,
    });
    if (!isConfirmed) await mailCode(tx, method, delivery.sealer);
    return { contactMethod: method, signingSecret };
  });
}
