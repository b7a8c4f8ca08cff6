import { tenantEntity, type Row, type TenantEntity } from "#shared/database/entity.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { User } from "./User.ts";

/** A key with which a machine asks in the tenant's name. Only the digest of its secret is kept. */
export const ApiKey = tenantEntity({
  name: "ApiKey",
  schema: "identity",
  properties: (p) => ({
    name: p.text(),
    /** SHA-256 of the secret, in hexadecimal. */
    secretDigest: p.text(),
    permissions: p.json().$type<Permission[]>(),
    createdById: p.uuid().nullable(),
    /** The key that created it, without which it is worth nothing. */
    createdByKeyId: p.uuid().nullable(),
    createdAt: p.instant(),
    expiresAt: p.instant().nullable(),
    revokedAt: p.instant().nullable(),
    lastUsedAt: p.instant().nullable(),
  }),
  references: { createdById: () => User, createdByKeyId: (): TenantEntity => ApiKey },
  indexes: [{ properties: ["createdAt", "id"] }, { properties: ["createdByKeyId"] }],
});

/** One API key as it is stored. */
export type ApiKey = Row<typeof ApiKey>;
