import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Permission } from "#supergraph/permissions.ts";
import type { UserState } from "../entities/User.ts";

/** One API key of a lineage: a key, the key that created it, and so on up to the one that no key created. */
export interface LineageKey {
  id: string;
  secretDigest: string;
  permissions: Permission[];
  revokedAt: Temporal.Instant | null;
  expiresAt: Temporal.Instant | null;
  lastUsedAt: Temporal.Instant | null;
  /** How the person who created it stands; null where no person did. */
  creatorState: UserState | null;
  /** What that person may do now. */
  creatorPermissions: Permission[];
}

/** How many keys a lineage may have: each one is looked at whenever the last of them is used. */
export const LONGEST_LINEAGE = 10;

/** The lineage of an API key, the key itself first; empty when the tenant has no such key. */
export async function findApiKeyLineage(tx: TenantTransaction, id: string): Promise<LineageKey[]> {
  return tx.sql<LineageKey>`
    with recursive lineage as (
      select api_key.*, 1 as generation from identity.api_key
      where tenant_id = ${tx.tenantId} and id = ${id}
      union all
      select parent.*, lineage.generation + 1 from lineage
      join identity.api_key as parent
        on parent.tenant_id = lineage.tenant_id and parent.id = lineage.created_by_key_id
      where lineage.generation <= ${LONGEST_LINEAGE}
    )
    select lineage.id, lineage.secret_digest as "secretDigest", lineage.permissions,
      lineage.revoked_at as "revokedAt", lineage.expires_at as "expiresAt", lineage.last_used_at as "lastUsedAt",
      creator.state as "creatorState",
      coalesce((
        select jsonb_agg(distinct held.permission)
        from identity.role_assignment
        join identity.role on role.tenant_id = role_assignment.tenant_id and role.id = role_assignment.role_id
        cross join jsonb_array_elements_text(role.permissions) as held (permission)
        where role_assignment.tenant_id = lineage.tenant_id and role_assignment.user_id = lineage.created_by_id
      ), '[]') as "creatorPermissions"
    from lineage
    left join identity.user_account as creator
      on creator.tenant_id = lineage.tenant_id and creator.id = lineage.created_by_id
    order by lineage.generation`;
}

/**
 * What the first key of a lineage may do at a time: what all of its keys list and who created them may do. Null when it is worth
 * nothing: one of them was revoked or has expired, or the person at its beginning was disabled.
 */
export function permittedBy(lineage: readonly LineageKey[], now: Temporal.Instant): Permission[] | null {
  if (lineage.length === 0 || lineage.length > LONGEST_LINEAGE) return null;
  if (lineage.some((key) => hasEnded(key, now))) return null;
  const limits = lineage.flatMap(({ permissions, creatorState, creatorPermissions }) => {
    return creatorState === null ? [permissions] : [permissions, creatorPermissions];
  });
  const [first = [], ...others] = limits.map((permissions) => new Set(permissions));
  return [...first].filter((permission) => others.every((other) => other.has(permission)));
}

function hasEnded({ revokedAt, expiresAt, creatorState }: LineageKey, now: Temporal.Instant): boolean {
  if (revokedAt || creatorState === "DISABLED") return true;
  return expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0;
}
