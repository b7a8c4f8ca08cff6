import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEscalation, type Severity } from "#supergraph/commands.ts";
import { send } from "#shared/process/commands.ts";
import {
  closeAll,
  incidentsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  type Pager,
} from "../stories/setting.ts";
import { fire, pathTo, settle } from "../incidents/firing.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";

let world: World;
let pager: Pager;
let tenants = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

/** An incident about which ann is paged, five minutes long and once. */
const paging = async () => {
  const tenant = await world.tenant(`answers-${++tenants}`);
  const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
  await pageAt(pager, ann, tenant);
  const { webhook, pathId } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT5M" }]);
  await world.post(webhook, { title: "The disk is full" });
  await world.settle();
  return { tenant, ann, ben, pathId };
};

const incidentOf = async (tenant: Tenant) => (await incidentsOf(tenant))[0]!;

const acknowledge = async (person: Person, id: string) =>
  (
    await person.ask<{ acknowledgeEscalation: { escalation: { id: string; state: string } } }>(
      "mutation ($id: ID!) { acknowledgeEscalation(input: { id: $id }) { escalation { id state } } }",
      { id },
    )
  ).acknowledgeEscalation.escalation;

const messagesOf = async (tenant: Tenant) =>
  (await incidentOf(tenant)).timeline.nodes.map(({ message }) => message);

const start = (tenant: Tenant, incidentId: string, pathId: string) =>
  tenant.admin.answer(
    "mutation ($incidentId: ID!, $pathId: ID!) { startEscalation(input: { incidentId: $incidentId, pathId: $pathId }) { escalation { state } } }",
    { incidentId, pathId },
  );

/** The incident became worse: the run along the path starts again. */
const restart = async (tenant: Tenant, pathId: string) => {
  const { id: incidentId, number: incidentNumber, title, severity } = await incidentOf(tenant);
  const about = { incidentId, incidentNumber, title, severity: severity as Severity };
  await world.tocsin
    .databaseOf("escalations")
    .tenant(tenant.id)
    .transaction(async (tx) => {
      await send(tx, startEscalation, { ...about, escalationPathId: pathId, restarts: true });
    });
  await world.settle();
};

describe("an answer", () => {
  it("counts after the escalation expired, as long as the incident is open", async () => {
    const { tenant, ann } = await paging();
    await world.advance({ minutes: 6 });
    const expired = await incidentOf(tenant);
    expect(expired).toMatchObject({ state: "TRIAGE", escalations: [{ state: "EXPIRED" }] });
    expect(await acknowledge(ann, expired.escalations[0]!.id)).toMatchObject({ state: "ACKNOWLEDGED" });
    await world.settle();
    expect(await incidentOf(tenant)).toMatchObject({
      state: "ACTIVE",
      escalations: [{ state: "ACKNOWLEDGED", acknowledgedBy: { id: ann.id } }],
    });
    expect(await messagesOf(tenant)).toContainEqual(expect.stringContaining("after it had expired"));
  });

  it("of somebody who was not paged counts, and says so", async () => {
    const { tenant, ben } = await paging();
    const { escalations } = await incidentOf(tenant);
    expect(await acknowledge(ben, escalations[0]!.id)).toMatchObject({ state: "ACKNOWLEDGED" });
    await world.settle();
    expect(await incidentOf(tenant)).toMatchObject({ state: "ACTIVE" });
    expect(await messagesOf(tenant)).toContainEqual(expect.stringContaining("somebody who was not paged"));
  });

  it("after the incident is over is no error, and changes nothing", async () => {
    const { tenant, ann } = await paging();
    const { id, escalations } = await incidentOf(tenant);
    await ann.ask("mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { state } } }", {
      id,
    });
    await world.settle();
    expect(await acknowledge(ann, escalations[0]!.id)).toMatchObject({ state: "RESOLVED" });
    await world.settle();
    expect(await incidentOf(tenant)).toMatchObject({ state: "RESOLVED" });
  });

  it("to a page from before the incident was over counts when it is open again", async () => {
    for (const minutes of [0, 6]) {
      const tenant = await world.tenant(`answers-${++tenants}`);
      const ann = await responder(tenant, "ann");
      await pageAt(pager, ann, tenant);
      const alert = { key: "disk", pathId: await pathTo(tenant, "Ann", [ann.id]) };
      await settle(world, tenant, await fire(world, tenant, alert));
      await fire(world, tenant, alert);
      await world.advance({ minutes });
      const { state, escalations } = await incidentOf(tenant);
      expect([state, escalations.length]).toEqual(["TRIAGE", minutes ? 2 : 1]);
      expect(await acknowledge(ann, escalations[0]!.id)).toMatchObject({ state: "RESOLVED" });
      await world.advance({ hours: 1 });
      expect(await incidentOf(tenant)).toMatchObject({ state: "ACTIVE" });
      expect(pager.pagesTo(ann)).toHaveLength(escalations.length);
    }
  });

  it("to a run whose place another took counts for that one", async () => {
    const { tenant, ann, pathId } = await paging();
    await restart(tenant, pathId);
    const [first, second] = (await incidentOf(tenant)).escalations;
    expect([first!.state, second!.state]).toEqual(["CANCELLED", "TRIGGERED"]);
    expect(pager.pagesTo(ann)).toHaveLength(2);
    expect(await acknowledge(ann, first!.id)).toMatchObject({ id: first!.id, state: "CANCELLED" });
    await world.settle();
    expect(await incidentOf(tenant)).toMatchObject({
      state: "ACTIVE",
      escalations: [{ state: "CANCELLED" }, { state: "ACKNOWLEDGED" }],
    });
  });
});

