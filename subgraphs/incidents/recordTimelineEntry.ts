import type { z } from "zod";
import { onBehalfOf } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { recordTimelineEntry as command } from "#supergraph/commands.ts";
import { Incident } from "./entities/Incident.ts";
import { addTimelineEntry } from "./changes/addTimelineEntry.ts";
import { notePaging } from "./changes/notePaging.ts";

/** Another service tells what happened in an incident. Of an incident that does not exist nothing is told. */
export async function recordTimelineEntry(
  tx: TenantTransaction,
  told: z.infer<(typeof command)["payload"]>,
): Promise<void> {
  const { incidentId, kind, message, data } = told;
  if (!(await tx.lock(Incident, { id: incidentId }))) return;
  const occurredAt = Temporal.Instant.from(told.occurredAt);
  const by = onBehalfOf(told.userId, "escalations");
  await Promise.all([
    addTimelineEntry(tx, by, { incidentId, kind, message, occurredAt, data }),
    notePaging(tx, { incidentId, kind, message, data }),
  ]);
}
