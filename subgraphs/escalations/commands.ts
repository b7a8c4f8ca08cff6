import { onBehalfOf, systemActor } from "#shared/subgraph/actor.ts";
import { handle } from "#shared/process/commands.ts";
import * as asked from "#supergraph/commands.ts";
import { acknowledgeEscalations } from "./acknowledgeEscalations.ts";
import { resolveEscalations } from "./resolveEscalations.ts";
import { startEscalation } from "./startEscalation.ts";
import { updateEscalations } from "./updateEscalations.ts";

/** What other services ask of escalations, and what is done about it. */
export const commands = [
  handle(asked.startEscalation, (tx, what) => startEscalation(tx, systemActor("incidents"), what)),
  handle(asked.updateEscalations, (tx, what) => updateEscalations(tx, what)),
  handle(asked.acknowledgeEscalations, (tx, what) =>
    acknowledgeEscalations(tx, onBehalfOf(what.userId, "incidents"), what),
  ),
  handle(asked.resolveEscalations, (tx, what) =>
    resolveEscalations(tx, onBehalfOf(what.userId, "incidents"), what),
  ),
];
