import type { NewRow } from "#shared/database/entity.ts";
import type { Alert } from "../entities/Alert.ts";
import type { AlertEvent } from "../entities/AlertEvent.ts";

/** The event of an alert that was resolved by somebody and not by its source. */
export function resolvedByHand(
  { id: alertId, title }: Pick<Alert, "id" | "title">,
  resolvedBy: { kind: string; id: string; incidentId?: string },
  receivedAt: Temporal.Instant,
): NewRow<typeof AlertEvent> {
  return { alertId, title, status: "RESOLVED", receivedAt, payload: { resolvedBy }, notes: [] };
}
