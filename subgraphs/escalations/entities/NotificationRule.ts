import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { ContactMethod } from "./ContactMethod.ts";

/** How soon a person is reached by one of their contact methods. */
export const NotificationRule = tenantEntity({
  name: "NotificationRule",
  schema: "escalations",
  properties: (p) => ({
    userId: p.uuid(),
    contactMethodId: p.uuid(),
    delayMinutes: p.integer(),
  }),
  references: { contactMethodId: () => ContactMethod },
  indexes: [{ properties: ["userId", "delayMinutes"] }, { properties: ["contactMethodId"] }],
});

/** One notification rule as it is stored. */
export type NotificationRule = Row<typeof NotificationRule>;