describe("paging", () => {
  it("about an incident that is resolved or closed is refused, and says which", async () => {
    const { tenant, ann, pathId } = await paging();
    const { id } = await incidentOf(tenant);
    for (const [move, state] of [
      ["resolveIncident", "resolved"],
      ["closeIncident", "closed"],
    ] as const) {
      await tenant.admin.ask(`mutation ($id: ID!) { ${move}(input: { id: $id }) { incident { state } } }`, {
        id,
      });
      const { errors } = await start(tenant, id, pathId);
      expect(errors?.[0]).toMatchObject({
        message: `This incident is ${state}, so it cannot page anybody.`,
        extensions: { code: "MOVE_NOT_ALLOWED" },
      });
    }
    await world.settle();
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });

  it("started by hand at the moment in which the incident is resolved pages nobody", async () => {
    const { tenant, ann } = await paging();
    const { id } = await incidentOf(tenant);
    const { createEscalationPath } = await tenant.admin.ask<{
      createEscalationPath: { escalationPath: { id: string } };
    }>(
      'mutation ($levels: [EscalationLevelInput!]!) { createEscalationPath(input: { name: "Other", levels: $levels }) { escalationPath { id } } }',
      { levels: [{ userIds: [ann.id] }] },
    );
    expect((await start(tenant, id, createEscalationPath.escalationPath.id)).errors).toBeUndefined();
    await tenant.admin.ask(
      "mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { state } } }",
      { id },
    );
    // What escalations are told of it is done already, before the run that starts now is looked at.
    await world.database.query("delete from process.command where name = 'resolveEscalations'");
    await world.settle();
    expect(pager.pagesTo(ann)).toHaveLength(1);
    expect((await incidentOf(tenant)).escalations.at(-1)).toMatchObject({ state: "RESOLVED", pages: [] });
  });

  it("that starts again pages from the first level, and the run before pages nobody any more", async () => {
    const { tenant, ann, pathId } = await paging();
    pager.answerWith(503);
    await restart(tenant, pathId);
    pager.answerWith(200);
    await world.advance({ minutes: 1 });
    expect(pager.pagesTo(ann)).toHaveLength(2);
    await restart(tenant, pathId);
    const { escalations } = await incidentOf(tenant);
    expect(escalations.map(({ state }) => state)).toEqual(["CANCELLED", "CANCELLED", "TRIGGERED"]);
  });

  it("without a path tells administrators", async () => {
    const tenant = await world.tenant(`answers-${++tenants}`);
    await pageAt(pager, tenant.admin, tenant);
    const { createIncident } = await tenant.admin.ask<{ createIncident: { incident: { id: string } } }>(
      'mutation { createIncident(input: { title: "Odd", severity: HIGH }) { incident { id } } }',
    );
    const about = {
      incidentId: createIncident.incident.id,
      incidentNumber: 1,
      title: "Odd",
      severity: "HIGH",
    } as const;
    await world.tocsin
      .databaseOf("escalations")
      .tenant(tenant.id)
      .transaction(async (tx) => {
        await send(tx, startEscalation, { ...about, escalationPathId: null, restarts: false });
      });
    await world.settle();
    const [notice, ...more] = pager.pagesTo(tenant.admin).map((page) => page.body);
    expect(notice).toMatchObject({ type: "notice", escalation: null });
    expect(notice!["notice"]).toContain("no escalation path");
    expect(more).toEqual([]);
  });
});

describe("administrators are told no more that paging reaches nobody", () => {
  it("once the incident is over, also when there was no path", async () => {
    const tenant = await world.tenant(`answers-${++tenants}`);
    await pageAt(pager, tenant.admin, tenant);
    pager.answerWith(503);
    const { createIncident } = await tenant.admin.ask<{ createIncident: { incident: { id: string } } }>(
      'mutation { createIncident(input: { title: "Odd", severity: HIGH }) { incident { id } } }',
    );
    const about = { incidentId: createIncident.incident.id, incidentNumber: 1, title: "Odd" };
    await world.tocsin
      .databaseOf("escalations")
      .tenant(tenant.id)
      .transaction(async (tx) => {
        const nowhere = { severity: "HIGH", escalationPathId: null, restarts: false } as const;
        await send(tx, startEscalation, { ...about, ...nowhere });
      });
    await world.settle();
    const { id } = createIncident.incident;
    await tenant.admin.ask(
      "mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { state } } }",
      { id },
    );
    await world.settle();
    pager.answerWith(200);
    await world.advance({ minutes: 30 });
    expect(pager.pagesTo(tenant.admin)).toEqual([]);
  });

  it("once somebody took it on, also of a run whose place another took", async () => {
    const tenant = await world.tenant(`answers-${++tenants}`);
    const ann = await responder(tenant, "ann");
    for (const person of [ann, tenant.admin]) await pageAt(pager, person, tenant);
    const pathId = await pathTo(tenant, "Ann", [ann.id]);
    pager.answerWith(503);
    await fire(world, tenant, { key: "disk", group: "one", pathId, severity: "MEDIUM" });
    for (let look = 0; look < 8; look++) await world.advance({ seconds: 20 });
    await fire(world, tenant, { key: "fan", group: "one", pathId, severity: "CRITICAL" });
    const { id, escalations } = await incidentOf(tenant);
    expect(escalations.map(({ state }) => state)).toEqual(["CANCELLED", "TRIGGERED"]);
    await ann.ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { state } } }", {
      id,
    });
    await world.settle();
    pager.answerWith(200);
    await world.advance({ minutes: 30 });
    expect(pager.pagesTo(tenant.admin)).toEqual([]);
  });
});
