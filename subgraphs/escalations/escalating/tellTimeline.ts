import type { z } from "zod";
import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { send } from "#shared/process/commands.ts";
import { recordTimelineEntry, type toldTimelineEntryKind } from "#supergraph/commands.ts";

/** What is told of an incident. */
export interface Told {
  incidentId: string;
  kind: z.infer<typeof toldTimelineEntryKind>;
  message: string;
  data?: Record<string, z.core.util.JSONType>;
}

/** Tells an incident's timeline what happened, in the transaction in which it did. */
export async function tellTimeline(
  tx: TenantTransaction,
  by: Actor,
  { incidentId, kind, message, data = {} }: Told,
) {
  const occurredAt = (await tx.now()).toString();
  const userId = by.kind === "user" ? by.id : null;
  // Told in the order in which it happened.
  const key = `timeline ${incidentId}`;
  await send(tx, recordTimelineEntry, { incidentId, kind, message, occurredAt, userId, data }, { key });
}
