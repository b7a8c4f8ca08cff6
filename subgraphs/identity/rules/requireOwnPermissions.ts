import { missingPermissions, type Actor } from "#shared/subgraph/actor.ts";
import { exposed } from "#supergraph/errors.ts";
import type { Permission } from "#supergraph/permissions.ts";

/**
 * Throws PERMISSION_DENIED when somebody would permit more than they may do themselves, which is how people make
 * themselves administrators. The system sets up tenants, and may.
 */
export function requireOwnPermissions(by: Actor, permissions: readonly Permission[]): void {
  if (by.kind === "system") return;
  const missing = missingPermissions(by, permissions);
  if (missing.length)
    throw exposed("PERMISSION_DENIED", "permits more than they may", { permissions: missing });
}
