import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { fragment } from "#shared/database/fragment.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { Escalation } from "./entities/Escalation.ts";
import type { EscalationState } from "./machines/escalationMachine.ts";
import type { PageArgs, SortDirection } from "#shared/subgraph/page.ts";

/** Which page of which escalations, and in what order. */
export interface EscalationList extends PageArgs {
  readonly filter?: EscalationFilter | null | undefined;
  readonly direction?: SortDirection | null | undefined;
}

/** What a list has: escalations that meet all of it. */
export interface EscalationFilter {
  readonly states?: readonly Uppercase<EscalationState>[] | null | undefined;
  readonly incidentIds?: readonly string[] | null | undefined;
  readonly startedAfter?: Temporal.Instant | null | undefined;
  readonly startedBefore?: Temporal.Instant | null | undefined;
}

/** A page of escalations, newest first by default. Throws INVALID_ARGUMENT for a page that is none. */
export function listEscalations(db: TenantDatabase, args: EscalationList): Promise<Connection<Escalation>> {
  const filter = args.filter ?? {};
  return connection(db, {
    entity: Escalation,
    args,
    where: whereOf(filter),
    also: inStates(db, filter),
    orderBy: { startedAt: args.direction ?? "DESCENDING" },
  });
}

function whereOf({ incidentIds, startedAfter, startedBefore }: EscalationFilter) {
  return {
    ...(incidentIds && { incidentId: { $in: incidentIds } }),
    ...((startedAfter || startedBefore) && {
      startedAt: {
        ...(startedAfter && { $gte: startedAfter }),
        ...(startedBefore && { $lt: startedBefore }),
      },
    }),
  };
}

function inStates({ tenantId }: TenantDatabase, { states }: EscalationFilter) {
  if (!states) return undefined;
  const wanted = states.map((state) => state.toLowerCase());
  return fragment`id in (
    select escalation_id from escalations.escalation_transition
    where tenant_id = ${tenantId} and most_recent and to_state = any (${wanted}))`;
}
