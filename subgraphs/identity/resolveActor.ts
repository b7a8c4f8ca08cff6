import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { isUuid } from "#shared/database/where.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { User } from "./entities/User.ts";
import { permissionsOfUser } from "./rules/permissionsOfUser.ts";

/** The person whom a verified token of the identity provider names. */
export interface Subject {
  /** The user's id, or anything else the provider calls them. */
  subject: string;
  /** A verified address, empty when there is none. */
  email: string;
}

/**
 * Who a subject is in this tenant, and what they may do; null for nobody, and for a person who was disabled. An invited
 * person who signs in has accepted.
 */
export async function resolveActor(
  db: TenantDatabase,
  { subject, email }: Subject,
): Promise<{ user: User; permissions: Permission[] } | null> {
  return db.transaction(async (tx) => {
    const byId = isUuid(subject) ? await tx.findOne(User, { id: subject }) : null;
    const user = byId ?? (email ? await tx.findOne(User, { email: email.toLowerCase() }) : null);
    if (!user || user.state === "DISABLED") return null;
    if (user.state === "INVITED" || !user.signedInAt)
      await tx.update(User, { id: user.id }, { state: "ACTIVE", signedInAt: await tx.now() });
    return { user, permissions: await permissionsOfUser(tx, user.id) };
  });
}
