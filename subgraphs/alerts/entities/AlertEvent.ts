import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { AlertStatus } from "../sources/vocabulary.ts";
import { Alert } from "./Alert.ts";

/** One message about an alert, as it was received. */
export const AlertEvent = tenantEntity({
  name: "AlertEvent",
  schema: "alerts",
  properties: (p) => ({
    alertId: p.uuid(),
    status: p.text().$type<AlertStatus>(),
    title: p.text(),
    receivedAt: p.instant(),
    /** The part of the payload that was about this alert. */
    payload: p.json().$type<unknown>(),
    /** What of it was left out, replaced or cut, and what it was taken for, for people. */
    notes: p.json().$type<string[]>().default([]),
  }),
  references: { alertId: () => Alert },
  indexes: [{ properties: ["alertId", "receivedAt", "id"] }],
});

/** One event of one alert. */
export type AlertEvent = Row<typeof AlertEvent>;
