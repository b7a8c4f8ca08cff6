import { join } from "node:path";
import type { Database } from "#shared/database/database.ts";
import type { Routes } from "#shared/http/server.ts";
import { createTenant } from "../subgraphs/identity/createTenant.ts";
import { askGraph, type Caller } from "./askGraph.ts";
import type { SeededPerson } from "./developmentIssuer.ts";
import { readSecret, writeSecret } from "./secretFile.ts";

/** The demo as a later start has to know it. */
export interface Demo {
  readonly tenantId: string;
  readonly people: readonly SeededPerson[];
  readonly webhookToken: string;
}

/** The demo that an earlier start seeded; null when there is none. */
export function rememberedDemo(dataFolder: string): Demo | null {
  const kept = readSecret(join(dataFolder, FILE));
  return kept === null ? null : (JSON.parse(kept) as Demo);
}

/** Whether anybody's tenant is in the database already: then nothing is seeded. */
export function hasTenants(database: Database): Promise<boolean> {
  return database.acrossTenants("see whether this is the very first run", async ({ sql }) => {
    return (await sql`select id from identity.tenant limit 1`).length > 0;
  });
}

/** Creates the demo's tenant with its first person, who may do everything. */
export async function seedTenant(database: Database): Promise<SeededPerson> {
  const tenantId = newTenantId();
  const ada = { name: "Ada Lovelace", email: "ada@example.com", timeZone: "Europe/London" };
  const { administrator } = await createTenant(database.tenant(tenantId), {
    name: "Demo",
    slug: "demo",
    administrator: ada,
  });
  return { ...ada, id: administrator.id, tenantIds: [tenantId] };
}

/** Fills the demo's tenant as its administrator would, through the graph, and remembers it. */
export async function seedDemo(
  routes: Routes,
  administrator: SeededPerson,
  as: Caller,
  dataFolder: string,
): Promise<Demo> {
  const ask = <Data>(query: string, variables: object = {}) => askGraph<Data>(routes, as, query, variables);
  const bob = await ask<{ createRole: { role: { id: string } } }>(
    `mutation { createRole(input: { name: "Responder", permissions: [${RESPONDER.join(", ")}] }) { role { id } } }`,
  ).then(async ({ createRole }) => {
    const invite = `mutation ($roles: [ID!]!) {
      inviteUser(input: { email: "bob@example.com", name: "Bob Kahn", timeZone: "America/New_York", roleIds: $roles }) { user { id email name } }
    }`;
    return (await ask<{ inviteUser: { user: Invited } }>(invite, { roles: [createRole.role.id] })).inviteUser
      .user;
  });
  const people = [administrator.id, bob.id];
  for (const userId of people) await printPages(ask, userId);
  const { createTeam } = await ask<{ createTeam: { team: { id: string } } }>(
    `mutation ($people: [ID!]!) { createTeam(input: { name: "Platform", memberIds: $people }) { team { id } } }`,
    { people },
  );
  const { createSchedule } = await ask<{ createSchedule: { schedule: { id: string } } }>(SCHEDULE, {
    people,
    team: createTeam.team.id,
  });
  const { createEscalationPath } = await ask<{ createEscalationPath: { escalationPath: { id: string } } }>(
    PATH,
    {
      schedule: createSchedule.schedule.id,
      second: administrator.id,
    },
  );
  await ask(ROUTE, { path: createEscalationPath.escalationPath.id });
  const { createAlertSource } = await ask<{ createAlertSource: { token: string } }>(
    `mutation { createAlertSource(input: { name: "Prometheus", type: ALERTMANAGER }) { token } }`,
  );
  const demo: Demo = {
    tenantId: as.tenantId,
    people: [administrator, { ...bob, tenantIds: [as.tenantId] }],
    webhookToken: createAlertSource.token,
  };
  writeSecret(join(dataFolder, FILE), JSON.stringify(demo, null, 2));
  return demo;
}

type Ask = <Data>(query: string, variables?: object) => Promise<Data>;
type Invited = { id: string; email: string; name: string };

const FILE = "demo.json";

const RESPONDER = [
  "UserRead",
  "TeamRead",
  "AlertRead",
  "AlertSourceRead",
  "AlertRouteRead",
  "IncidentRead",
  "IncidentAcknowledge",
  "IncidentResolve",
  "IncidentUpdate",
  "ScheduleRead",
  "EscalationRead",
  "EscalationPathRead",
  "EscalationAcknowledge",
];

const SCHEDULE = `mutation ($people: [ID!]!, $team: ID!) {
  createSchedule(input: {
    name: "Platform primary", timeZone: "Europe/Vienna", teamId: $team,
    rotations: [{ name: "Weekly", participantIds: $people, timeZone: "Europe/Vienna", handoverTime: "09:00",
      handoverWeekday: MONDAY, shiftLength: 1, shiftUnit: WEEKS, startsOn: "2024-01-01" }]
  }) { schedule { id } }
}`;

const PATH = `mutation ($schedule: ID!, $second: ID!) {
  createEscalationPath(input: {
    name: "Platform", repeats: 1,
    levels: [{ scheduleIds: [$schedule], wait: "PT5M" }, { userIds: [$second], wait: "PT5M" }]
  }) { escalationPath { id } }
}`;

const ROUTE = `mutation ($path: ID!) {
  createAlertRoute(input: {
    name: "Everything pages the platform team",
    action: { openIncident: true, groupByLabels: ["alertname", "cluster"], groupWindow: "PT1H", escalationPathId: $path }
  }) { alertRoute { id } }
}`;

async function printPages(ask: Ask, userId: string): Promise<void> {
  const { createContactMethod } = await ask<{ createContactMethod: { contactMethod: { id: string } } }>(
    `mutation ($userId: ID!) {
      createContactMethod(input: { userId: $userId, name: "This terminal", notifier: CONSOLE, address: "terminal" }) { contactMethod { id } }
    }`,
    { userId },
  );
  const rules = [{ contactMethodId: createContactMethod.contactMethod.id, delay: "PT0S" }];
  await ask(
    `mutation ($userId: ID!, $rules: [NotificationRuleInput!]!) { setNotificationRules(input: { userId: $userId, rules: $rules }) { user { id } } }`,
    { userId, rules },
  );
}

// A version 7 uuid (RFC 9562 section 5.7), as the database makes them for everything else.
function newTenantId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(
    0,
    (BigInt(Date.now()) << 16n) | BigInt((bytes[6]! << 8) | bytes[7]!),
  );
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
