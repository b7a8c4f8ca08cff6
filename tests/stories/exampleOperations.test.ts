import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { openPager, pageAt, pagingSource, responder, standing, weekly, type Pager } from "./setting.ts";

interface Operation {
  readonly name: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly body: string;
}

const manifest = JSON.parse(
  await readFile(new URL("../../supergraph/registry/operations/explorer/1.json", import.meta.url), "utf8"),
) as { operations: Operation[] };
const bodyOf = (wanted: string) => manifest.operations.find(({ name }) => name === wanted)!.body;

const fortnight = { from: "2026-11-23T00:00:00Z", to: "2026-12-07T00:00:00Z" };

describe("the example operations of the explorer", () => {
  let world: World;
  let pager: Pager;
  let acme: Tenant;
  beforeAll(async () => {
    world = await createWorld();
    pager = await openPager();
    acme = await world.tenant("acme");
    const ann = await responder(acme, "ann");
    await pageAt(pager, ann, acme);
    const schedule = await weekly(acme, [ann]);
    const { webhook } = await pagingSource(acme, [{ scheduleIds: [schedule] }]);
    await world.post(webhook, { title: "The disk is full" });
    await world.settle();
  });
  afterAll(async () => {
    await world.close();
    await pager.close();
  });

  it.each(manifest.operations.filter(({ type }) => type === "query"))("answer: $name", async ({ body }) => {
    const { data, errors } = await acme.admin.answer(body, { number: 1, ...fortnight });
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {})).not.toContain(null);
  });

  it("show an incident from its alert to who was paged, and who leads it once somebody takes it", async () => {
    const open = await acme.admin.ask<{ incidents: { nodes: { id: string }[] } }>(bodyOf("OpenIncidents"));
    const [incident] = open.incidents.nodes;
    expect(incident).toMatchObject({
      title: "The disk is full",
      alerts: { nodes: [{ title: "The disk is full" }] },
      escalations: [{ pages: [{ user: { name: "ann" } }] }],
    });
    const id = incident!.id;
    await acme.admin.ask(bodyOf("AcknowledgeIncident"), { id });
    await world.settle();
    const resolved = await acme.admin.ask<{ resolveIncident: object }>(bodyOf("ResolveIncident"), { id });
    expect(resolved.resolveIncident).toMatchObject({ number: 1, state: "RESOLVED" });
  });

  it("tell whose turn it is in the weeks to come", async () => {
    const { schedules } = await acme.admin.ask<{ schedules: { nodes: object[] } }>(
      bodyOf("WhoIsOnCallNext"),
      fortnight,
    );
    expect(schedules.nodes).toMatchObject([
      { name: "Primary", shifts: [{ user: { name: "ann" } }, {}, {}], gaps: [] },
    ]);
  });

  it("open an incident by hand, and follow it", async () => {
    const opened = await acme.admin.ask<{ createIncident: { id: string } }>(bodyOf("OpenIncident"), {
      title: "The lift is stuck",
    });
    const { id } = opened.createIncident;
    const following = await acme.admin.follow(bodyOf("FollowIncident"), { id });
    await standing(acme, following, id);
    await acme.admin.ask(bodyOf("AcknowledgeIncident"), { id });
    const heard = await following.until((answer) => JSON.stringify(answer).includes("ACTIVE"));
    expect(heard).toMatchObject({ data: { incidentUpdated: { state: "ACTIVE" } } });
    await following.end();
  });
});
