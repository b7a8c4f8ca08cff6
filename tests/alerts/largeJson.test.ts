import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;
let source: { id: string; webhook: string };

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
  const { createAlertSource } = await tenant.admin.ask<{
    createAlertSource: { token: string; alertSource: { id: string } };
  }>('mutation { createAlertSource(input: { name: "Wordy", type: HTTP }) { token alertSource { id } } }');
  const { token, alertSource } = createAlertSource;
  source = { id: alertSource.id, webhook: `/webhooks/${token}` };
});

afterAll(() => world.close());

/** A payload that is so many characters long as the database writes it. */
const payloadOf = (characters: number) => {
  const empty = '{"more": "", "title": "Large"}'.length;
  return { title: "Large", more: "x".repeat(characters - empty) };
};

interface Event {
  id: string;
  payload: unknown;
  payloadTruncated: boolean;
}

async function eventsOf(payload: object): Promise<{ listed: Event; whole: Event }> {
  const { body } = await world.post(source.webhook, { ...payload, dedupKey: undefined });
  const [id] = body["accepted"] as string[];
  const { alert } = await tenant.admin.ask<{ alert: { events: { nodes: Event[] } } }>(
    "query ($id: ID!) { alert(id: $id) { events(first: 1) { nodes { id payload payloadTruncated } } } }",
    { id },
  );
  const listed = alert.events.nodes[0]!;
  const { alertEvent } = await tenant.admin.ask<{ alertEvent: Event }>(
    "query ($id: ID!) { alertEvent(id: $id) { id payload payloadTruncated } }",
    { id: listed.id },
  );
  return { listed, whole: alertEvent };
}

it("shows in lists a payload of up to 4,000 characters, and the beginning of a longer one", async () => {
  const short = payloadOf(4_000);
  const { listed: fits, whole: same } = await eventsOf(short);
  expect([fits.payload, fits.payloadTruncated]).toEqual([short, false]);
  expect(same).toEqual(fits);
  const long = payloadOf(4_001);
  const { listed, whole } = await eventsOf(long);
  expect(listed.payloadTruncated).toBe(true);
  expect(listed.payload).toHaveLength(4_001);
  expect((listed.payload as string).startsWith('{"more": "xxx')).toBe(true);
  expect([whole.payload, whole.payloadTruncated]).toEqual([long, false]);
});

it("shows in lists the beginning of what was refused, and the whole by its id", async () => {
  const sent = JSON.stringify({ tile: "x".repeat(1_000_000) });
  await world.post(source.webhook, sent);
  const { refusedRequests } = await tenant.admin.ask<{
    refusedRequests: { nodes: { id: string; body: string; bodyTruncated: boolean; isCut: boolean }[] };
  }>("{ refusedRequests(first: 1) { nodes { id body bodyTruncated isCut } } }");
  const [listed] = refusedRequests.nodes;
  expect(listed).toMatchObject({ body: sent.slice(0, 4_000), bodyTruncated: true, isCut: false });
  const { refusedRequest } = await tenant.admin.ask<{ refusedRequest: object }>(
    "query ($id: ID!) { refusedRequest(id: $id) { body bodyTruncated } }",
    { id: listed!.id },
  );
  expect(refusedRequest).toEqual({ body: sent, bodyTruncated: false });
});

it("answers eight aliases of a list of 1 MB bodies with less than a megabyte", async () => {
  for (let index = 0; index < 20; index++)
    await world.post(source.webhook, { tile: `${index} ${"x".repeat(1_000_000)}` });
  const aliases = Array.from(
    { length: 8 },
    (_, index) => `list${index}: refusedRequests(first: 20) { nodes { body } }`,
  );
  const { data, errors } = await tenant.admin.answer(`{ ${aliases.join(" ")} }`);
  expect(errors).toBeUndefined();
  expect(Object.keys(data!)).toHaveLength(8);
  expect(JSON.stringify(data).length).toBeLessThan(1_000_000);
});
