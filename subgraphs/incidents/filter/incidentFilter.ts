import type { Actor } from "#shared/subgraph/actor.ts";
import { allOf, fragment, type SqlFragment } from "#shared/database/fragment.ts";
import { containing, isUuid, type Where } from "#shared/database/where.ts";
import type { Severity } from "#supergraph/commands.ts";
import { invalidArgument, requirePermissions } from "#supergraph/domainErrors.ts";
import type { Incident } from "../entities/Incident.ts";
import type { StateName } from "../machines/stateNames.ts";

/** What a list has: incidents that meet all of it. */
export interface IncidentFilter {
  readonly states?: readonly StateName[] | null | undefined;
  readonly severities?: readonly Severity[] | null | undefined;
  readonly leadId?: string | null | undefined;
  readonly mine?: boolean | null | undefined;
  readonly escalationPathIds?: readonly string[] | null | undefined;
  readonly teamIds?: readonly string[] | null | undefined;
  readonly alertSourceIds?: readonly string[] | null | undefined;
  readonly alertLabels?: readonly { readonly name: string; readonly value: string }[] | null | undefined;
  readonly text?: string | null | undefined;
  readonly createdAfter?: Temporal.Instant | null | undefined;
  readonly createdBefore?: Temporal.Instant | null | undefined;
}

/** Who asks, of which tenant, and the paths that page the teams of the filter. */
export interface FilterAsker {
  readonly by: Actor;
  readonly tenantId: string;
  readonly teamPathIds: readonly string[];
}

/** What of a filter an incident's own columns say. */
export function whereOf(filter: IncidentFilter): Where<Incident> {
  const { severities, leadId, text, createdAfter, createdBefore } = filter;
  return {
    ...(severities && { severity: { $in: severities } }),
    ...(leadId != null && { leadId }),
    ...(text && { $or: [{ title: containing(text) }, { summary: containing(text) }] }),
    ...((createdAfter || createdBefore) && {
      createdAt: {
        ...(createdAfter && { $gte: createdAfter }),
        ...(createdBefore && { $lt: createdBefore }),
      },
    }),
  };
}

/**
 * What of a filter other tables say. Throws INVALID_ARGUMENT where `mine` is asked by who is no person, PERMISSION_DENIED where it is
 * about alerts that the caller may not read.
 */
export function conditionOf(filter: IncidentFilter, caller: FilterAsker): SqlFragment | undefined {
  const { states, escalationPathIds, teamIds } = filter;
  return allOf(
    [
      states && inStates(caller, states),
      filter.mine == null ? undefined : isMine(caller, filter.mine),
      escalationPathIds && pagedAlong(caller, escalationPathIds),
      teamIds && pagedAlong(caller, caller.teamPathIds),
      hasAlert(caller, filter),
    ].map((condition) => condition ?? undefined),
  );
}

function inStates({ tenantId }: FilterAsker, states: readonly StateName[]): SqlFragment {
  const wanted = states.map((state) => state.toLowerCase());
  return fragment`id in (
    select incident_id from incidents.incident_transition
    where tenant_id = ${tenantId} and most_recent and to_state = any (${wanted}))`;
}

function isMine({ by, tenantId }: FilterAsker, mine: boolean): SqlFragment {
  if (by.kind !== "user")
    throw invalidArgument("filter.mine", "is for people: an API key has no incidents of its own");
  const theirs = fragment`id in (
    select id from incidents.incident where tenant_id = ${tenantId} and lead_id = ${by.id}::uuid
    union all
    select incident_id from incidents.incident_responder where tenant_id = ${tenantId} and user_id = ${by.id}::uuid)`;
  return mine ? theirs : fragment`not (${theirs})`;
}

function pagedAlong({ tenantId }: FilterAsker, pathIds: readonly string[]): SqlFragment {
  return fragment`id in (
    select incident_id from incidents.incident_path
    where tenant_id = ${tenantId} and escalation_path_id = any (${pathIds.filter(isUuid)}::uuid[]))`;
}

// One alert that meets both, as people mean it.
function hasAlert(caller: FilterAsker, filter: IncidentFilter): SqlFragment | undefined {
  const { alertSourceIds, alertLabels } = filter;
  const ofAlert = allOf([
    alertSourceIds ? fragment`source_id = any (${alertSourceIds.filter(isUuid)}::uuid[])` : undefined,
    ...(alertLabels ?? []).map(({ name, value }) => fragment`labels @> ${{ [name]: value }}::jsonb`),
  ]);
  if (!ofAlert) return undefined;
  requirePermissions(caller.by, ["AlertRead"], "incidents by their alerts");
  return fragment`id in (
    select incident_id from incidents.incident_alert where tenant_id = ${caller.tenantId} and ${ofAlert})`;
}
