import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { send } from "#shared/process/commands.ts";
import { recordTimelineEntry, takeOnIncident } from "#supergraph/commands.ts";
import {
  closeAll,
  incidentsOf,
  kindsOf,
  openPager,
  pageAt,
  responder,
  type Pager,
} from "../stories/setting.ts";
import { addTimelineNote } from "../../subgraphs/incidents/addTimelineNote.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { fire, pathTo } from "./firing.ts";

let world: World;
let pager: Pager;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

async function story() {
  const tenant = await world.tenant(`answers-${++stories}`);
  const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
  for (const person of [ann, ben]) await pageAt(pager, person, tenant);
  return { tenant, ann, ben, pathId: await pathTo(tenant, "Ann", [ann.id]) };
}

const takenBy = async ({ admin }: Tenant) => {
  const { incidents } = await admin.ask<{
    incidents: {
      nodes: { state: string; lead: { id: string } | null; acknowledgedBy: { id: string } | null }[];
    };
  }>("{ incidents { nodes { state lead { id } acknowledgedBy { id } } } }");
  const { state, lead, acknowledgedBy } = incidents.nodes[0]!;
  return { state, lead: lead?.id ?? null, acknowledgedBy: acknowledgedBy?.id ?? null };
};

/** A page about the tenant's only incident is answered, as escalations tell of it. */
async function answer(tenant: Tenant, { id: userId }: Person, at?: Temporal.Instant): Promise<void> {
  const [incident] = await incidentsOf(tenant);
  await world.tocsin
    .databaseOf("incidents")
    .tenant(tenant.id)
    .transaction(async (tx) => {
      const answered = { incidentId: incident!.id, userId, at: (at ?? (await tx.now())).toString() };
      await send(tx, takeOnIncident, answered);
    });
  await world.settle();
}

describe("whoever takes an incident on", () => {
  it("leads it when nobody does, and it says who took it on", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "disk", pathId });
    expect(await takenBy(tenant)).toEqual({ state: "TRIAGE", lead: null, acknowledgedBy: null });
    const [incident] = await incidentsOf(tenant);
    await ann.ask(
      "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { state } } }",
      {
        id: incident!.escalations[0]!.id,
      },
    );
    await world.settle();
    expect(await takenBy(tenant)).toEqual({ state: "ACTIVE", lead: ann.id, acknowledgedBy: ann.id });
    expect(kindsOf((await incidentsOf(tenant))[0]!)).toContain("LEAD_ASSIGNED");
  });

  it("does not take the lead from whoever has it", async () => {
    const { tenant, ann, ben, pathId } = await story();
    await fire(world, tenant, { key: "disk", pathId });
    const [incident] = await incidentsOf(tenant);
    const lead =
      "mutation ($id: ID!, $user: ID!) { assignIncidentLead(input: { id: $id, userId: $user }) { incident { id } } }";
    await tenant.admin.ask(lead, { id: incident!.id, user: ben.id });
    await ann.ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }", {
      id: incident!.id,
    });
    expect(await takenBy(tenant)).toEqual({ state: "ACTIVE", lead: ben.id, acknowledgedBy: ann.id });
  });

  it("is not leading when it is a machine", async () => {
    const { tenant } = await story();
    await fire(world, tenant, { key: "disk" });
    const { createApiKey } = await tenant.admin.ask<{ createApiKey: { key: string } }>(
      'mutation { createApiKey(input: { name: "Bot", permissions: [IncidentRead, IncidentAcknowledge] }) { key } }',
    );
    const [incident] = await incidentsOf(tenant);
    await world.tocsin.routes(
      new Request("http://localhost/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${createApiKey.key}` },
        body: JSON.stringify({
          query: `mutation { acknowledgeIncident(input: { id: "${incident!.id}" }) { incident { id } } }`,
        }),
      }),
    );
    expect(await takenBy(tenant)).toEqual({ state: "ACTIVE", lead: null, acknowledgedBy: null });
  });

  it("is whoever reopened it, once it was", async () => {
    const { tenant, ann } = await story();
    await fire(world, tenant, { key: "disk" });
    const [incident] = await incidentsOf(tenant);
    for (const move of ["acknowledgeIncident", "resolveIncident"])
      await ann.ask(`mutation ($id: ID!) { ${move}(input: { id: $id }) { incident { id } } }`, {
        id: incident!.id,
      });
    await tenant.admin.ask("mutation ($id: ID!) { reopenIncident(input: { id: $id }) { incident { id } } }", {
      id: incident!.id,
    });
    expect(await takenBy(tenant)).toEqual({ state: "ACTIVE", lead: ann.id, acknowledgedBy: ann.id });
  });
});

