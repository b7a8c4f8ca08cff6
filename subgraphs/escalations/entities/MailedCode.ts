import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** A code that was mailed to an address, to find out whose it is. Kept for a day, also when the contact method is gone. */
export const MailedCode = tenantEntity({
  name: "MailedCode",
  schema: "escalations",
  properties: (p) => ({
    contactMethodId: p.uuid(),
    /** In lower case. */
    address: p.text(),
    /** SHA-256 of the contact method and the code, in hexadecimal. */
    digest: p.text(),
    /** How many wrong codes were given. */
    wrong: p.integer().default(0),
    createdAt: p.instant(),
  }),
  indexes: [{ properties: ["createdAt"] }, { properties: ["contactMethodId", "createdAt"] }],
});

/** One code as it is stored. */
export type MailedCode = Row<typeof MailedCode>;
