import { handle } from "#shared/process/commands.ts";
import * as asked from "#supergraph/commands.ts";
import { recordIncidentState } from "./recordIncidentState.ts";
import { releaseAlerts } from "./releaseAlerts.ts";

/** What other services ask of alerts, and what is done about it. */
export const commands = [
  handle(asked.releaseAlerts, (tx, what) => releaseAlerts(tx, what)),
  handle(asked.recordIncidentState, (tx, told) => recordIncidentState(tx, told)),
];
