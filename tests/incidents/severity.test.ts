import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAll, incidentsOf, openPager, pageAt, responder, type Pager } from "../stories/setting.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { fire, pathTo, settle } from "./firing.ts";

let world: World;
let pager: Pager;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

async function story(): Promise<{ tenant: Tenant; ann: Person; pathId: string }> {
  const tenant = await world.tenant(`severity-${++stories}`);
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  return { tenant, ann, pathId: await pathTo(tenant, "Ann", [ann.id]) };
}

/** Ann at the first level, Ben five minutes later. */
async function twoLevels() {
  const tenant = await world.tenant(`severity-${++stories}`);
  const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
  for (const person of [ann, ben]) await pageAt(pager, person, tenant);
  const levels = [ann, ben].map(({ id }) => ({ userIds: [id], wait: "PT5M" }));
  const { createEscalationPath } = await tenant.admin.ask<{
    createEscalationPath: { escalationPath: { id: string } };
  }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    { input: { name: "Ann, then Ben", levels } },
  );
  return { tenant, ann, ben, pathId: createEscalationPath.escalationPath.id };
}

const only = async (tenant: Tenant) => {
  const incidents = await incidentsOf(tenant);
  expect(incidents).toHaveLength(1);
  return incidents[0]!;
};

const acknowledge = ({ ask }: Person, id: string) =>
  ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }", { id });

const update = ({ admin }: Tenant, { id, ...changes }: { id: string; [change: string]: unknown }) =>
  admin.ask(
    "mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { severity } } }",
    {
      input: { id, changes },
    },
  );

describe("an incident is as bad as its worst alert that fires", () => {
  it("rises with a worse one, and falls when that is resolved", async () => {
    const { tenant } = await story();
    await fire(world, tenant, { key: "a", severity: "LOW", group: "g" });
    const worse = await fire(world, tenant, { key: "b", severity: "CRITICAL", group: "g" });
    expect((await only(tenant)).severity).toBe("CRITICAL");
    await fire(world, tenant, { key: "c", severity: "MEDIUM", group: "g" });
    expect((await only(tenant)).severity).toBe("CRITICAL");
    await settle(world, tenant, worse);
    const { severity, timeline } = await only(tenant);
    expect(severity).toBe("MEDIUM");
    const changes = timeline.nodes.filter(({ kind }) => kind === "INCIDENT_UPDATED");
    expect(changes.map(({ message }) => message)).toEqual([
      "severity is now CRITICAL, as its alerts say",
      "severity is now MEDIUM, as its alerts say",
    ]);
  });

  it("follows an alert that gets worse itself, and is called as the alert is called now", async () => {
    const { tenant } = await story();
    const alertId = await fire(world, tenant, { key: "disk", severity: "MEDIUM", title: "90 % full" });
    await fire(world, tenant, { key: "disk", alertId, severity: "CRITICAL", title: "99 % full" });
    expect(await only(tenant)).toMatchObject({ severity: "CRITICAL", title: "99 % full" });
  });

  it("stays what it was when no alert fires any more", async () => {
    const { tenant } = await story();
    const alert = { key: "a", severity: "CRITICAL", group: "g", resolveWithAlerts: false } as const;
    await settle(world, tenant, await fire(world, tenant, alert));
    expect(await only(tenant)).toMatchObject({ severity: "CRITICAL", state: "TRIAGE" });
    await fire(world, tenant, { key: "b", severity: "LOW", group: "g" });
    expect((await only(tenant)).severity).toBe("LOW");
  });

  it("stays what a person said, until they have it follow its alerts again", async () => {
    const { tenant } = await story();
    await fire(world, tenant, { key: "a", severity: "HIGH", group: "g" });
    const { id } = await only(tenant);
    await update(tenant, { id, severity: "LOW" });
    await fire(world, tenant, { key: "b", severity: "CRITICAL", group: "g" });
    expect((await only(tenant)).severity).toBe("LOW");
    await update(tenant, { id, title: "Renamed" });
    expect(await only(tenant)).toMatchObject({ severity: "LOW", title: "Renamed" });
    await update(tenant, { id, severity: null });
    expect((await only(tenant)).severity).toBe("CRITICAL");
  });

  it("is told to whoever is paged later on", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "a", severity: "LOW", group: "g", pathId });
    const { id, escalations } = await only(tenant);
    await update(tenant, { id, title: "It is the database", severity: "CRITICAL" });
    await world.settle();
    const rows = await world.database.query(
      "select title, severity from escalations.escalation where id = $1",
      [escalations[0]!.id],
    );
    expect(rows).toEqual([{ title: "It is the database", severity: "CRITICAL" }]);
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });
});

