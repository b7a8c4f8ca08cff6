import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codesOf, createKey, followWithKey, openSetting, type Setting } from "../authorization/setting.ts";
import { incidentsOf, nextTold, pagingSource } from "../stories/setting.ts";
import { loseListeners } from "../support/loseListeners.ts";
import type { Following, Tenant, World } from "../support/world.ts";

let setting: Setting;
let world: World;

beforeAll(async () => {
  setting = await openSetting();
  ({ world } = setting);
});
afterAll(() => setting.close());

const FOLLOW = `subscription ($filter: AlertFilter) {
  alertsChanged(filter: $filter) { alerts { id title status priority } notMatchingIds mayHaveMissed }
}`;

interface Told {
  alerts: { id: string; title: string; status: string; priority: string }[];
  notMatchingIds: string[];
  mayHaveMissed: boolean;
}

const next = (following: Following) => nextTold<Told>(following, "alertsChanged");
// What was done before somebody followed may be told still.
const nextOut = (following: Following) =>
  nextTold<Told>(following, "alertsChanged", ({ notMatchingIds }) => notMatchingIds.length > 0);
const fetchAgain: Told = { alerts: [], notMatchingIds: [], mayHaveMissed: true };

async function followList({ admin }: Tenant, filter: object): Promise<Following> {
  const following = await admin.follow(FOLLOW, { filter });
  expect(await next(following)).toEqual(fetchAgain);
  return following;
}

let tenants = 0;
/** A tenant whose alerts open incidents about which its administrator is paged, and where they are posted to. */
async function monitored() {
  const tenant = await world.tenant(`monitored-${++tenants}`);
  const { webhook } = await pagingSource(tenant, [{ userIds: [tenant.admin.id] }]);
  const post = async (...alerts: object[]) =>
    (await world.post(webhook, alerts)).body["accepted"] as string[];
  return { tenant, post };
}

describe("whoever follows a list of alerts", () => {
  it("is told which fire, which get another message, and which are resolved", async () => {
    const { tenant, post } = await monitored();
    const following = await followList(tenant, { statuses: ["FIRING"], priorities: ["HIGH"] });
    const alert = { title: "The disk is full", dedupKey: "disk", priority: "high" };
    const [id] = await post(alert);
    const told = { id, title: "The disk is full", status: "FIRING", priority: "HIGH" };
    expect(await next(following)).toEqual({ alerts: [told], notMatchingIds: [], mayHaveMissed: false });
    await post({ ...alert, title: "The disk is fuller" });
    expect((await next(following)).alerts).toEqual([{ ...told, title: "The disk is fuller" }]);
    await post({ ...alert, priority: "low" });
    expect(await next(following)).toEqual({ alerts: [], notMatchingIds: [id], mayHaveMissed: false });
    await post(alert);
    expect((await next(following)).alerts).toEqual([told]);
    await post({ ...alert, status: "resolved" });
    expect(await next(following)).toMatchObject({ alerts: [], notMatchingIds: [id] });
    await following.end();
  });

  it("is told of those that a person resolves, one by one or with their incident", async () => {
    const { tenant, post } = await monitored();
    const ids = await post({ title: "One" }, { title: "Two" });
    await world.settle();
    const following = await followList(tenant, { statuses: ["FIRING"] });
    await tenant.admin.ask("mutation ($id: ID!) { resolveAlert(input: { id: $id }) { alert { id } } }", {
      id: ids[0],
    });
    expect((await nextOut(following)).notMatchingIds).toEqual([ids[0]]);
    const [incident] = await incidentsOf(tenant);
    await tenant.admin.ask(
      "mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { id } } }",
      {
        id: incident!.id,
      },
    );
    await world.settle();
    expect((await nextOut(following)).notMatchingIds).toEqual([ids[1]]);
    await following.end();
  });

  it("is told of each of a large payload's once, a few at a time", async () => {
    const { tenant, post } = await monitored();
    const following = await followList(tenant, { text: "storm" });
    const alerts = Array.from({ length: 300 }, (_, i) => ({ title: `Storm ${i}`, dedupKey: `storm ${i}` }));
    const ids = await post(...alerts);
    const told: Told[] = [];
    while (told.flatMap((one) => one.alerts).length < 300) told.push(await next(following));
    expect(told.every((one) => one.alerts.length <= 20 && !one.mayHaveMissed)).toBe(true);
    expect(told.flatMap((one) => one.alerts.map(({ id }) => id)).toSorted()).toEqual(ids.toSorted());
    await following.end();
  });

  it("is told to fetch the list again when changes may have been missed, and of those that follow", async () => {
    const { tenant, post } = await monitored();
    const following = await followList(tenant, {});
    await loseListeners(world.database);
    expect(await next(following)).toEqual(fetchAgain);
    const ids = await post({ title: "After" });
    expect((await next(following)).alerts.map(({ id }) => id)).toEqual(ids);
    await following.end();
  });

  it("hears nothing of another tenant's, and nothing at all unless they may read alerts", async () => {
    const [ours, theirs] = [await monitored(), await monitored()];
    const following = await followList(ours.tenant, {});
    await theirs.post({ title: "A secret" });
    await ours.post({ title: "Ours" });
    expect(await next(following)).toMatchObject({ alerts: [{ title: "Ours" }], notMatchingIds: [] });
    await following.end();
    const key = await createKey({ world, tenant: ours.tenant }, ["IncidentRead"]);
    const refused = await followWithKey(world, key.key, FOLLOW, {});
    expect(codesOf(await refused.until(() => true))).toEqual(["PERMISSION_DENIED"]);
  });
});
