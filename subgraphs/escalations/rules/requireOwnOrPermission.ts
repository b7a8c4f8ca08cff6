import { missingPermissions, type Actor } from "#shared/subgraph/actor.ts";
import { exposed } from "#supergraph/errors.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";

/** Whether it is one's own, or one has the permission to meddle with other people's. */
export function isOwnOrPermitted(by: Actor, userId: string, permission: Permission): boolean {
  return (by.kind === "user" && by.id === userId) || missingPermissions(by, [permission]).length === 0;
}

/** Throws PERMISSION_DENIED unless it is one's own, or one has the permission to meddle with other people's. */
export function requireOwnOrPermission(by: Actor, userId: string, permission: Permission): void {
  if (isOwnOrPermitted(by, userId, permission)) return;
  throw exposed("PERMISSION_DENIED", `another person's, without ${permission}`, {
    permissions: [permission],
  });
}

/** The person somebody speaks of; themselves when they name nobody. Throws INVALID_ARGUMENT where there is no self. */
export function personOrSelf(by: Actor, userId: string | null | undefined): string {
  if (userId != null) return userId;
  if (by.kind === "user") return by.id;
  const reason = "must name a person: an API key has no contact methods of its own";
  throw invalidArgument("userId", reason);
}
