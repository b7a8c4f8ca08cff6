import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { NotifierType } from "../notifiers/notifiers.ts";
import { Escalation } from "./Escalation.ts";

/** One call on one person through one contact method. */
export const Page = tenantEntity({
  name: "Page",
  schema: "escalations",
  properties: (p) => ({
    escalationId: p.uuid(),
    userId: p.uuid(),
    level: p.integer(),
    round: p.integer(),
    notifier: p.text().$type<NotifierType>(),
    address: p.text(),
    /** The sealed key that signs it, where the notifier signs. */
    sealedSecret: p.text().nullable(),
    /** The contact method it goes by; null for the account's e-mail. */
    contactMethodId: p.uuid().nullable(),
    /** The account's e-mail, to fall back to; null where mail is not sent or the address was not known. */
    accountEmail: p.text().nullable(),
    /** The page that failed, in whose place this one is sent. */
    fallbackOf: p.uuid().nullable(),
    /** Why it was not sent; null while it may be, and when somebody answered before. */
    cancelReason: p.text().nullable(),
    dueAt: p.instant(),
  }),
  references: { escalationId: () => Escalation },
  // Whatever is tried twice, nobody is paged twice for the same reason by the same way.
  uniques: [{ properties: ["escalationId", "round", "level", "userId", "notifier", "address"] }],
});

/** One page as it is stored. */
export type Page = Row<typeof Page>;
