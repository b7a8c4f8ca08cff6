import { connectionBy } from "#shared/subgraph/connection.ts";
import { AlertEvent } from "./entities/AlertEvent.ts";

/** A page of an alert's events, newest first, without their payloads. */
export const listAlertEvents = connectionBy({
  name: "eventsByAlert",
  entity: AlertEvent,
  parent: "alertId",
  orderBy: { receivedAt: "DESCENDING" },
  leftOut: ["payload"],
});
