import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askGraph } from "../../standalone/askGraph.ts";
import { closeAll, openPager, pageAt, responder, type Pager } from "../stories/setting.ts";
import { createHttpSource } from "../support/demo.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { pathTo } from "./firing.ts";

let world: World;
let pager: Pager;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});
afterAll(() => closeAll(world, pager));

const LIST = `query ($filter: IncidentFilter, $first: Int, $after: String) {
  incidents(filter: $filter, orderBy: NUMBER, direction: ASCENDING, first: $first, after: $after) {
    totalCount nodes { title } pageInfo { hasNextPage endCursor }
  }
}`;

interface Listed {
  incidents: {
    totalCount: number;
    nodes: { title: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

const list = async (who: Person, filter: object, page: object = {}) =>
  (await who.ask<Listed>(LIST, { filter, ...page })).incidents;

/** The titles of the incidents that match, all of which are counted. */
const titles = async (who: Person, filter: object) => {
  const { totalCount, nodes } = await list(who, filter, { first: 50 });
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ title }) => title);
};

const refusal = async (who: Person, filter: object) => {
  const { data, errors } = await who.answer(LIST, { filter });
  expect(data).toEqual({ incidents: null });
  return errors?.map(({ extensions: { code, argument, permissions } }) => [code, argument ?? permissions]);
};

const create = async (
  tenant: Tenant,
  input: { title: string; escalationPathId?: string; leadId?: string },
) => {
  const { createIncident } = await tenant.admin.ask<{ createIncident: { incident: { id: string } } }>(
    "mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { incident { id } } }",
    { input },
  );
  await world.settle();
  return createIncident.incident.id;
};

const acknowledge = ({ ask }: Person, id: string) =>
  ask("mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }", { id });

describe("incidents by who was paged", () => {
  it("are those along a path, also where people were paged along it by hand", async () => {
    const tenant = await world.tenant("by-path");
    const ann = await responder(tenant, "ann");
    const [web, data] = [await pathTo(tenant, "Web", [ann.id]), await pathTo(tenant, "Data", [ann.id])];
    await create(tenant, { title: "Web is slow", escalationPathId: web });
    const both = await create(tenant, { title: "Data is slow", escalationPathId: data });
    await create(tenant, { title: "Quiet" });
    await tenant.admin.ask(
      "mutation ($input: StartEscalationInput!) { startEscalation(input: $input) { escalation { id } } }",
      { input: { incidentId: both, pathId: web } },
    );
    await world.settle();
    expect(await titles(ann, { escalationPathIds: [web] })).toEqual(["Web is slow", "Data is slow"]);
    expect(await titles(ann, { escalationPathIds: [data] })).toEqual(["Data is slow"]);
    expect(await titles(ann, { escalationPathIds: [web, data], text: "web" })).toEqual(["Web is slow"]);
    expect(await titles(ann, { escalationPathIds: [] })).toEqual([]);
    expect(await titles(ann, { escalationPathIds: ["none", crypto.randomUUID()] })).toEqual([]);

    const other = await world.tenant("by-path-elsewhere");
    await create(other, { title: "Elsewhere" });
    expect(await titles(other.admin, { escalationPathIds: [web] })).toEqual([]);
  });

  it("are those of a team whose schedule a path pages, however many schedules it has", async () => {
    const tenant = await world.tenant("by-team");
    const ann = await responder(tenant, "ann");
    const [web, data, idle] = [
      await team(tenant, "Web"),
      await team(tenant, "Data"),
      await team(tenant, "Idle"),
    ];
    for (let each = 0; each < 21; each++) await schedule(tenant, `A schedule ${each}`, web);
    const [ofWeb, ofData] = [await schedule(tenant, "Web", web), await schedule(tenant, "Data", data)];
    await create(tenant, { title: "Web is slow", escalationPathId: await pathOf(tenant, "Web", ofWeb) });
    await create(tenant, { title: "Data is slow", escalationPathId: await pathOf(tenant, "Data", ofData) });
    await create(tenant, { title: "Ann knows", escalationPathId: await pathTo(tenant, "Ann", [ann.id]) });
    expect(await titles(ann, { teamIds: [web] })).toEqual(["Web is slow"]);
    expect(await titles(ann, { teamIds: [web, data] })).toEqual(["Web is slow", "Data is slow"]);
    expect(await titles(ann, { teamIds: [idle] })).toEqual([]);
    expect(await titles(ann, { teamIds: ["none"] })).toEqual([]);

    const other = await world.tenant("by-team-elsewhere");
    await create(other, { title: "Elsewhere" });
    expect(await titles(other.admin, { teamIds: [web] })).toEqual([]);
  });
});

