import { afterAll, beforeAll, expect, it } from "vitest";
import { closeAll, incidentsOf, openPager, pageAt, responder, type Pager } from "../stories/setting.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { pathTo } from "./firing.ts";

let world: World;
let pager: Pager;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

/** An alert that leads to an incident, told by a version that said it otherwise, so that no service can read it. */
async function unreadable(tenant: Tenant, title: string, escalationPathId: string | null): Promise<void> {
  await world.database.query(
    `insert into process.command (tenant_id, name, owner, payload, trace, sent_at, due_at)
      values ($1, 'openIncident', 'incidents', $2, '{}', process.now(), process.now())`,
    [tenant.id, JSON.stringify({ title, escalationPathId })],
  );
  await world.settle();
}

it("pages whom an alert was to page that could not be handled, once for as long as its incident is open", async () => {
  const tenant = await world.tenant("parked-alerts");
  const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
  for (const person of [ann, ben]) await pageAt(pager, person, tenant);
  const [toAnn, toBen] = [await pathTo(tenant, "Ann", [ann.id]), await pathTo(tenant, "Ben", [ben.id])];
  const pages = () => [pager.pagesTo(ann).length, pager.pagesTo(ben).length];

  await unreadable(tenant, "The disk is full", toAnn);
  await unreadable(tenant, "The disk is fuller", toAnn);
  expect(pages()).toEqual([1, 0]);
  const [first] = await incidentsOf(tenant);
  expect(first).toMatchObject({
    severity: "HIGH",
    title: "\u201cThe disk is full\u201d could not be handled",
  });
  expect(first!.timeline.nodes.filter(({ kind }) => kind === "NOTE")).toHaveLength(2);

  await unreadable(tenant, "The network is slow", toBen);
  expect(pages()).toEqual([1, 1]);

  await ann.ask("mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { state } } }", {
    id: first!.id,
  });
  await world.settle();
  await unreadable(tenant, "The disk is gone", toAnn);
  expect(pages()).toEqual([2, 1]);
  expect((await incidentsOf(tenant)).map(({ state }) => state)).toEqual(["RESOLVED", "TRIAGE", "TRIAGE"]);
});

it("tells administrators of an alert that could not be handled and names no path", async () => {
  const tenant = await world.tenant("parked-without-a-path");
  await pageAt(pager, tenant.admin, tenant);
  await unreadable(tenant, "The disk is full", null);
  await unreadable(tenant, "The disk is fuller", null);
  const [incident, ...more] = await incidentsOf(tenant);
  expect(more).toEqual([]);
  expect(pager.pagesTo(tenant.admin).map(({ body }) => body)).toMatchObject([
    { type: "notice", escalation: null, incident: { id: incident!.id } },
  ]);
});
