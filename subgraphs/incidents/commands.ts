import { onBehalfOf, systemActor } from "#shared/subgraph/actor.ts";
import { handle } from "#shared/process/commands.ts";
import * as asked from "#supergraph/commands.ts";
import { openIncident } from "./openIncident.ts";
import { recordTimelineEntry } from "./recordTimelineEntry.ts";
import { reportParkedWork } from "./reportParkedWork.ts";
import { settleAlert } from "./settleAlert.ts";
import { takeOnIncident } from "./takeOnIncident.ts";

/** What other services ask of incidents, and what is done about it. */
export const commands = [
  handle(asked.openIncident, (tx, alert, { sentAt: at }) =>
    openIncident(tx, systemActor("alerts"), { ...alert, at }),
  ),
  handle(asked.settleAlert, (tx, alert) => settleAlert(tx, onBehalfOf(alert.userId, "alerts"), alert)),
  handle(asked.takeOnIncident, (tx, what) =>
    takeOnIncident(tx, onBehalfOf(what.userId, "escalations"), what),
  ),
  handle(asked.reportParkedWork, (tx, parked) => reportParkedWork(tx, systemActor(parked.owner), parked)),
  handle(asked.recordTimelineEntry, (tx, told) => recordTimelineEntry(tx, told)),
];
