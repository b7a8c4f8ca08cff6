import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { closeAll, incidentsOf, openPager, pageAt, pagingSource, responder, type Pager } from "./setting.ts";

let world: World;
let pager: Pager;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

async function story(action: object = {}): Promise<{ tenant: Tenant; ann: Person; webhook: string }> {
  const tenant = await world.tenant(`firing-${++stories}`);
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT10H" }], { action });
  return { tenant, ann, webhook };
}

const post = async (webhook: string, alert: object) => {
  await world.post(webhook, { title: "The disk is full", dedupKey: "disk", ...alert });
  await world.settle();
};

const resolve = async ({ ask }: Person, id: string, alerts: boolean) => {
  await ask(
    "mutation ($id: ID!, $alerts: Boolean!) { resolveIncident(input: { id: $id, alerts: $alerts }) { incident { id } } }",
    {
      id,
      alerts,
    },
  );
  await world.settle();
};

const statusesOf = async ({ admin }: Tenant) => {
  const { alerts } = await admin.ask<{ alerts: { nodes: { status: string }[] } }>(
    "{ alerts { nodes { status } } }",
  );
  return alerts.nodes.map(({ status }) => status).sort();
};

describe("an alert that fires on after somebody resolved its incident", () => {
  it("opens a new incident and pages at its next firing, having been resolved with it", async () => {
    const { tenant, ann, webhook } = await story({ groupByLabels: null });
    await post(webhook, {});
    await resolve(ann, (await incidentsOf(tenant))[0]!.id, true);
    expect(await statusesOf(tenant)).toEqual(["RESOLVED"]);
    await post(webhook, {});
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect((await incidentsOf(tenant)).map(({ state }) => state)).toEqual(["RESOLVED", "TRIAGE"]);
  });

  it("opens a new incident and pages at its next firing, having fired on", async () => {
    const { tenant, ann, webhook } = await story();
    await post(webhook, {});
    await resolve(ann, (await incidentsOf(tenant))[0]!.id, false);
    expect(await statusesOf(tenant)).toEqual(["FIRING"]);
    for (let hours = 0; hours < 24; hours += 4) {
      await world.advance({ hours: 4 });
      await post(webhook, {});
    }
    expect(pager.pagesTo(ann)).toHaveLength(2);
    const incidents = await incidentsOf(tenant);
    expect(incidents.map(({ state }) => state)).toEqual(["RESOLVED", "TRIAGE"]);
    await post(webhook, { status: "resolved" });
    expect((await incidentsOf(tenant))[1]!.state).toBe("RESOLVED");
  });
});

describe("an incident of a group", () => {
  it("is as bad as its worst alert, which pages again although the first was taken on", async () => {
    const { tenant, ann, webhook } = await story();
    await post(webhook, { priority: "low" });
    const [incident] = await incidentsOf(tenant);
    await ann.ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }", {
      id: incident!.id,
    });
    await world.settle();
    await post(webhook, { dedupKey: "other", title: "The database is down", priority: "critical" });
    expect(await incidentsOf(tenant)).toMatchObject([
      { state: "TRIAGE", severity: "CRITICAL", alerts: { totalCount: 2 } },
    ]);
    expect(pager.pagesTo(ann)).toHaveLength(2);
    await post(webhook, { dedupKey: "other", status: "resolved" });
    expect(await incidentsOf(tenant)).toMatchObject([{ state: "TRIAGE", severity: "LOW" }]);
  });

  it("pages again when an alert in it gets worse", async () => {
    const { tenant, ann, webhook } = await story();
    await post(webhook, { priority: "medium" });
    const [incident] = await incidentsOf(tenant);
    await ann.ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }", {
      id: incident!.id,
    });
    await world.settle();
    await post(webhook, { priority: "critical" });
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });
});

describe("an alert that flaps", () => {
  const flap = async (webhook: string, times: number) => {
    for (let time = 0; time < times; time++) {
      await post(webhook, {});
      await world.advance({ seconds: 30 });
      await post(webhook, { status: "resolved" });
      await world.advance({ seconds: 30 });
    }
  };

  it("is one incident with a count and one page in 20 minutes, and pages again after a quiet time", async () => {
    const { tenant, ann, webhook } = await story();
    await flap(webhook, 20);
    expect(pager.pagesTo(ann)).toHaveLength(1);
    const { incidents } = await tenant.admin.ask<{ incidents: { nodes: { flapCount: number }[] } }>(
      "{ incidents { nodes { flapCount } } }",
    );
    expect(incidents.nodes).toEqual([{ flapCount: 19 }]);
    await world.advance({ minutes: 30 });
    await post(webhook, {});
    expect(pager.pagesTo(ann)).toHaveLength(2);
  }, 60_000);

  it("pages each time where its route says so", async () => {
    const { ann, webhook } = await story({ damping: "PT0S" });
    await flap(webhook, 3);
    expect(pager.pagesTo(ann)).toHaveLength(3);
  });
});
