import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { sendAll } from "#shared/process/commands.ts";
import { recordIncidentState } from "#supergraph/commands.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";
import { stateNames } from "../machines/stateNames.ts";

/** What alerts are told of an incident. */
export interface IncidentOfAlerts {
  incidentId: string;
  state: IncidentState;
  /** Those that belong to it from now on; none when it is about those that do already. */
  alertIds: readonly string[];
  /** Since when: of two incidents that an alert is told to belong to, the later counts. */
  at: Temporal.Instant;
}

/** How many alerts one command speaks of at most. */
const MOST = 1_000;

/** Tells alerts which incident they belong to, which is locked, and its state; of each incident in the order of happening. */
export async function tellAlerts(
  tx: TenantTransaction,
  { incidentId, state, alertIds, at }: IncidentOfAlerts,
): Promise<void> {
  const portions = [];
  for (let from = 0; from === 0 || from < alertIds.length; from += MOST) {
    portions.push(alertIds.slice(from, from + MOST));
  }
  const key = `alerts ${incidentId}`;
  const about = { incidentId, state: stateNames[state], at: at.toString() };
  await sendAll(
    tx,
    recordIncidentState,
    portions.map((portion) => ({ key, payload: { ...about, alertIds: portion } })),
  );
}