describe("one's own incidents", () => {
  it("are those one leads, acknowledged, or was paged about, and nobody else's", async () => {
    const tenant = await world.tenant("mine");
    const [ann, ben] = [await responder(tenant, "ann"), await responder(tenant, "ben")];
    await pageAt(pager, ann, tenant);
    await create(tenant, { title: "Led", leadId: ann.id });
    const taken = await create(tenant, { title: "Taken on", leadId: ben.id });
    await acknowledge(ann, taken);
    await create(tenant, { title: "Paged", escalationPathId: await pathTo(tenant, "Ann", [ann.id]) });
    await create(tenant, { title: "Quiet" });
    expect(await titles(ann, { mine: true })).toEqual(["Led", "Taken on", "Paged"]);
    expect(await titles(ann, { mine: false })).toEqual(["Quiet"]);
    expect(await titles(ben, { mine: true })).toEqual(["Taken on"]);
    expect(await titles(ann, { mine: true, states: ["ACTIVE"] })).toEqual(["Taken on"]);
    expect(await titles(tenant.admin, { mine: true })).toEqual([]);
  });

  it("come page by page, and all of them are counted", async () => {
    const tenant = await world.tenant("mine-paged");
    const { admin } = tenant;
    for (const title of ["One", "Two", "Three"]) {
      await create(tenant, { title, leadId: admin.id });
      await create(tenant, { title: `Not ${title}` });
    }
    const first = await list(admin, { mine: true }, { first: 2 });
    expect(first).toMatchObject({ totalCount: 3, nodes: [{ title: "One" }, { title: "Two" }] });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await list(admin, { mine: true }, { first: 2, after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ totalCount: 3, nodes: [{ title: "Three" }] });
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it("are nothing that an API key has", async () => {
    const tenant = await world.tenant("mine-key");
    const { createApiKey } = await tenant.admin.ask<{ createApiKey: { key: string } }>(
      'mutation { createApiKey(input: { name: "Reader", permissions: [IncidentRead] }) { key } }',
    );
    const as = { token: createApiKey.key, tenantId: tenant.id };
    const asked = askGraph(world.tocsin.routes, as, LIST, { filter: { mine: true } });
    await expect(asked).rejects.toThrow("filter.mine");
  });
});

describe("incidents by their alerts", () => {
  it("are those with an alert of a source, with all of the labels, and with both in one alert", async () => {
    const tenant = await world.tenant("by-alert");
    const ann = await responder(tenant, "ann");
    const [probe, logs] = [await source(tenant, "Probe"), await source(tenant, "Logs")];
    await routeAll(tenant);
    await fire(probe, { title: "Web is down", dedupKey: "web", labels: { service: "web", zone: "a" } });
    await fire(logs, { title: "Web complains", dedupKey: "web", labels: { service: "web", zone: "b" } });
    await fire(logs, { title: "Data complains", dedupKey: "data", labels: { service: "data", zone: "a" } });
    await create(tenant, { title: "By hand" });
    const label = (name: string, value: string) => ({ name, value });
    expect(await titles(ann, { alertSourceIds: [logs.id] })).toEqual(["Web complains", "Data complains"]);
    expect(await titles(ann, { alertSourceIds: [logs.id, probe.id] })).toHaveLength(3);
    expect(await titles(ann, { alertLabels: [label("service", "web")] })).toEqual([
      "Web is down",
      "Web complains",
    ]);
    expect(await titles(ann, { alertLabels: [label("service", "web"), label("zone", "b")] })).toEqual([
      "Web complains",
    ]);
    const both = { alertSourceIds: [probe.id], alertLabels: [label("service", "web")] };
    expect(await titles(ann, both)).toEqual(["Web is down"]);
    expect(await titles(ann, { ...both, severities: ["LOW"] })).toEqual([]);
    expect(await titles(ann, { alertLabels: [label("service", "we")] })).toEqual([]);
    expect(await titles(ann, { alertLabels: [] })).toHaveLength(4);
    expect(await titles(ann, { alertSourceIds: [] })).toEqual([]);
    expect(await titles(ann, { alertSourceIds: ["none"] })).toEqual([]);

    const other = await world.tenant("by-alert-elsewhere");
    await create(other, { title: "Elsewhere" });
    expect(await titles(other.admin, both)).toEqual([]);
  });

  it("are not met by one alert's source and another's label", async () => {
    const tenant = await world.tenant("by-one-alert");
    const [probe, logs] = [await source(tenant, "Probe"), await source(tenant, "Logs")];
    await routeAll(tenant, { groupByLabels: ["service"] });
    await fire(probe, { title: "Web is down", dedupKey: "web", labels: { service: "web", zone: "a" } });
    await fire(logs, { title: "Web complains", dedupKey: "web", labels: { service: "web", zone: "b" } });
    const zone = (value: string) => ({ alertSourceIds: [probe.id], alertLabels: [{ name: "zone", value }] });
    expect(await titles(tenant.admin, zone("a"))).toEqual(["Web is down"]);
    expect(await titles(tenant.admin, zone("b"))).toEqual([]);
  });

  it("go with the alerts when an incident is merged into another", async () => {
    const tenant = await world.tenant("by-alert-merged");
    const probe = await source(tenant, "Probe");
    await routeAll(tenant);
    await fire(probe, { title: "Web is down", dedupKey: "web" });
    const intoId = await create(tenant, { title: "The outage" });
    const { incidents } = await tenant.admin.ask<{ incidents: { nodes: { id: string }[] } }>(
      '{ incidents(filter: { text: "web" }) { nodes { id } } }',
    );
    await tenant.admin.ask(
      "mutation ($input: MergeIncidentInput!) { mergeIncident(input: $input) { incident { id } } }",
      { input: { id: incidents.nodes[0]!.id, intoId } },
    );
    expect(await titles(tenant.admin, { alertSourceIds: [probe.id] })).toEqual(["The outage"]);
  });

  it("are told to nobody who may not read alerts", async () => {
    const tenant = await world.tenant("by-unread-alert");
    const eve = await tenant.invite("eve", ["IncidentRead"]);
    const alertLabels = [{ name: "service", value: "web" }];
    expect(await refusal(eve, { alertSourceIds: [crypto.randomUUID()] })).toEqual([
      ["PERMISSION_DENIED", ["AlertRead"]],
    ]);
    expect(await refusal(eve, { alertLabels })).toEqual([["PERMISSION_DENIED", ["AlertRead"]]]);
  });
});

it("refuses a filter that names more than a thousand things", async () => {
  const tenant = await world.tenant("too-many");
  const teamIds = Array.from({ length: 1_001 }, () => crypto.randomUUID());
  expect(await refusal(tenant.admin, { teamIds })).toEqual([["INVALID_ARGUMENT", "filter.teamIds"]]);
});

const source = (tenant: Tenant, name: string) => createHttpSource(tenant.admin.ask, name);

async function fire({ webhook }: { webhook: string }, alert: object) {
  expect(await world.post(webhook, alert)).toMatchObject({ status: 202 });
  await world.settle();
}

function routeAll({ admin }: Tenant, action: object = {}) {
  return admin.ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    { input: { name: "Everything", action } },
  );
}

async function team({ admin }: Tenant, name: string): Promise<string> {
  const { createTeam } = await admin.ask<{ createTeam: { team: { id: string } } }>(
    "mutation ($name: String!) { createTeam(input: { name: $name, memberIds: [] }) { team { id } } }",
    { name },
  );
  return createTeam.team.id;
}

async function schedule({ admin }: Tenant, name: string, teamId: string): Promise<string> {
  const rotation = { name: "Days", timeZone: "UTC", startsOn: "2024-01-01", participantIds: [admin.id] };
  const { createSchedule } = await admin.ask<{ createSchedule: { schedule: { id: string } } }>(
    "mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { schedule { id } } }",
    { input: { name, teamId, timeZone: "UTC", rotations: [rotation] } },
  );
  return createSchedule.schedule.id;
}

async function pathOf({ admin }: Tenant, name: string, scheduleId: string): Promise<string> {
  const { createEscalationPath } = await admin.ask<{
    createEscalationPath: { escalationPath: { id: string } };
  }>(
    "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
    { input: { name, repeats: 0, levels: [{ scheduleIds: [scheduleId], wait: "PT10H" }] } },
  );
  return createEscalationPath.escalationPath.id;
}
