import { afterAll, beforeAll, expect, it } from "vitest";
import { codesOf, createKey, openSetting, type Setting } from "./setting.ts";

let setting: Setting;

beforeAll(async () => (setting = await openSetting()));
afterAll(() => setting.close());

const ME =
  "{ viewer { user { name email timeZone state createdAt contactMethods { address } notificationRules { delay } } } }";
const LEAD = "query ($id: ID!) { incident(id: $id) { title lead { id name email } } }";

it("lets a person without any permission read themselves", async () => {
  const ann = await setting.tenant.invite("ann");
  const input = { name: "Mail", notifier: "EMAIL", address: "ann@home.test" };
  const created = await ann.answer(
    "mutation ($input: CreateContactMethodInput!) { createContactMethod(input: $input) { contactMethod { address } } }",
    { input },
  );
  expect(created.errors).toBeUndefined();
  const { data, errors } = await ann.answer(ME);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    viewer: {
      user: {
        name: "ann",
        email: ann.email,
        state: "ACTIVE",
        contactMethods: [{ address: "ann@home.test" }],
      },
    },
  });
});

it("tells the name of whoever leads an incident with it, and their address to those who may see people and to themselves", async () => {
  const reader = await setting.tenant.invite("reader", ["IncidentRead"]);
  const leader = await setting.tenant.invite("leader", ["IncidentRead"]);
  const seer = await setting.tenant.invite("seer", ["IncidentRead", "UserRead"]);
  const { admin } = setting.tenant;
  const {
    createIncident: { incident },
  } = await admin.ask<{ createIncident: { incident: { id: string } } }>(
    'mutation ($leader: ID!) { createIncident(input: { title: "Slow", leadId: $leader }) { incident { id } } }',
    { leader: leader.id },
  );
  const refused = await reader.answer(LEAD, incident);
  expect(refused.data).toEqual({
    incident: { title: "Slow", lead: { id: leader.id, name: "leader", email: null } },
  });
  expect(refused.errors).toMatchObject([
    {
      path: ["incident", "lead", "email"],
      extensions: { code: "PERMISSION_DENIED", permissions: ["UserRead"] },
    },
  ]);
  for (const person of [leader, seer]) {
    expect(await person.ask(LEAD, incident)).toMatchObject({ incident: { lead: { email: leader.email } } });
  }
});

it("tells a key nothing of the person who created it but the name, and nobody what they do not list", async () => {
  const key = await createKey(setting, ["ApiKeyRead"]);
  const answer = await key.answer("{ viewer { apiKey { name createdBy { name email } } } }");
  expect(answer.data).toMatchObject({ viewer: { apiKey: { createdBy: { email: null } } } });
  expect(codesOf(answer)).toEqual(["PERMISSION_DENIED"]);
});

it("refuses a mutation before it does anything when its answer would tell what may not be read", async () => {
  const writer = await setting.tenant.invite("writer", ["IncidentCreate"]);
  const create = 'mutation { createIncident(input: { title: "Unseen" }) { incident { id } } }';
  expect(codesOf(await writer.answer(create))).toEqual(["PERMISSION_DENIED"]);
  const { incidents } = await setting.tenant.admin.ask<{ incidents: { totalCount: number } }>(
    '{ incidents(filter: { text: "Unseen" }) { totalCount } }',
  );
  expect(incidents.totalCount).toBe(0);
});
