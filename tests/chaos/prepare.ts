import { createHttpSource, pageUserAt, type Ask } from "../support/demo.ts";
import type { Receiver } from "./receiver.ts";
import type { Webhooks } from "./flow.ts";

/**
 * Has two kinds of alert lead to one page each: those of one source to a person whom the path names, those of another to the same
 * person as the one who is on call. Every alert is an incident of its own, and nobody else is paged about it for an hour.
 */
export async function prepare(ask: Ask, receiver: Receiver): Promise<Webhooks> {
  const { createRole } = await ask<{ createRole: { id: string } }>(
    `mutation { createRole(input: { name: "On call", permissions: [] }) { id } }`,
  );
  const { inviteUser } = await ask<{ inviteUser: { id: string } }>(
    "mutation ($input: InviteUserInput!) { inviteUser(input: $input) { id } }",
    { input: { name: "Cid", email: "cid@example.com", timeZone: "UTC", roleIds: [createRole.id] } },
  );
  await pageUserAt(ask, inviteUser.id, `${receiver.url}/cid`);
  const { createSchedule } = await ask<{ createSchedule: { id: string } }>(
    `mutation ($people: [ID!]!) { createSchedule(input: { name: "Chaos", timeZone: "UTC", rotations: [
      { name: "Daily", participantIds: $people, timeZone: "UTC", shiftUnit: DAYS, startsOn: "2024-01-01" }] }) { id } }`,
    { people: [inviteUser.id] },
  );
  const { alertRoutes } = await ask<{ alertRoutes: { id: string }[] }>("{ alertRoutes { id } }");
  for (const { id } of alertRoutes)
    await ask("mutation ($id: ID!) { deleteAlertRoute(id: $id) { id } }", { id });
  return {
    named: await pagingSource(ask, "Named", { userIds: [inviteUser.id] }),
    onCall: await pagingSource(ask, "On call", { scheduleIds: [createSchedule.id] }),
  };
}

async function pagingSource(ask: Ask, name: string, level: object): Promise<string> {
  const { createEscalationPath } = await ask<{ createEscalationPath: { id: string } }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { id } }",
    { input: { name, levels: [{ ...level, waitMinutes: 60 }] } },
  );
  const { id, webhook } = await createHttpSource(ask, name);
  await ask("mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { id } }", {
    input: {
      name,
      conditions: [{ subject: "SOURCE", operator: "ONE_OF", values: [id] }],
      action: { groupByLabels: null, escalationPathId: createEscalationPath.id },
    },
  });
  return webhook;
}
