import type { Severity } from "#supergraph/commands.ts";
import { breaksOfTenant, type Break } from "#supergraph/ledger/ledger.ts";
import type { Person, Tenant, World } from "../../support/world.ts";
import { pageAt, responder, weekly, type Pager, type ReceivedPage } from "../setting.ts";

/** The keys of the conditions that the team's tool reports: two of one service, one of another, one of none. */
export const KEYS = ["disk", "memory", "queue", "nightly"] as const;
/** What the tool calls one condition. */
export type Key = (typeof KEYS)[number];

/** The priorities that the tool reports; the routing takes INFO for nothing to page about. */
export const PRIORITIES = ["CRITICAL", "HIGH", "LOW", "INFO"] as const;
/** How bad the tool says it is. */
export type Priority = (typeof PRIORITIES)[number];

/** Three people with two paths, a route that pages and one that does not, and a tool that posts: what random turns are taken with. */
export async function openTeam(world: World, pager: Pager, name: string): Promise<Team> {
  const tenant = await world.tenant(name);
  const people = [
    await responder(tenant, "ann"),
    await responder(tenant, "bob"),
    await responder(tenant, "cid"),
  ] as const;
  for (const person of people) await pageAt(pager, person, tenant);
  const [ann, bob, cid] = people;
  const scheduleId = await weekly(tenant, [ann, bob]);
  const { schedule } = await tenant.admin.ask<{ schedule: { rotations: { id: string }[] } }>(
    "query ($id: ID!) { schedule(id: $id) { rotations { id } } }",
    { id: scheduleId },
  );
  const paths = [
    await createPath(tenant, "Schedule, then Cid", [{ scheduleIds: [scheduleId] }, { userIds: [cid.id] }]),
    await createPath(tenant, "Bob alone", [{ userIds: [bob.id] }]),
  ] as const;
  const paging = { groupByLabels: ["service"], escalationPathId: paths[0] };
  const pagingRouteId = await createRoute(tenant, "Pages", paging, ["CRITICAL", "HIGH", "LOW"]);
  await createRoute(tenant, "Is quiet about the rest", { openIncident: false }, [...PRIORITIES]);
  const { createAlertSource } = await tenant.admin.ask<{ createAlertSource: { token: string } }>(
    `mutation { createAlertSource(input: { name: "Monitoring", type: HTTP }) { token } }`,
  );
  return {
    world,
    tenant,
    people,
    paths,
    pagingRouteId,
    rotationId: schedule.rotations[0]!.id,
    webhook: `/webhooks/${createAlertSource.token}`,
    newPages: follow(pager, people),
  };
}

/** What random turns are taken with. */
export interface Team {
  readonly world: World;
  readonly tenant: Tenant;
  /** Ann and Bob take turns on the schedule; Cid is the second level. */
  readonly people: readonly [Person, Person, Person];
  /** The ids of the escalation paths. */
  readonly paths: readonly [string, string];
  readonly pagingRouteId: string;
  readonly rotationId: string;
  readonly webhook: string;
  /** The pages that these people received since it was asked last. */
  newPages(): ReceivedPage[];
}

/** An incident as the database has it. */
export interface SeenIncident {
  id: string;
  number: number;
  state: "triage" | "active" | "resolved" | "closed";
  severity: Severity;
  /** The keys of the alerts that it counts as firing. */
  firing: Key[];
  /** Whether an escalation about it still pages people, or tries to. */
  isPaging: boolean;
  hasPath: boolean;
  flapCount: number;
  /** Whether its alerts are damped, so that nobody is paged for a while. */
  isDamped: boolean;
}

/** The incidents of the team, by number. */
export async function incidentsOfTeam({ world, tenant }: Team): Promise<SeenIncident[]> {
  return world.database.query<SeenIncident>(
    `select incident.id, number, state.to_state as state, severity, escalation_path_id is not null as "hasPath",
      flap_count as "flapCount", damped_until is not null as "isDamped",
      array(select alert.dedup_key from incidents.incident_alert as link
        join alerts.alert on alert.tenant_id = link.tenant_id and alert.id = link.alert_id
        where link.tenant_id = incident.tenant_id and link.incident_id = incident.id and link.settled_at is null and link.left_at is null
        order by 1) as firing,
      exists (select from escalations.escalation
        join escalations.escalation_transition as run
          on run.tenant_id = escalation.tenant_id and run.escalation_id = escalation.id and run.most_recent
        where escalation.tenant_id = incident.tenant_id and escalation.incident_id = incident.id
          and run.to_state in ('pending', 'triggered', 'undeliverable')) as "isPaging"
    from incidents.incident
    join incidents.incident_transition as state
      on state.tenant_id = incident.tenant_id and state.incident_id = incident.id and state.most_recent
    where incident.tenant_id = $1 order by number`,
    [tenant.id],
  );
}

/** The keys that fire now. */
export async function firingKeys({ world, tenant }: Team): Promise<Key[]> {
  const firing = await world.database.query<{ key: Key }>(
    "select dedup_key as key from alerts.alert where tenant_id = $1 and status = 'FIRING' order by 1",
    [tenant.id],
  );
  return firing.map(({ key }) => key);
}

/** What the ledger says of the team's tenant. */
export function breaksOf({ world, tenant }: Team): Promise<Break[]> {
  return world.tocsin
    .databaseOf("incidents")
    .tenant(tenant.id)
    .reading((db) => db.sql<Break>(breaksOfTenant, tenant.id));
}

/** Has whatever is still to be done for the team left undone, so that a clock that moves on finds nothing of it. */
export async function retire({ world, tenant }: Team): Promise<void> {
  for (const table of ["command", "timer", "effect"])
    await world.database.query(`delete from process.${table} where tenant_id = $1`, [tenant.id]);
}

/** Asks the graph as the team's administrator. What is refused is refused, but a fault of ours is none of the answers. */
export async function attempt({ tenant }: Team, query: string, variables: object): Promise<void> {
  const { errors = [] } = await tenant.admin.answer(query, variables);
  const refusals = ["MOVE_NOT_ALLOWED", "IN_USE", "INVALID_ARGUMENT", "NOT_FOUND", "LAST_ADMINISTRATOR"];
  const faults = errors.filter(({ extensions }) => !refusals.includes(extensions.code));
  if (faults.length > 0) throw new Error(`${query} answered ${JSON.stringify(faults)}`);
}

async function createPath({ admin }: Tenant, name: string, levels: readonly object[]): Promise<string> {
  const { createEscalationPath } = await admin.ask<{
    createEscalationPath: { escalationPath: { id: string } };
  }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    { input: { name, repeats: 1, levels } },
  );
  return createEscalationPath.escalationPath.id;
}

async function createRoute(
  { admin }: Tenant,
  name: string,
  action: object,
  priorities: readonly Priority[],
): Promise<string> {
  const conditions = [{ priority: { oneOf: priorities } }];
  const { createAlertRoute } = await admin.ask<{ createAlertRoute: { alertRoute: { id: string } } }>(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    { input: { name, conditions, action } },
  );
  return createAlertRoute.alertRoute.id;
}

function follow(pager: Pager, people: readonly Person[]): () => ReceivedPage[] {
  let seen = pager.received.length;
  const paths = new Set(people.map(({ id }) => `/${id}`));
  return () => {
    const since = pager.received.slice(seen);
    seen = pager.received.length;
    return since.filter(({ path }) => paths.has(path));
  };
}
