import { defineEntity, p, Type, type EntitySchema } from "@mikro-orm/core";
import type { ColumnBuilders, Key, TenantEntity, WorkerMay } from "#shared/database/entity.ts";

/** The entity as MikroORM knows it, with all that the table of a tenant's rows gets by itself. */
export function ormEntity({ definition, name, schema, tableName, workerMay }: TenantEntity): EntitySchema {
  const { uniques, indexes, acrossIndexes = [] } = definition;
  const declared = {
    name,
    schema,
    tableName,
    properties: {
      tenantId: p.uuid().primary(),
      id: p.uuid().defaultRaw("uuidv7()").primary(),
      ...definition.properties(columnBuilders),
    },
    rowLevelSecurity: "force",
    policies: [OWN_TENANT, ...(workerMay ? [acrossTenants(workerMay)] : [])],
    uniques: tenantFirst(uniques),
    indexes: [...tenantFirst(indexes), ...acrossIndexes],
  };
  return defineEntity(declared as never);
}

class InstantType extends Type<Temporal.Instant, string> {
  override getColumnType(): string {
    return "timestamptz(6)";
  }
}

const columnBuilders: ColumnBuilders = { ...p, instant: () => p.type(InstantType) as never };

function tenantFirst(keys: readonly Key[] = []): Key[] {
  return keys.map((key) => ({ ...key, properties: ["tenantId", ...key.properties] }));
}

// In a sub-select, so that it is worked out once a statement; with no tenant set it is null, and nothing is seen. Spelt
// as PostgreSQL spells it back, so that comparing the two finds no difference.
const IS_OWN = `tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")`;

const OWN_TENANT = { name: "own_tenant", using: IS_OWN, check: IS_OWN };

function acrossTenants(may: WorkerMay) {
  const everything =
    may === "all" ? { command: "all", using: "true", check: "true" } : { command: "select", using: "true" };
  return { name: "across_tenants", roles: ["tocsin_worker"], ...everything };
}
