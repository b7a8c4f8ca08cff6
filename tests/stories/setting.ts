import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pageUserAt } from "../support/demo.ts";
import { eventually } from "../support/processes.ts";
import type { Following, Person, Tenant, World } from "../support/world.ts";

/** A server on loopback that people are paged at, and what it received. */
export async function openPager(): Promise<Pager> {
  const received: ReceivedPage[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const page = {
        path: request.url ?? "",
        headers: request.headers,
        body: JSON.parse(body) as Record<string, unknown>,
      };
      if (status < 300) received.push(page);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    pagesTo: (person) => received.filter((page) => page.path === `/${person.id}`),
    answerWith: (code) => void (status = code),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A page as it arrived. */
export interface ReceivedPage {
  path: string;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
}

/** Where pages arrive in a story. */
export interface Pager {
  readonly url: string;
  /** Everything that was taken, in the order of arrival. */
  readonly received: ReceivedPage[];
  pagesTo(person: Person): ReceivedPage[];
  /** The HTTP status with which it answers from now on; pages it refuses are not received. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}

/** Has a person paged at the pager, by webhook, as soon as they are due. */
export function pageAt(pager: Pager, person: Person, { admin }: Tenant): Promise<void> {
  return pageUserAt(admin.ask, person.id, `${pager.url}/${person.id}`);
}

/** Somebody who has signed in, so that mail goes to them, and may do what a person on call needs. */
export async function responder(tenant: Tenant, who: string): Promise<Person> {
  const person = await tenant.invite(who, [
    "UserRead",
    "AlertRead",
    "IncidentRead",
    "IncidentAcknowledge",
    "IncidentResolve",
    "ScheduleRead",
    "EscalationRead",
    "EscalationAcknowledge",
  ]);
  await person.ask("{ viewer { __typename } }");
  return person;
}

/** A level of an escalation path, as people say it. */
export interface Level {
  userIds?: string[];
  scheduleIds?: string[];
  wait?: string;
}

/** An alert source whose alerts all page along these levels; the answer is where it posts to. */
export async function pagingSource(
  { admin }: Tenant,
  levels: readonly Level[],
  options: { type?: string; repeats?: number; action?: object } = {},
): Promise<{ webhook: string; pathId: string; sourceId: string }> {
  const { createEscalationPath } = await admin.ask<{
    createEscalationPath: { escalationPath: { id: string } };
  }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    { input: { name: "Everybody", repeats: options.repeats ?? 0, levels } },
  );
  const action = {
    groupByLabels: [],
    escalationPathId: createEscalationPath.escalationPath.id,
    ...options.action,
  };
  await admin.ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: { name: "Everything", action },
    },
  );
  const { createAlertSource } = await admin.ask<{
    createAlertSource: { token: string; alertSource: { id: string } };
  }>(
    "mutation ($input: CreateAlertSourceInput!) { createAlertSource(input: $input) { token alertSource { id } } }",
    { input: { name: "Monitoring", type: options.type ?? "HTTP" } },
  );
  const { token, alertSource } = createAlertSource;
  return {
    webhook: `/webhooks/${token}`,
    pathId: createEscalationPath.escalationPath.id,
    sourceId: alertSource.id,
  };
}

/** A schedule on which these people take turns by the week, handing over on Monday at 09:00 in Vienna. */
export async function weekly({ admin }: Tenant, participants: readonly Person[]): Promise<string> {
  const rotation = {
    name: "Weekly",
    participantIds: participants.map((person) => person.id),
    timeZone: "Europe/Vienna",
    handoverWeekday: "MONDAY",
    startsOn: "2024-01-01",
  };
  const { createSchedule } = await admin.ask<{ createSchedule: { schedule: { id: string } } }>(
    "mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { schedule { id } } }",
    { input: { name: "Primary", timeZone: "Europe/Vienna", rotations: [rotation] } },
  );
  return createSchedule.schedule.id;
}

/** The incidents of a tenant with what stories look at, by number. */
export async function incidentsOf({ admin }: Tenant): Promise<Incident[]> {
  const { incidents } = await admin.ask<{ incidents: { nodes: ToldIncident[] } }>(`{
    incidents(orderBy: NUMBER, direction: ASCENDING, first: 20) { nodes {
      id number title state severity
      alerts(first: 5) { totalCount }
      timeline(first: 50) { nodes { kind message actor { id } } }
      escalations { id state level round acknowledgedBy { id } history { from to } pages(first: 50) { nodes { id state notifier cancelReason fallbackOf { id } user { id } attempts { number } } } }
    } }
  }`);
  return incidents.nodes.map((incident) => ({
    ...incident,
    escalations: incident.escalations.map((escalation) => ({ ...escalation, pages: escalation.pages.nodes })),
  }));
}

type ToldEscalation = Omit<Incident["escalations"][number], "pages"> & {
  pages: { nodes: Incident["escalations"][number]["pages"] };
};
type ToldIncident = Omit<Incident, "escalations"> & { escalations: ToldEscalation[] };

/** An incident as stories see it. */
export interface Incident {
  id: string;
  number: number;
  title: string;
  state: string;
  severity: string;
  alerts: { totalCount: number };
  timeline: { nodes: { kind: string; message: string; actor: { id: string } | null }[] };
  escalations: {
    id: string;
    state: string;
    level: number;
    round: number;
    acknowledgedBy: { id: string } | null;
    history: { from: string | null; to: string }[];
    pages: {
      id: string;
      state: string;
      notifier: string;
      cancelReason: string | null;
      fallbackOf: { id: string } | null;
      user: { id: string };
      attempts: { number: number }[];
    }[];
  }[];
}

/** The kinds of an incident's timeline, in order. */
export function kindsOf(incident: Incident): string[] {
  return incident.timeline.nodes.map((entry) => entry.kind);
}

/** Changes an incident until whoever follows it hears of it: what happens before the stream stands is not new to it. */
export async function standing({ admin }: Tenant, following: Following, incidentId: string): Promise<void> {
  let isHeard = false;
  const hearing = following.until(() => (isHeard = true));
  const change = () =>
    admin.ask(
      "mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { id } } }",
      {
        input: { id: incidentId, changes: { summary: `Looked at ${Temporal.Now.instant().toString()}` } },
      },
    );
  await eventually(change, () => isHeard);
  await hearing;
}

/** What a subscription tells next by a field of its, as wanted and without errors. */
export async function nextTold<T>(
  following: Following,
  field: string,
  isWanted: (told: T) => boolean = () => true,
): Promise<T> {
  for (;;) {
    const { data, errors } = await following.until(() => true);
    if (errors?.length) throw new Error(errors[0]!.message);
    const told = (data as Record<string, T>)[field]!;
    if (isWanted(told)) return told;
  }
}

/** Closes what a story opened. */
export async function closeAll(world: World, pager: Pager): Promise<void> {
  await world.close();
  await pager.close();
}