describe("a rise pages again", () => {
  it("from the first level, when nobody has answered yet", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "a", severity: "MEDIUM", group: "g", pathId });
    await fire(world, tenant, { key: "b", severity: "MEDIUM", group: "g", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await world.database.moveClock({ minutes: 1 });
    await fire(world, tenant, { key: "c", severity: "CRITICAL", group: "g", pathId });
    await world.database.moveClock({ minutes: 1 });
    await fire(world, tenant, { key: "d", severity: "CRITICAL", group: "g", pathId });
    const { incidents } = await tenant.admin.ask<{
      incidents: { nodes: { createdAt: string; pagedAt: string }[] };
    }>("{ incidents { nodes { createdAt pagedAt } } }");
    const { createdAt, pagedAt } = incidents.nodes[0]!;
    const waited = Temporal.Instant.from(pagedAt).since(createdAt);
    expect([waited.total("seconds") > 59, waited.total("seconds") < 119]).toEqual([true, true]);
  });

  it("although somebody took it on, who has to take it on anew", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "a", severity: "MEDIUM", group: "g", pathId });
    await acknowledge(ann, (await only(tenant)).id);
    await world.settle();
    await fire(world, tenant, { key: "b", severity: "MEDIUM", group: "g", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await fire(world, tenant, { key: "c", severity: "HIGH", group: "g", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect(await only(tenant)).toMatchObject({ state: "TRIAGE", severity: "HIGH" });
    await acknowledge(ann, (await only(tenant)).id);
    await world.settle();
    await world.advance({ hours: 3 });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect((await only(tenant)).state).toBe("ACTIVE");
  });

  it("and the second level is reached, however often the same alert rises and falls while nobody answers", async () => {
    const { tenant, ben, pathId } = await twoLevels();
    const alert = { key: "cpu", severity: "HIGH", pathId } as const;
    const alertId = await fire(world, tenant, alert);
    for (let minute = 2; minute <= 20; minute += 2) {
      await world.advance({ minutes: 2 });
      await fire(world, tenant, { ...alert, alertId, severity: minute % 4 ? "CRITICAL" : "HIGH" });
    }
    expect(pager.pagesTo(ben).length).toBeGreaterThan(0);
    const { escalations } = await only(tenant);
    expect(escalations.filter(({ state }) => state === "CANCELLED")).toHaveLength(1);
  });

  it("and the second level is reached, whichever alerts of the group rise and are resolved while nobody answers", async () => {
    const { tenant, ben, pathId } = await twoLevels();
    await fire(world, tenant, { key: "w", severity: "MEDIUM", group: "g", pathId });
    for (let pod = 0; pod < 8; pod++) {
      const worse = { key: `pod-${pod}`, severity: "CRITICAL", group: "g", pathId } as const;
      const alertId = await fire(world, tenant, worse);
      await world.advance({ minutes: 2 });
      await settle(world, tenant, alertId);
      await world.advance({ minutes: 2 });
    }
    expect(pager.pagesTo(ben).length).toBeGreaterThan(0);
    const { escalations } = await only(tenant);
    expect(escalations.filter(({ state }) => state === "CANCELLED")).toHaveLength(1);
  });

  it("once, and not each time the same alert falls and rises within its damping time after somebody took it on", async () => {
    const { tenant, ann, pathId } = await story();
    const alert = { key: "cpu", severity: "HIGH", pathId, dampingSeconds: 1_800 } as const;
    const alertId = await fire(world, tenant, alert);
    const { id } = await only(tenant);
    for (let turn = 1; turn <= 12; turn++) {
      await acknowledge(ann, id);
      await world.advance({ minutes: 1 });
      await fire(world, tenant, { ...alert, alertId, severity: turn % 2 ? "CRITICAL" : "HIGH" });
    }
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect((await only(tenant)).state).toBe("ACTIVE");
    // After the damping time it is news again.
    await world.advance({ minutes: 31 });
    await fire(world, tenant, { ...alert, alertId, severity: "CRITICAL" });
    expect(pager.pagesTo(ann)).toHaveLength(3);
  });

  it("along the incident's path where the alert that is worse has none", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "a", severity: "MEDIUM", group: "g", pathId });
    await acknowledge(ann, (await only(tenant)).id);
    await fire(world, tenant, { key: "b", severity: "HIGH", group: "g" });
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });

  it("also above what a person called it, once an alert is worse than all before", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "a", severity: "HIGH", group: "g", pathId });
    const { id } = await only(tenant);
    await acknowledge(ann, id);
    await update(tenant, { id, severity: "LOW" });
    await fire(world, tenant, { key: "b", severity: "HIGH", group: "g", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await fire(world, tenant, { key: "c", severity: "CRITICAL", group: "g", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect(await only(tenant)).toMatchObject({ severity: "LOW", state: "TRIAGE" });
  });

  it("never, where the route says so", async () => {
    const { tenant, ann, pathId } = await story();
    const route = { group: "g", pathId, repage: "NEVER" } as const;
    await fire(world, tenant, { key: "a", severity: "LOW", ...route });
    await acknowledge(ann, (await only(tenant)).id);
    await fire(world, tenant, { key: "b", severity: "CRITICAL", ...route });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    expect(await only(tenant)).toMatchObject({ state: "ACTIVE", severity: "CRITICAL" });
  });
});

describe("each new alert pages again where its route says so", () => {
  it("once somebody took on what was before, and not while people are being paged", async () => {
    const { tenant, ann, pathId } = await story();
    const route = { group: "g", pathId, severity: "LOW", repage: "ON_EACH_ALERT" } as const;
    const alertId = await fire(world, tenant, { key: "a", ...route });
    await fire(world, tenant, { key: "b", ...route });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await acknowledge(ann, (await only(tenant)).id);
    await world.settle();
    await fire(world, tenant, { key: "a", alertId, ...route });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await fire(world, tenant, { key: "c", ...route });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect((await only(tenant)).state).toBe("TRIAGE");
  });
});

describe("an incident that paged nobody", () => {
  it("pages along the path of an alert that joins it, unless somebody took it on", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "a", group: "quiet" });
    await fire(world, tenant, { key: "b", group: "quiet", pathId, repage: "NEVER" });
    expect(pager.pagesTo(ann)).toHaveLength(1);

    await fire(world, tenant, { key: "c", group: "taken on" });
    const taken = (await incidentsOf(tenant))[1]!;
    await acknowledge(ann, taken.id);
    await fire(world, tenant, { key: "d", group: "taken on", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });
});
