import { createHttpSource, pageUserAt, type Ask } from "../support/demo.ts";
import type { Receiver } from "./receiver.ts";
import type { Webhooks } from "./flow.ts";

/**
 * Has two kinds of alert lead to one page each: those of one source to a person whom the path names, those of another to the same
 * person as the one who is on call. Every alert is an incident of its own, and nobody else is paged about it for an hour.
 */
export async function prepare(ask: Ask, receiver: Receiver): Promise<Webhooks> {
  const { createRole } = await ask<{ createRole: { role: { id: string } } }>(
    `mutation { createRole(input: { name: "On call", permissions: [] }) { role { id } } }`,
  );
  const { inviteUser } = await ask<{ inviteUser: { user: { id: string } } }>(
    "mutation ($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }",
    { input: { name: "Cid", email: "cid@example.com", timeZone: "UTC", roleIds: [createRole.role.id] } },
  );
  await pageUserAt(ask, inviteUser.user.id, `${receiver.url}/cid`);
  const { createSchedule } = await ask<{ createSchedule: { schedule: { id: string } } }>(
    `mutation ($people: [ID!]!) { createSchedule(input: { name: "Chaos", timeZone: "UTC", rotations: [
      { name: "Daily", participantIds: $people, timeZone: "UTC", shiftUnit: DAYS, startsOn: "2024-01-01" }] }) { schedule { id } } }`,
    { people: [inviteUser.user.id] },
  );
  const { alertRoutes } = await ask<{ alertRoutes: { nodes: { id: string }[] } }>(
    "{ alertRoutes { nodes { id } } }",
  );
  for (const { id } of alertRoutes.nodes)
    await ask("mutation ($id: ID!) { deleteAlertRoute(input: { id: $id }) { alertRoutes { id } } }", { id });
  return {
    named: await pagingSource(ask, "Named", { userIds: [inviteUser.user.id] }),
    onCall: await pagingSource(ask, "On call", { scheduleIds: [createSchedule.schedule.id] }),
  };
}

async function pagingSource(ask: Ask, name: string, level: object): Promise<string> {
  const { createEscalationPath } = await ask<{ createEscalationPath: { escalationPath: { id: string } } }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    { input: { name, levels: [{ ...level, wait: "PT1H" }] } },
  );
  const { id, webhook } = await createHttpSource(ask, name);
  await ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: {
        name,
        conditions: [{ source: { oneOf: [id] } }],
        action: { groupByLabels: null, escalationPathId: createEscalationPath.escalationPath.id },
      },
    },
  );
  return webhook;
}
