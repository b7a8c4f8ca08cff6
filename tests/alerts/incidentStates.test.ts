import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createHttpSource } from "../support/demo.ts";
import { createWorld, type GraphAnswer, type Person, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;
let webhook: string;
let names = 0;

beforeAll(async () => void (world = await createWorld()));
beforeEach(async () => {
  tenant = await world.tenant(`states-${++names}`);
  webhook = (await createHttpSource(tenant.admin.ask, "Monitoring")).webhook;
});
afterAll(() => world.close());

const LIST = `query ($filter: AlertFilter, $first: Int, $after: String) {
  alerts(filter: $filter, orderBy: FIRED_AT, direction: ASCENDING, first: $first, after: $after) {
    totalCount nodes { title incident { state } } pageInfo { hasNextPage endCursor }
  }
}`;

interface Listed {
  alerts: {
    totalCount: number;
    nodes: { title: string; incident: { state: string } | null }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

const list = async (filter: object, page: object = {}, who: Person = tenant.admin) =>
  (await who.ask<Listed>(LIST, { filter, ...page })).alerts;

/** The titles of the alerts whose incident is in one of these states, which is what it says itself. */
const inStates = async (...incidentStates: string[]) => {
  const { totalCount, nodes } = await list({ incidentStates }, { first: 50 });
  expect(totalCount).toBe(nodes.length);
  for (const { incident } of nodes) expect(incidentStates).toContain(incident?.state);
  return nodes.map(({ title }) => title);
};

const routes = async (input: object) => {
  await tenant.admin.ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    { input: { name: `Route ${++names}`, action: {}, ...input } },
  );
};

const post = async (alert: object) => {
  expect(await world.post(webhook, alert)).toMatchObject({ status: 202 });
  await world.settle();
};
const fire = (title: string, alert: object = {}) => post({ title, dedupKey: title, ...alert });
const settle = (title: string) => post({ title, dedupKey: title, status: "resolved" });

const incidentOf = async (title: string) => {
  const { alerts } = await tenant.admin.ask<{ alerts: { nodes: { incident: { id: string } }[] } }>(
    "query ($text: String!) { alerts(filter: { text: $text }, first: 1) { nodes { incident { id } } } }",
    { text: title },
  );
  return alerts.nodes[0]!.incident.id;
};

const move = async (name: string, input: object) => {
  await tenant.admin.ask(
    `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { incident { id } } }`,
    { input },
  );
  await world.settle();
};

describe("alerts by the state of their incident", () => {
  it("follow it from being opened until it is closed, and when it is reopened", async () => {
    await routes({});
    await fire("Slow");
    await fire("Full");
    expect(await inStates("TRIAGE")).toEqual(["Slow", "Full"]);
    const id = await incidentOf("Slow");
    await move("acknowledgeIncident", { id });
    expect(await inStates("TRIAGE")).toEqual(["Full"]);
    expect(await inStates("ACTIVE")).toEqual(["Slow"]);
    await move("resolveIncident", { id, alerts: false });
    expect(await inStates("RESOLVED")).toEqual(["Slow"]);
    await move("closeIncident", { id });
    expect(await inStates("CLOSED", "TRIAGE")).toEqual(["Slow", "Full"]);
    await move("reopenIncident", { id });
    expect(await inStates("ACTIVE")).toEqual(["Slow"]);
    expect(await inStates("CLOSED")).toEqual([]);
    expect(await inStates()).toEqual([]);
  });

  it("follow one that is over with its alerts, and that recurs", async () => {
    await routes({ action: { resolveWithAlerts: true, damping: "PT30M" } });
    await fire("Slow");
    await settle("Slow");
    expect(await inStates("RESOLVED")).toEqual(["Slow"]);
    await world.advance({ minutes: 1 });
    await fire("Slow");
    expect(await inStates("TRIAGE")).toEqual(["Slow", "Slow"]);
  });

  it("belong to the incident that they come to later", async () => {
    await routes({});
    await fire("Slow");
    await move("resolveIncident", { id: await incidentOf("Slow"), alerts: false });
    await world.advance({ minutes: 1 });
    await fire("Slow");
    expect(await inStates("TRIAGE")).toEqual(["Slow"]);
    expect(await inStates("RESOLVED")).toEqual([]);
  });

  it("go with it when it is merged into another", async () => {
    await routes({});
    await fire("Slow");
    await fire("Full");
    const [id, intoId] = [await incidentOf("Slow"), await incidentOf("Full")];
    await move("mergeIncident", { id, intoId });
    expect(await inStates("TRIAGE")).toEqual(["Slow", "Full"]);
    expect(await inStates("CLOSED")).toEqual([]);
    await move("acknowledgeIncident", { id: intoId });
    expect(await inStates("ACTIVE")).toEqual(["Slow", "Full"]);
  });

  it("come page by page, all of them counted, and narrowed by what else is asked", async () => {
    await routes({});
    for (const title of ["One", "Two", "Three"]) {
      await fire(title);
      await world.advance({ seconds: 1 });
    }
    const first = await list({ incidentStates: ["TRIAGE"] }, { first: 2 });
    expect(first).toMatchObject({ totalCount: 3, nodes: [{ title: "One" }, { title: "Two" }] });
    const after = first.pageInfo.endCursor;
    const second = await list({ incidentStates: ["TRIAGE"] }, { first: 2, after });
    expect(second).toMatchObject({ totalCount: 3, nodes: [{ title: "Three" }] });
    await settle("Two");
    const firing = await list({ incidentStates: ["TRIAGE", "ACTIVE"], statuses: ["FIRING"] });
    expect(firing).toMatchObject({ totalCount: 2, nodes: [{ title: "One" }, { title: "Three" }] });
  });
});

it("finds the alerts that led to no incident, and those that did", async () => {
  await routes({
    conditions: [{ priority: { oneOf: ["LOW"] } }],
    action: { openIncident: false },
  });
  await routes({});
  await fire("Quiet", { priority: "low" });
  await fire("Loud");
  const found = async (hasIncident: boolean) => (await list({ hasIncident })).nodes.map(({ title }) => title);
  expect([await found(true), await found(false)]).toEqual([["Loud"], ["Quiet"]]);
  expect(await list({ hasIncident: false, incidentStates: ["TRIAGE"] })).toMatchObject({ totalCount: 0 });
});

it("shows nobody another tenant's alerts, and those without the permission nothing of incidents", async () => {
  await routes({});
  await fire("Slow");
  const other = await world.tenant(`states-${++names}`);
  expect(await list({ incidentStates: ["TRIAGE"] }, {}, other.admin)).toMatchObject({ totalCount: 0 });
  const eve = await tenant.invite("eve", ["AlertRead"]);
  const answer: GraphAnswer = await eve.answer(
    "query ($f: AlertFilter) { alerts(filter: $f) { totalCount } }",
    {
      f: { incidentStates: ["TRIAGE"] },
    },
  );
  expect(answer.data).toEqual({ alerts: null });
  expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: "PERMISSION_DENIED", permissions: ["IncidentRead"] },
  ]);
});
