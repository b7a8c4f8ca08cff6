import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAll, incidentsOf, openPager, pageAt, responder, type Pager } from "../stories/setting.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { fire, pathTo, settle, type Firing } from "./firing.ts";

let world: World;
let pager: Pager;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

async function story(): Promise<{ tenant: Tenant; ann: Person; pathId: string }> {
  const tenant = await world.tenant(`damping-${++stories}`);
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  return { tenant, ann, pathId: await pathTo(tenant, "Ann", [ann.id]) };
}

const flapsOf = async ({ admin }: Tenant) => {
  const { incidents } = await admin.ask<{
    incidents: { nodes: { state: string; flapCount: number; dampedUntil: string | null }[] };
  }>("{ incidents(orderBy: NUMBER, direction: ASCENDING) { nodes { state flapCount dampedUntil } } }");
  return incidents.nodes.map(({ dampedUntil, ...rest }) => ({ ...rest, isDamped: dampedUntil !== null }));
};

/** Fires, and is resolved half a minute later, so many times in as many minutes. */
async function flap(tenant: Tenant, alert: Firing, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const alertId = await fire(world, tenant, alert);
    await world.advance({ seconds: 30 });
    await settle(world, tenant, alertId);
    await world.advance({ seconds: 30 });
  }
}

describe("an alert that fires and is resolved again and again", () => {
  it("20 times in 20 minutes is one incident with a count, and one page; then again after a quiet time", async () => {
    const { tenant, ann, pathId } = await story();
    await flap(tenant, { key: "disk", pathId }, 20);
    expect(pager.pagesTo(ann)).toHaveLength(1);
    expect(await flapsOf(tenant)).toEqual([{ state: "RESOLVED", flapCount: 19, isDamped: false }]);
    await world.advance({ minutes: 20 });
    await fire(world, tenant, { key: "disk", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect((await flapsOf(tenant)).map(({ state }) => state)).toEqual(["RESOLVED", "TRIAGE"]);
  });

  it("pages each time where its route damps nothing", async () => {
    const { tenant, ann, pathId } = await story();
    await flap(tenant, { key: "disk", pathId, dampingSeconds: 0 }, 3);
    expect(pager.pagesTo(ann)).toHaveLength(3);
    expect(await flapsOf(tenant)).toHaveLength(3);
  });

  it("pages once it has been firing steadily for five minutes", async () => {
    const { tenant, ann, pathId } = await story();
    await flap(tenant, { key: "disk", pathId }, 2);
    await fire(world, tenant, { key: "disk", pathId });
    await world.advance({ minutes: 4, seconds: 40 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    expect(await flapsOf(tenant)).toEqual([{ state: "TRIAGE", flapCount: 2, isDamped: true }]);
    await world.advance({ seconds: 25 });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect(await flapsOf(tenant)).toEqual([{ state: "TRIAGE", flapCount: 2, isDamped: false }]);
  });

  it("pages when the damping time is over and it fires still", async () => {
    const { tenant, ann, pathId } = await story();
    const alert = { key: "disk", pathId, dampingSeconds: 120 };
    await flap(tenant, alert, 1);
    await fire(world, tenant, alert);
    await world.advance({ seconds: 55 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await world.advance({ seconds: 10 });
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });

  it("pages nobody when somebody took it on in time", async () => {
    const { tenant, ann, pathId } = await story();
    await flap(tenant, { key: "disk", pathId }, 1);
    await fire(world, tenant, { key: "disk", pathId });
    const [incident] = await incidentsOf(tenant);
    await ann.ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }", {
      id: incident!.id,
    });
    await world.advance({ hours: 2 });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    expect(await flapsOf(tenant)).toEqual([{ state: "ACTIVE", flapCount: 1, isDamped: false }]);
  });

  it("pages at once when it is worse than what people were paged for", async () => {
    const { tenant, ann, pathId } = await story();
    await flap(tenant, { key: "disk", pathId, severity: "MEDIUM" }, 1);
    await fire(world, tenant, { key: "disk", pathId, severity: "CRITICAL" });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect(await flapsOf(tenant)).toEqual([{ state: "TRIAGE", flapCount: 1, isDamped: false }]);
    expect((await incidentsOf(tenant))[0]!.severity).toBe("CRITICAL");
  });

  it("is not damped when a person resolved it, or its incident", async () => {
    const { tenant, ann, pathId } = await story();
    await settle(world, tenant, await fire(world, tenant, { key: "disk", pathId }), ann.id);
    await fire(world, tenant, { key: "disk", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    const [, second] = await incidentsOf(tenant);
    await ann.ask("mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { state } } }", {
      id: second!.id,
    });
    await fire(world, tenant, { key: "disk", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(3);
  });

  it("does not rise again each time in an incident that others keep open", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "slow", group: "g", severity: "LOW", pathId });
    const disk = { key: "disk", group: "g", severity: "CRITICAL", pathId } as const;
    await flap(tenant, disk, 3);
    // Once for the first, once for the one that is worse.
    expect(pager.pagesTo(ann).length).toBeLessThanOrEqual(2);
    expect(await flapsOf(tenant)).toEqual([{ state: "TRIAGE", flapCount: 2, isDamped: false }]);
  });
});

describe("another alert than the one that is damped", () => {
  it("opens an incident of its own and pages", async () => {
    const { tenant, ann, pathId } = await story();
    await flap(tenant, { key: "disk", pathId }, 1);
    await fire(world, tenant, { key: "disk", pathId });
    await fire(world, tenant, { key: "network", pathId });
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });

  it("pages at once when it joins the incident in which that is damped", async () => {
    const { tenant, ann, pathId } = await story();
    await flap(tenant, { key: "disk", pathId, group: "g" }, 1);
    await fire(world, tenant, { key: "disk", pathId, group: "g" });
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await fire(world, tenant, { key: "network", pathId, group: "g" });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    await world.advance({ minutes: 40 });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect(await flapsOf(tenant)).toEqual([{ state: "TRIAGE", flapCount: 1, isDamped: false }]);
  });
});
