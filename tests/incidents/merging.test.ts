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

async function story() {
  const tenant = await world.tenant(`merging-${++stories}`);
  const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
  for (const person of [ann, ben]) await pageAt(pager, person, tenant);
  const paths = { ann: await pathTo(tenant, "Ann", [ann.id]), ben: await pathTo(tenant, "Ben", [ben.id]) };
  return { tenant, ann, ben, paths };
}

const acknowledge = async ({ ask }: Person, id: string) => {
  await ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }", { id });
  await world.settle();
};

/** Merges the first incident into the second. */
const merge = async (tenant: Tenant) => {
  const [from, into] = await incidentsOf(tenant);
  await tenant.admin.ask(
    "mutation ($id: ID!, $intoId: ID!) { mergeIncident(input: { id: $id, intoId: $intoId }) { incident { id } } }",
    {
      id: from!.id,
      intoId: into!.id,
    },
  );
  await world.settle();
  return (await incidentsOf(tenant))[1]!;
};

describe("an incident that nobody took on keeps somebody being paged when it is merged", () => {
  it("into one that somebody works on, who has to take it on anew", async () => {
    const { tenant, ann, ben, paths } = await story();
    await fire(world, tenant, { key: "a", severity: "CRITICAL", pathId: paths.ann });
    await fire(world, tenant, { key: "b", severity: "LOW", pathId: paths.ben });
    await acknowledge(ben, (await incidentsOf(tenant))[1]!.id);
    expect(await merge(tenant)).toMatchObject({ state: "TRIAGE", severity: "CRITICAL" });
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([2, 1]);
  });

  it("into one that paged nobody", async () => {
    const { tenant, ann, paths } = await story();
    await fire(world, tenant, { key: "a", severity: "CRITICAL", pathId: paths.ann });
    await tenant.admin.ask(
      'mutation { createIncident(input: { title: "Quiet", severity: LOW }) { incident { id } } }',
    );
    // Whoever opened it said how bad it is.
    expect(await merge(tenant)).toMatchObject({ state: "TRIAGE", severity: "LOW" });
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });

  it("into one about which people are paged as something less bad", async () => {
    const { tenant, ann, ben, paths } = await story();
    await fire(world, tenant, { key: "a", severity: "CRITICAL", pathId: paths.ann });
    await fire(world, tenant, { key: "b", severity: "LOW", pathId: paths.ben });
    expect(await merge(tenant)).toMatchObject({ state: "TRIAGE", severity: "CRITICAL" });
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([2, 1]);
  });

  it("and pages nobody twice into one about which people are paged already", async () => {
    const { tenant, ann, ben, paths } = await story();
    await fire(world, tenant, { key: "a", severity: "LOW", pathId: paths.ann });
    await fire(world, tenant, { key: "b", severity: "HIGH", pathId: paths.ben });
    expect(await merge(tenant)).toMatchObject({ state: "TRIAGE", severity: "HIGH" });
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([1, 1]);
  });
});

it("is not over with the alerts of the other when somebody opened one of the two by hand", async () => {
  const { tenant, ann, ben, paths } = await story();
  await tenant.admin.ask(
    "mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { incident { id } } }",
    {
      input: { title: "Customers cannot pay", severity: "CRITICAL", escalationPathId: paths.ann },
    },
  );
  await world.settle();
  const alertId = await fire(world, tenant, { key: "disk", severity: "LOW", pathId: paths.ben });
  await acknowledge(ben, (await incidentsOf(tenant))[1]!.id);
  expect(await merge(tenant)).toMatchObject({ state: "TRIAGE" });
  await settle(world, tenant, alertId);
  const { state, escalations } = (await incidentsOf(tenant))[1]!;
  expect(state).toBe("TRIAGE");
  expect(escalations.filter((run) => run.state === "TRIGGERED")).toHaveLength(1);
  expect(pager.pagesTo(ann)).toHaveLength(2);
});

describe("an incident that is quiet pages nobody anew when it is merged", () => {
  it("because somebody took it on, however bad it is", async () => {
    const { tenant, ann, ben, paths } = await story();
    await fire(world, tenant, { key: "a", severity: "CRITICAL", pathId: paths.ann });
    await acknowledge(ann, (await incidentsOf(tenant))[0]!.id);
    await fire(world, tenant, { key: "b", severity: "LOW", pathId: paths.ben });
    await acknowledge(ben, (await incidentsOf(tenant))[1]!.id);
    expect(await merge(tenant)).toMatchObject({ state: "ACTIVE", severity: "CRITICAL" });
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([1, 1]);
  });

  it("because its alerts are damped, and they page later only where nobody else does", async () => {
    const { tenant, ann, ben, paths } = await story();
    const disk = { key: "disk", pathId: paths.ann } as const;
    await settle(world, tenant, await fire(world, tenant, disk));
    await fire(world, tenant, disk);
    await fire(world, tenant, { key: "other", pathId: paths.ben });
    await merge(tenant);
    await world.advance({ hours: 1 });
    expect([pager.pagesTo(ann).length, pager.pagesTo(ben).length]).toEqual([1, 1]);
  });

  it("because its alerts are damped, and they page later where nobody was", async () => {
    const { tenant, ann, paths } = await story();
    const disk = { key: "disk", pathId: paths.ann } as const;
    await settle(world, tenant, await fire(world, tenant, disk));
    await fire(world, tenant, disk);
    await tenant.admin.ask('mutation { createIncident(input: { title: "Quiet" }) { incident { id } } }');
    await merge(tenant);
    expect(pager.pagesTo(ann)).toHaveLength(1);
    await world.advance({ minutes: 6 });
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });
});

it("has an alert that was in both incidents in the one that is left, once", async () => {
  const { tenant, ann, paths } = await story();
  await tenant.admin.ask('mutation { createIncident(input: { title: "First" }) { incident { id } } }');
  const alertId = await fire(world, tenant, { key: "disk", pathId: paths.ann });
  const [, second] = await incidentsOf(tenant);
  await ann.ask(
    "mutation ($id: ID!) { resolveIncident(input: { id: $id, alerts: false }) { incident { state } } }",
    {
      id: second!.id,
    },
  );
  await world.settle();
  await fire(world, tenant, { key: "disk", alertId, pathId: paths.ann });
  await tenant.admin.ask(
    "mutation ($id: ID!) { reopenIncident(input: { id: $id }) { incident { state } } }",
    { id: second!.id },
  );
  const third = (await incidentsOf(tenant))[2]!;
  await tenant.admin.ask(
    "mutation ($id: ID!, $intoId: ID!) { mergeIncident(input: { id: $id, intoId: $intoId }) { incident { id } } }",
    {
      id: third.id,
      intoId: second!.id,
    },
  );
  const after = await incidentsOf(tenant);
  expect(after.map(({ alerts }) => alerts.totalCount)).toEqual([0, 1, 0]);
  await settle(world, tenant, alertId);
  expect((await incidentsOf(tenant))[1]!.state).toBe("RESOLVED");
});
