import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import {
  closeAll,
  incidentsOf,
  kindsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  weekly,
  type Pager,
} from "./setting.ts";

let world: World;
let pager: Pager;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

async function people(tenant: Tenant, ...names: string[]) {
  const all = [];
  for (const name of names) all.push(await responder(tenant, name));
  for (const person of all) await pageAt(pager, person, tenant);
  return all;
}

const newTenant = () => world.tenant(`story-${++stories}`);

describe("an alert comes in", () => {
  it("pages the first person, then the second when the first stays silent", async () => {
    const tenant = await newTenant();
    const [ann, ben] = await people(tenant, "ann", "ben");
    const levels = [{ userIds: [ann!.id], wait: "PT5M" }, { userIds: [ben!.id] }];
    const { webhook } = await pagingSource(tenant, levels);

    const { status, body } = await world.post(webhook, { title: "The disk is full", priority: "critical" });
    expect([status, (body["accepted"] as string[]).length]).toEqual([202, 1]);
    await world.settle();
    expect(pager.pagesTo(ann!)).toHaveLength(1);
    expect(pager.pagesTo(ben!)).toHaveLength(0);

    await world.advance({ minutes: 4, seconds: 40 });
    expect(pager.pagesTo(ben!)).toHaveLength(0);
    await world.advance({ seconds: 25 });
    expect(pager.pagesTo(ben!)).toHaveLength(1);
    expect(pager.pagesTo(ann!)).toHaveLength(1);

    const [incident] = await incidentsOf(tenant);
    expect(incident).toMatchObject({
      number: 1,
      title: "The disk is full",
      state: "TRIAGE",
      severity: "CRITICAL",
    });
    expect(incident!.escalations).toMatchObject([{ state: "TRIGGERED", level: 2 }]);
    expect(kindsOf(incident!)).toEqual(
      expect.arrayContaining(["INCIDENT_CREATED", "ALERT_ADDED", "ESCALATION_STARTED", "PAGE_SENT"]),
    );
  });

  it("pages nobody else once somebody acknowledged", async () => {
    const tenant = await newTenant();
    const [ann, ben] = await people(tenant, "ann", "ben");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann!.id] }, { userIds: [ben!.id] }], {
      repeats: 3,
    });
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    const [before] = await incidentsOf(tenant);

    await ann!.ask(
      "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { state } } }",
      {
        id: before!.escalations[0]!.id,
      },
    );
    await world.advance({ hours: 3 });
    expect(pager.pagesTo(ben!)).toHaveLength(0);
    expect(pager.pagesTo(ann!)).toHaveLength(1);

    const [after] = await incidentsOf(tenant);
    expect(after).toMatchObject({
      state: "ACTIVE",
      escalations: [{ state: "ACKNOWLEDGED", acknowledgedBy: { id: ann!.id } }],
    });
    expect(after!.timeline.nodes.find((entry) => entry.kind === "INCIDENT_STATE_CHANGED")?.actor).toEqual({
      id: ann!.id,
    });
  });

  it("lets two people acknowledge at once, and makes one move of it", async () => {
    const tenant = await newTenant();
    const [ann, ben] = await people(tenant, "ann", "ben");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann!.id, ben!.id] }]);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    const [before] = await incidentsOf(tenant);
    const acknowledge =
      "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { state } } }";
    const id = before!.escalations[0]!.id;

    const answers = await Promise.all([ann!, ben!].map((person) => person.ask(acknowledge, { id })));
    expect(answers).toEqual(
      [1, 2].map(() => ({ acknowledgeEscalation: { escalation: { state: "ACKNOWLEDGED" } } })),
    );
    await world.settle();
    const [after] = await incidentsOf(tenant);
    expect(after!.escalations[0]!.history.filter((move) => move.to === "ACKNOWLEDGED")).toHaveLength(1);
  });

  it("stops paging when the incident itself is acknowledged", async () => {
    const tenant = await newTenant();
    const [ann, ben] = await people(tenant, "ann", "ben");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann!.id] }, { userIds: [ben!.id] }]);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    const [before] = await incidentsOf(tenant);
    await ann!.ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }", {
      id: before!.id,
    });
    await world.settle();
    await world.advance({ hours: 1 });
    expect(pager.pagesTo(ben!)).toHaveLength(0);
    expect((await incidentsOf(tenant))[0]!.escalations[0]!.state).toBe("ACKNOWLEDGED");
  });

  it("is over when the tool says so: the incident is resolved and nobody is paged any more", async () => {
    const tenant = await newTenant();
    const [ann, ben] = await people(tenant, "ann", "ben");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann!.id] }, { userIds: [ben!.id] }]);
    await world.post(webhook, { title: "The disk is full", dedupKey: "disk" });
    await world.settle();
    await world.post(webhook, { title: "The disk is full", dedupKey: "disk", status: "resolved" });
    await world.settle();
    await world.advance({ hours: 1 });
    expect(pager.pagesTo(ben!)).toHaveLength(0);
    const [incident] = await incidentsOf(tenant);
    expect(incident).toMatchObject({ state: "RESOLVED", escalations: [{ state: "RESOLVED" }] });
  });

  it("makes one incident and one page of a storm of a thousand alerts of one group", async () => {
    const tenant = await newTenant();
    const [ann] = await people(tenant, "ann");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann!.id], wait: "PT1H" }]);
    const payloads = Array.from({ length: 20 }, (_batch, batch) =>
      Array.from({ length: 50 }, (_, index) => ({
        title: `Host ${batch * 50 + index} is down`,
        labels: { cluster: "eu" },
      })),
    );
    const answers = await Promise.all(payloads.map((payload) => world.post(webhook, payload)));
    expect(answers.flatMap((answer) => answer.body["accepted"] as string[])).toHaveLength(1_000);
    await world.settle();
    const incidents = await incidentsOf(tenant);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]!.alerts.totalCount).toBe(1_000);
    expect(pager.pagesTo(ann!)).toHaveLength(1);
  }, 120_000);

  it("moves on at once from a level with nobody on call, and says so", async () => {
    const tenant = await newTenant();
    const [ann] = await people(tenant, "ann");
    const empty = await tenant.admin.ask<{ createSchedule: { schedule: { id: string } } }>(
      `mutation ($people: [ID!]!) { createSchedule(input: { name: "Not yet", timeZone: "UTC", rotations: [
        { name: "Later", participantIds: $people, timeZone: "UTC", startsOn: "2999-01-01" }] }) { schedule { id } } }`,
      { people: [ann!.id] },
    );
    const levels = [
      { scheduleIds: [empty.createSchedule.schedule.id], wait: "PT30M" },
      { userIds: [ann!.id] },
    ];
    const { webhook } = await pagingSource(tenant, levels);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
    expect(pager.pagesTo(ann!)).toHaveLength(1);
    expect(kindsOf((await incidentsOf(tenant))[0]!)).toContain("NOBODY_ON_CALL");
  });

  it("pages whoever stands in while an override is in force, and nobody else", async () => {
    const tenant = await newTenant();
    const [ann, ben] = await people(tenant, "ann", "ben");
    const scheduleId = await weekly(tenant, [ann!]);
    const now = await world.tocsin.databaseOf("incidents").tenant(tenant.id).now();
    await tenant.admin.ask(
      "mutation ($input: CreateOverrideInput!) { createOverride(input: $input) { override { id } } }",
      {
        input: {
          scheduleId,
          userId: ben!.id,
          from: now.subtract({ hours: 1 }).toString(),
          to: now.add({ hours: 1 }).toString(),
        },
      },
    );
    const { webhook } = await pagingSource(tenant, [{ scheduleIds: [scheduleId] }], {
      action: { groupByLabels: null },
    });
    await world.post(webhook, { title: "During the override" });
    await world.settle();
    expect([pager.pagesTo(ann!).length, pager.pagesTo(ben!).length]).toEqual([0, 1]);
    await world.advance({ hours: 2 });
    await world.post(webhook, { title: "After the override" });
    await world.settle();
    expect([pager.pagesTo(ann!).length, pager.pagesTo(ben!).length]).toEqual([1, 1]);
  });

  it("is one alert when the same payload is posted ten times at once", async () => {
    const tenant = await newTenant();
    const [ann] = await people(tenant, "ann");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann!.id] }]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => world.post(webhook, { title: "The disk is full" })),
    );
    expect(new Set(answers.flatMap((answer) => answer.body["accepted"] as string[])).size).toBe(1);
    await world.settle();
    const { alerts } = await tenant.admin.ask<{ alerts: { nodes: { events: { totalCount: number } }[] } }>(
      "{ alerts(first: 5) { nodes { events(first: 1) { totalCount } } } }",
    );
    expect(alerts.nodes).toEqual([{ events: { totalCount: 10 } }]);
    expect(pager.pagesTo(ann!)).toHaveLength(1);
  });

  it("keeps two tenants apart that have the same dedup key", async () => {
    const [one, other] = [await newTenant(), await newTenant()];
    const [ann] = await people(one, "ann");
    const [ben] = await people(other, "ben");
    const [first, second] = [
      await pagingSource(one, [{ userIds: [ann!.id] }]),
      await pagingSource(other, [{ userIds: [ben!.id] }]),
    ];
    const payload = { title: "The disk is full", dedupKey: "disk" };
    await world.post(first.webhook, payload);
    await world.post(second.webhook, payload);
    await world.settle();
    expect([pager.pagesTo(ann!).length, pager.pagesTo(ben!).length]).toEqual([1, 1]);
    await world.post(first.webhook, { ...payload, status: "resolved" });
    await world.settle();
    expect((await incidentsOf(one))[0]!.state).toBe("RESOLVED");
    expect((await incidentsOf(other))[0]!.state).toBe("TRIAGE");
  });

  it("is a new alert and a new page when it fires again a while after it was resolved", async () => {
    const tenant = await newTenant();
    const [ann] = await people(tenant, "ann");
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann!.id] }]);
    for (const status of ["firing", "resolved", "firing"]) {
      await world.post(webhook, { title: "The disk is full", dedupKey: "disk", status });
      await world.advance({ minutes: 31 });
    }
    expect((await incidentsOf(tenant)).map((incident) => incident.state)).toEqual(["RESOLVED", "TRIAGE"]);
    expect(pager.pagesTo(ann!)).toHaveLength(2);
  });
});
