import { askGraph } from "../../standalone/askGraph.ts";
import type { RunningProcess } from "./processes.ts";

/** Asks the graph of a process that serves the demo, as the demo's administrator. */
export type Ask = <Data>(query: string, variables?: object) => Promise<Data>;

/** Signs in to a process that serves the demo, as its screen tells people to. */
export async function signInToDemo(running: RunningProcess, port: number): Promise<Ask> {
  const issuer = /http:\/\/\S+\/token\?person=ada@example\.com/.exec(running.output())![0];
  const tenantId = /x-tenant-id: ([0-9a-f-]+)/.exec(running.output())![1]!;
  const token = await (await fetch(issuer)).text();
  const routes = (request: Request) =>
    fetch(new Request(request.url.replace("localhost", `127.0.0.1:${port}`), request));
  return (query, variables = {}) => askGraph(routes, { token, tenantId }, query, variables);
}

/** Has everybody of a tenant paged by webhook at this address. */
export async function pageEverybodyAt(ask: Ask, address: string): Promise<void> {
  const { users } = await ask<{ users: { nodes: { id: string }[] } }>("{ users { nodes { id } } }");
  for (const { id: userId } of users.nodes) await pageUserAt(ask, userId, address);
}

/** Has a person paged by webhook at this address, as soon as a page is due. */
export async function pageUserAt(ask: Ask, userId: string, address: string): Promise<void> {
  const { createContactMethod } = await ask<{ createContactMethod: { contactMethod: { id: string } } }>(
    "mutation ($input: CreateContactMethodInput!) { createContactMethod(input: $input) { contactMethod { id } } }",
    { input: { userId, name: "Pager", notifier: "WEBHOOK", address } },
  );
  await ask(
    "mutation ($userId: ID!, $rules: [NotificationRuleInput!]!) { setNotificationRules(input: { userId: $userId, rules: $rules }) { user { id } } }",
    { userId, rules: [{ contactMethodId: createContactMethod.contactMethod.id, delay: "PT0S" }] },
  );
}

/** Creates an alert source that takes any JSON; the answer is its id and where it posts to. */
export async function createHttpSource(ask: Ask, name: string): Promise<{ id: string; webhook: string }> {
  const { createAlertSource } = await ask<{
    createAlertSource: { token: string; alertSource: { id: string } };
  }>(
    "mutation ($name: String!) { createAlertSource(input: { name: $name, type: HTTP }) { token alertSource { id } } }",
    { name },
  );
  return { id: createAlertSource.alertSource.id, webhook: `/webhooks/${createAlertSource.token}` };
}