describe("an answer", () => {
  it("counts however late it comes, while the incident is open", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "disk", pathId });
    await world.advance({ hours: 30 });
    await answer(tenant, ann);
    expect(await takenBy(tenant)).toMatchObject({ state: "ACTIVE", lead: ann.id });
  });

  it("changes nothing about an incident that is over", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "disk", pathId });
    const [incident] = await incidentsOf(tenant);
    await tenant.admin.ask(
      "mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { id } } }",
      { id: incident!.id },
    );
    await answer(tenant, ann);
    expect(await takenBy(tenant)).toMatchObject({ state: "RESOLVED", lead: null });
  });

  it("from before an incident got worse does not take on what it is now", async () => {
    const { tenant, ann, ben, pathId } = await story();
    await fire(world, tenant, { key: "a", group: "g", severity: "LOW", pathId });
    const before = await world.tocsin.databaseOf("incidents").tenant(tenant.id).now();
    await answer(tenant, ben);
    await fire(world, tenant, { key: "b", group: "g", severity: "CRITICAL", pathId });
    await answer(tenant, ann, before);
    expect(await takenBy(tenant)).toMatchObject({ state: "TRIAGE", acknowledgedBy: null });
    await answer(tenant, ann);
    expect(await takenBy(tenant)).toMatchObject({ state: "ACTIVE", acknowledgedBy: ann.id });
  });
});

describe("a timeline", () => {
  it("comes in the order of happening, also of what is told late and of what waited for its turn", async () => {
    const { tenant } = await story();
    await fire(world, tenant, { key: "disk" });
    const [incident] = await incidentsOf(tenant);
    const db = world.tocsin.databaseOf("incidents").tenant(tenant.id);
    const note = (message: string) =>
      tenant.admin.ask(
        "mutation ($id: ID!, $text: String!) { addTimelineNote(input: { incidentId: $id, message: $text }) { timelineEntry { id } } }",
        {
          id: incident!.id,
          text: message,
        },
      );
    // Begins before the others, and writes after them.
    const hasBegun = Promise.withResolvers<void>();
    const mayGoOn = Promise.withResolvers<void>();
    const slow = db.transaction(async (tx) => {
      await tx.now();
      hasBegun.resolve();
      await mayGoOn.promise;
      const by = { kind: "user", id: tenant.admin.id, permissions: [] } as const;
      await addTimelineNote(tx, by, { incidentId: incident!.id, message: "third" });
      await addTimelineNote(tx, by, { incidentId: incident!.id, message: "fourth" });
    });
    await hasBegun.promise;
    await note("first");
    const occurredAt = (await db.now()).toString();
    await note("second and a half");
    mayGoOn.resolve();
    await slow;
    await db.transaction((tx) => {
      const about = { incidentId: incident!.id, userId: null, data: {}, occurredAt };
      return send(tx, recordTimelineEntry, { ...about, kind: "PAGE_SENT", message: "second" });
    });
    await world.settle();
    const [after] = await incidentsOf(tenant);
    const told = after!.timeline.nodes.filter(({ kind }) => kind === "NOTE" || kind === "PAGE_SENT");
    expect(told.map(({ message }) => message)).toEqual([
      "first",
      "second",
      "second and a half",
      "third",
      "fourth",
    ]);
  });
});
