import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** How a person stands to the tenant. */
export type UserState = "INVITED" | "ACTIVE" | "DISABLED";

/** A person who may sign in to the tenant, be paged and be put on call. */
export const User = tenantEntity({
  name: "User",
  schema: "identity",
  tableName: "user_account",
  properties: (p) => ({
    /** In lower case: an address is the same however somebody types it. */
    email: p.text(),
    name: p.text(),
    timeZone: p.text(),
    state: p.text().$type<UserState>(),
    createdAt: p.instant(),
    /** When they signed in first, which is what confirms the address; null for who only was invited. */
    signedInAt: p.instant().nullable(),
    /** Counts the changes. */
    version: p.integer().default(1),
  }),
  uniques: [{ properties: ["email"] }],
  indexes: [{ properties: ["name", "id"] }, { properties: ["createdAt", "id"] }],
});

/** One user as it is stored. */
export type User = Row<typeof User>;
