import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** A customer: everything else belongs to exactly one. Its id is its tenant id, so that it is its own row. */
export const Tenant = tenantEntity({
  name: "Tenant",
  schema: "identity",
  properties: (p) => ({
    name: p.text(),
    slug: p.text(),
    createdAt: p.instant(),
  }),
  workerMay: "select",
});

/** One tenant as it is stored. */
export type Tenant = Row<typeof Tenant>;
