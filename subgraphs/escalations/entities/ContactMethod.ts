import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { NotifierType } from "../notifiers/notifiers.ts";

/** A way of reaching a person. */
export const ContactMethod = tenantEntity({
  name: "ContactMethod",
  schema: "escalations",
  properties: (p) => ({
    userId: p.uuid(),
    name: p.text(),
    notifier: p.text().$type<NotifierType>(),
    address: p.text(),
    /** The sealed key that signs what is sent there, where the notifier signs. */
    sealedSecret: p.text().nullable(),
    /** Since when it is known to be its person's; null while it is not, and nothing is sent there. */
    confirmedAt: p.instant().nullable(),
  }),
  indexes: [{ properties: ["userId"] }],
});

/** One contact method as it is stored. */
export type ContactMethod = Row<typeof ContactMethod>;
