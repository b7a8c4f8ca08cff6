import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** Says what was created by a request with an idempotency key, so that the same request sent again creates nothing else. */
export const IdempotencyKey = tenantEntity({
  name: "IdempotencyKey",
  schema: "process",
  properties: (p) => ({
    /** The kind and id of the actor: keys of two actors are never the same key. */
    actor: p.text(),
    /** The mutation field. */
    operation: p.text(),
    /** Of the key itself, which is not kept: it opens `sealed`. */
    keyDigest: p.text(),
    /** Of the input: the same key with another input is a mistake of the client's. */
    inputDigest: p.text(),
    /** The id of what was created; null only while its transaction goes on, where nobody else sees it. */
    createdId: p.uuid().nullable(),
    /** What is shown once only, sealed by the key. */
    sealed: p.text().nullable(),
    createdAt: p.instant(),
  }),
  uniques: [{ properties: ["actor", "operation", "keyDigest"] }],
  indexes: [{ properties: ["createdAt"] }],
});

/** One such key as it is stored. */
export type IdempotencyKey = Row<typeof IdempotencyKey>;
